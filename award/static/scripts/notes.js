// Notes with a place: a line of the private note that begins with a time ("3:12 …") or a page ("trang 2: …") leads there.
//
// They are lines of the note and nothing else: saved, kept without a network and erased with it. In a series they begin with their part ("kỳ 2 3:12 …"),
// where a part has several recordings with which of them ("bản 2 3:12 …"). Without scripts they are read as they stand.

const material = document.querySelector(".material");
const form = document.querySelector("[data-scoring]");
const note = form.querySelector("textarea[name=note]");
const kept = form.querySelector("[data-own-note]");
const { wordPart, wordWhich, wordPage } = form.dataset; // kỳ, bản, trang
const line = new RegExp(String.raw`^\s*(?:${wordPart} (\d+)[\s,]+)?(?:${wordWhich} (\d+)[\s,]+)?(?:${wordPage} (\d+)|((?:\d+:)?\d{1,2}:\d{2}))(?!\d)[\s:,.–-]*(.*)$`, "iu");

/** What may be noted at: recordings and pages, each with the part it stands in and its number there. */
function placesOf(selector) {
  const counts = new Map();
  return [...material.querySelectorAll(selector)].map((node) => {
    const part = material.querySelector(".parts") ? (node.closest("section[id^=ky-]")?.id.slice(3) ?? "") : "";
    counts.set(part, (counts.get(part) ?? 0) + 1);
    return { node, part, number: counts.get(part) };
  });
}

const recordings = placesOf(".player");
const pages = placesOf("a > .reader__page");
const alone = ({ part }) => recordings.filter((each) => each.part === part).length === 1;
const within = (place) => (place.part ? `${wordPart} ${place.part} ` : "");
const mediaOf = (node) => node.querySelector(".player__media");

function clock(seconds) {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, String(Math.floor(seconds) % 60).padStart(2, "0")];
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

const secondsOf = (time) => time.split(":").reduce((all, each) => 60 * all + Number(each), 0);
const pane = (name) => document.querySelector(`.bench-tabs [data-pane="${name}"]`)?.click();

/* The recording that keys mean: the one that plays, else the one last touched, else the first. */
let touched = null;
for (const { node } of recordings) {
  for (const name of ["focusin", "pointerdown"]) node.addEventListener(name, () => { touched = node; });
  mediaOf(node).addEventListener("play", () => { touched = node; });
}
const current = () => recordings.find(({ node }) => !mediaOf(node).paused)?.node ?? touched ?? recordings[0]?.node;

/** A key of the player although one is elsewhere on the page; false where there is no recording. */
export function press(key) {
  return current()?.dispatchEvent(new KeyboardEvent("keydown", { key })) !== undefined;
}

function begin(text) {
  if (!note || note.readOnly) return;
  pane("sheet");
  const before = note.value.trimEnd();
  note.value = `${before}${before ? "\n" : ""}${text} `;
  note.focus();
  note.setSelectionRange(note.value.length, note.value.length);
  note.dispatchEvent(new Event("input", { bubbles: true }));
}

function atTime(place) {
  begin(`${within(place)}${alone(place) ? "" : `${wordWhich} ${place.number} `}${clock(mediaOf(place.node).currentTime)}`);
}

const atPage = (place) => begin(`${within(place)}${wordPage} ${place.number}:`);

/** A note at what is heard or seen now; false where a work has neither recording nor page. */
export function noteHere() {
  const heard = recordings.find(({ node }) => node === current());
  const seen = pages.find(({ node }) => node.getBoundingClientRect().bottom > material.getBoundingClientRect().top + 80) ?? pages[0];
  if (!note || !(heard ?? seen)) return false;
  if (heard) atTime(heard);
  else atPage(seen);
  return true;
}

function lead(place, seconds) {
  pane("material");
  place.node.scrollIntoView({ block: "nearest" });
  if (seconds === null) return place.node.closest("a").focus();
  place.node.dispatchEvent(new CustomEvent("goto", { detail: seconds }));
  place.node.querySelector(".player__seek").focus();
}

/* Under each recording and page what was noted there, in the order of time. */
function found(text) {
  const marks = [];
  for (const each of text.normalize("NFC").split("\n")) {
    const [, part = "", which = "1", page, time, words] = line.exec(each) ?? [];
    const among = page ? pages : recordings;
    const place = (page || time) && among.find((one) => one.part === part && one.number === Number(page ?? which));
    if (place) marks.push({ place, seconds: time ? secondsOf(time) : null, called: time ?? `${wordPage} ${page}`, words });
  }
  return marks.sort((one, other) => one.seconds - other.seconds);
}

const lists = new Map();
function listOf(place) {
  if (!lists.has(place)) {
    const list = Object.assign(document.createElement("ul"), { className: "moments" });
    (place.node.closest("a") ?? place.node).after(list);
    lists.set(place, list);
  }
  return lists.get(place);
}

function draw() {
  for (const list of lists.values()) list.replaceChildren();
  for (const { place, seconds, called, words } of found(note?.value ?? kept?.textContent ?? "")) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: called });
    button.addEventListener("click", () => lead(place, seconds));
    const item = document.createElement("li");
    item.append(button, words);
    listOf(place).append(item);
  }
}

function offer(place, beside, words, act) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button button--quiet button--small", textContent: words });
  button.addEventListener("click", () => act(place));
  beside(button);
}

if (note) {
  for (const place of recordings) offer(place, (button) => place.node.querySelector(".player__keys").append(button), form.dataset.noteHere, atTime);
  for (const place of pages) offer(place, (button) => place.node.closest("a").after(button), form.dataset.notePage.replace("{n}", place.number), atPage);
  note.addEventListener("input", draw);
  // While one writes, the recording is at hand too (with Alt, so that no letter is lost).
  note.addEventListener("keydown", (event) => {
    const key = event.code.replace(/^Key/, "").toLowerCase();
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing || !"jkl".includes(key) || !press(key)) return;
    event.preventDefault();
  });
  form.addEventListener("kept", () => queueMicrotask(draw)); // what was typed without a network has come back
}
draw();
