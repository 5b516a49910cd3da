// What a person sees of one file: its row, and the words it is spoken of with. All of them come from the page's templates.

import { announce } from "./announce.js";

const pollEvery = 3000;

const words = {};
for (const each of document.querySelector("[data-upload-words]")?.content.querySelectorAll("[data-say]") ?? []) words[each.dataset.say] = each.textContent.trim();
export const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

const decimal = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
/** 12,5 MB: powers of ten, as disks and people count. */
export function amount(bytes) {
  const [unit, scale] = [["GB", 1e9], ["MB", 1e6], ["KB", 1e3]].find(([, each]) => bytes >= each) ?? ["byte", 1];
  const count = bytes / scale;
  return `${decimal.format(count >= 100 ? Math.round(count) : count)} ${unit}`;
}

export function timeLeft(seconds) {
  const minutes = Math.ceil(seconds / 60);
  if (seconds < 60) return say("moment");
  return minutes < 60 ? say("minutes", { m: minutes }) : say("hours", { h: Math.floor(minutes / 60), m: minutes % 60 });
}

/** 412 MB, 4,1 MB/giây, còn 2 phút: what there is to send, in the words of `whole`, and how it goes while it goes. */
export function pace(speed, done, size, whole = say("gone", { done: amount(done), size: amount(size) })) {
  return speed > 0 ? say("pace", { size: whole, speed: amount(speed), left: timeLeft((size - done) / speed) }) : whole;
}

/** The row of one file: its state, its facts, its buttons. */
export class Row {
  constructor(node) {
    this.node = node;
    this.state = node.querySelector(".state");
    this.facts = node.querySelector(".upload__facts");
    this.bar = node.querySelector("progress");
  }

  static made(list, file) {
    const node = document.querySelector("[data-upload-row]").content.firstElementChild.cloneNode(true);
    node.querySelector(".upload__name").textContent = file.name;
    node.querySelector(".upload__kind").textContent = file.name.split(".").pop().slice(0, 5).toUpperCase();
    node.querySelector("progress").setAttribute("aria-label", file.name);
    list.append(node);
    return new Row(node);
  }

  get name() { return this.node.querySelector(".upload__name").textContent; }

  tell(kind, word, facts = null) {
    this.state.className = `state state--${kind}`;
    this.state.querySelector("use").setAttribute("href", `#mark-${kind}`);
    if (this.state.lastChild.textContent !== word) this.state.lastChild.textContent = word;
    if (facts !== null) this.facts.textContent = facts;
  }

  /** What speaks against the file without forbidding it. */
  warn(sentences) {
    for (const old of this.node.querySelectorAll(".upload__found")) old.remove();
    this.state.after(...sentences.map((sentence) => Object.assign(document.createElement("p"), { className: "upload__found", textContent: sentence })));
  }

  progress(percent, held = false) {
    if (!this.bar) return;
    this.bar.value = percent;
    this.bar.classList.toggle("is-held", held);
  }

  /** The one button that holds and goes on keeps its place and the focus; without a word it is not there. */
  offer(word = null) {
    const button = this.node.querySelector('[data-do="turn"]');
    button.hidden = !word;
    if (word) button.textContent = say(word);
  }

  settle() {
    this.bar?.remove();
    this.bar = null;
  }

  /** Asks for the verdict, and then for the light versions, every three seconds while the page is looked at. */
  async follow(url, told, known = false) {
    this.settle();
    for (;;) {
      await seen();
      const answer = await fetch(url, { headers: { Accept: "application/json" }, redirect: "manual" }).catch(() => null);
      if (!this.node.isConnected || (answer && !answer.ok && answer.status < 500)) return;
      const status = answer?.ok ? await answer.json() : null;
      if (status) this.show(status);
      if (!known && ["ready", "rejected", "unchecked"].includes(status?.state)) {
        known = true;
        announce(say("result", { name: this.name, word: status.word }));
        told(status);
      }
      if (status?.settled) return;
      await new Promise((done) => setTimeout(done, pollEvery));
    }
  }

  /** Of a file whose upload was broken off: how much of it the store holds. */
  async showHeld(url) {
    const answer = await fetch(url, { headers: { Accept: "application/json" }, redirect: "manual" }).catch(() => null);
    const { held_percent: percent, facts } = answer?.ok ? await answer.json() : {};
    if (percent) this.facts.textContent = say("heldSoFar", { facts, percent });
  }

  show({ kind, word, facts, preview_url: preview }) {
    this.tell(kind, word, facts);
    const box = this.node.querySelector(".upload__kind");
    if (preview && !box.querySelector("img")) box.replaceChildren(Object.assign(document.createElement("img"), { src: preview, alt: "", width: 52, height: 64 }));
  }
}

const seen = () => new Promise((done) => {
  if (!document.hidden) return done();
  document.addEventListener("visibilitychange", done, { once: true });
});
