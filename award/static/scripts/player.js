// Sound and film: our keys in place of the browser's, the place one came to, and a new address when the old one has run out.

const leap = 10;
const remembered = 5; // seconds at either end of a recording that are not worth coming back to
const every = 4000;
const soon = 20_000;

/** 7:05, 1:02:09. */
function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds || 0));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, String(whole % 60).padStart(2, "0")];
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

class Player {
  constructor(node) {
    this.node = node;
    this.media = node.querySelector(".player__media");
    this.controls = node.querySelector(".player__controls");
    this.seek = node.querySelector(".player__seek");
    this.play = node.querySelector("[data-play]");
    this.heard = node.querySelector("clipPath rect");
    this.fault = node.querySelector(".player__fault");
    this.memory = `player-${node.dataset.player}`;
    this.media.controls = false;
    this.controls.hidden = false;
    this.listen();
    if (this.media.readyState >= HTMLMediaElement.HAVE_METADATA) this.begin(); // it may have come before anybody listened
    if (this.media.error) this.broken();
    this.paint();
  }

  get length() { return Number.isFinite(this.media.duration) ? this.media.duration : Number(this.seek.max); }

  listen() {
    const { media, node } = this;
    for (const name of ["timeupdate", "seeking", "seeked", "play", "pause", "ended", "waiting", "playing", "canplay"]) media.addEventListener(name, () => this.paint());
    media.addEventListener("loadedmetadata", () => this.begin());
    media.addEventListener("error", () => this.broken());
    media.addEventListener("click", () => this.turn());
    for (const name of ["pause", "seeked"]) media.addEventListener(name, () => this.remember());
    media.addEventListener("ended", () => localStorage.removeItem(this.memory));
    this.seek.addEventListener("input", () => { media.currentTime = Number(this.seek.value); });
    this.play.addEventListener("click", () => this.turn());
    for (const button of node.querySelectorAll("[data-leap]")) button.addEventListener("click", () => this.jump(Number(button.dataset.leap)));
    node.querySelector("[data-speed]").addEventListener("change", ({ target }) => { media.playbackRate = Number(target.value); });
    node.querySelector("[data-whole]")?.addEventListener("click", () => this.whole());
    node.querySelector("[data-other]")?.addEventListener("click", (event) => { event.preventDefault(); this.turnTo(event.currentTarget); });
    node.addEventListener("keydown", (event) => this.key(event));
    node.addEventListener("goto", ({ detail }) => this.go(detail));
  }

  /** Keys of a player act only within it, and go no further: the page has keys of its own. */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.target.matches("select")) return;
    const onButton = event.target.matches("button, a");
    const acts = {
      k: () => this.turn(), j: () => this.jump(-leap), l: () => this.jump(leap), f: () => this.whole(),
      ArrowLeft: () => this.jump(-leap), ArrowRight: () => this.jump(leap), ArrowDown: () => this.jump(-60), ArrowUp: () => this.jump(60),
      Home: () => this.to(0), End: () => this.to(this.length), m: () => { this.media.muted = !this.media.muted; },
      "<": () => this.pace(-1), ",": () => this.pace(-1), ">": () => this.pace(1), ".": () => this.pace(1),
      ...(onButton ? {} : { " ": () => this.turn() }),
    };
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act) {
      event.preventDefault();
      act();
    }
    if (act || event.key.length === 1) event.stopPropagation();
  }

  turn() {
    if (this.media.error) this.again(this.place ?? 0, true);
    else if (this.media.paused) this.media.play().catch(() => this.paint());
    else this.media.pause();
  }

  jump(seconds) { this.to(this.media.currentTime + seconds); }

  to(seconds) { this.media.currentTime = Math.min(this.length, Math.max(0, seconds)); }

  /** To that place, now or as soon as the recording has come. */
  go(seconds) {
    if (this.media.readyState >= HTMLMediaElement.HAVE_METADATA) this.to(seconds);
    else this.again(seconds, false);
  }

  /** One speed slower or faster. */
  pace(by) {
    const speeds = this.node.querySelector("[data-speed]");
    speeds.selectedIndex = Math.min(speeds.options.length - 1, Math.max(0, speeds.selectedIndex + by));
    speeds.dispatchEvent(new Event("change"));
  }

  whole() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (this.node.requestFullscreen) this.node.requestFullscreen();
    else this.media.webkitEnterFullscreen?.();
  }

  /** The length is known: one goes on where one stopped, here or before. */
  begin() {
    this.seek.max = this.length;
    this.node.querySelector("[data-all]").textContent = clock(this.length);
    const wanted = this.place ?? Number(localStorage.getItem(this.memory) ?? 0);
    this.place = null;
    if (wanted > remembered && wanted < this.length - remembered) this.media.currentTime = wanted;
    this.media.playbackRate = Number(this.node.querySelector("[data-speed]").value);
    this.paint();
  }

  remember() {
    const at = this.media.currentTime;
    if (at > remembered && at < this.length - remembered) localStorage.setItem(this.memory, at.toFixed(1));
    else localStorage.removeItem(this.memory);
  }

  paint() {
    const { media, seek, length } = this;
    const at = media.currentTime;
    const share = length ? (100 * at) / length : 0;
    seek.value = at;
    seek.style.setProperty("--at", `${share}%`);
    seek.setAttribute("aria-valuetext", seek.dataset.text.replace("{at}", clock(at)).replace("{all}", clock(length)));
    this.heard?.setAttribute("width", 5 * share);
    this.node.querySelector("[data-at]").textContent = clock(at);
    const stalled = !media.paused && media.readyState < 3 && !media.error;
    const word = stalled ? "waiting" : media.paused ? "paused" : "playing";
    if (this.play.textContent !== this.play.dataset[word]) this.play.textContent = this.play.dataset[word];
    if (!media.error) this.fault.hidden = true;
    if (!media.paused && Date.now() - (this.kept ?? 0) > every) {
      this.kept = Date.now();
      this.remember();
    }
  }

  /** Addresses to read from run out. A new one is fetched by loading again; only when that fails too it is said. */
  broken() {
    const { media } = this;
    const at = media.currentTime || this.place || 0;
    const other = this.node.querySelector("[data-other]");
    if (media.error?.code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED && !at && other && !this.tried) {
      this.tried = true;
      this.turnTo(other);
    } else if (at && Date.now() - (this.renewed ?? 0) > soon) {
      this.renewed = Date.now();
      this.again(at, !media.paused);
    } else {
      this.place = at;
      this.fault.textContent = this.fault.dataset.broken;
      this.fault.hidden = false;
      this.paint();
    }
  }

  again(at, playing) {
    this.place = at;
    this.media.load();
    if (playing) this.media.play().catch(() => this.paint());
  }

  /** The other version, at the same place; the link leads back. */
  turnTo(link) {
    const [source, at, playing] = [this.media.getAttribute("src"), this.media.currentTime || this.place || 0, !this.media.paused];
    this.media.src = link.getAttribute("href");
    link.href = source;
    [link.dataset.other, link.dataset.now] = [link.dataset.now, link.dataset.other];
    link.textContent = link.dataset[link.dataset.other];
    this.again(at, playing);
  }
}

for (const node of document.querySelectorAll(".player")) new Player(node);
