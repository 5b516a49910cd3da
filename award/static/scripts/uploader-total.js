// All files of the page together: how much of them has gone, how fast, how long it still takes; one button holds them all.
//
// What is counted is everything that was chosen since the page last had nothing to send.

import { amount, pace, say } from "./uploader-row.js";

const every = 500; // milliseconds between two looks

class Total {
  constructor(node) {
    this.node = node;
    this.word = node.querySelector(".upload-total__word");
    this.facts = node.querySelector(".upload-total__facts");
    this.bar = node.querySelector("progress");
    this.button = node.querySelector("[data-do]");
    this.files = new Set();
    this.title = document.title;
    this.others = new BroadcastChannel("uploads"); // other pages of the same work, in other tabs
    this.beside = document.querySelector("[data-upload-beside]");
    this.button.addEventListener("click", () => this.turn());
    addEventListener("pagehide", () => this.others.postMessage({ page: location.pathname, gone: true }));
  }

  add(sending) {
    if (![...this.files].some((each) => each.wanted)) this.files.clear();
    this.files.add(sending);
    this.looking ??= setInterval(() => this.look(), every);
  }

  get moving() { return [...this.files].filter((each) => each.moving); }

  look() {
    const files = [...this.files].filter((each) => each.counts);
    const wanted = files.filter((each) => each.wanted);
    const refused = [...this.files].filter((each) => each.refused).length;
    const whole = files.reduce((sum, each) => sum + each.file.size, 0);
    const gone = files.reduce((sum, each) => sum + each.gone, 0);
    const percent = whole ? Math.floor((100 * gone) / whole) : 0;
    this.node.hidden = files.length + refused < 2;
    document.title = wanted.length ? `${percent}% - ${this.title}` : this.title;
    if (!wanted.length) {
      clearInterval(this.looking);
      this.looking = null;
    }
    this.paint({ files: files.length, wanted: wanted.length, refused, percent, gone, whole });
  }

  paint({ files, wanted, refused, percent, gone, whole }) {
    const moving = this.moving.length;
    const state = !files ? "totalNone" : !wanted ? "totalDone" : moving ? "totalSending" : "totalPaused";
    const words = say(state, { n: files, left: wanted, percent });
    if (this.word.textContent !== words) this.word.textContent = words;
    const size = moving ? pace(this.track(gone), gone, whole) : whole && amount(whole);
    this.facts.textContent = [size, refused && say("totalRefused", { n: refused })].filter(Boolean).join("; ");
    this.bar.value = percent;
    this.bar.hidden = !wanted;
    this.bar.classList.toggle("is-held", !moving);
    this.button.hidden = !wanted;
    this.button.textContent = say(moving ? "pauseAll" : "resumeAll");
    if (!moving) this.samples = [];
    if (this.beside) this.beside.hidden = !wanted;
    this.others.postMessage({ page: location.pathname, n: files, left: wanted, percent, moving: moving > 0 });
  }

  /** Bytes a second over the last ten. */
  track(gone) {
    const at = performance.now();
    this.samples = [...(this.samples ?? []).filter((sample) => at - sample.at < 10_000), { at, gone }];
    const [first] = this.samples;
    return at > first.at ? (1000 * Math.max(0, gone - first.gone)) / (at - first.at) : 0;
  }

  turn() {
    const { moving } = this;
    for (const each of moving.length ? moving : [...this.files].filter((file) => file.wanted)) each.turn();
    this.look();
  }
}

const node = document.querySelector("[data-upload-total]");
/** Of a page without the strip nothing is told. */
export const total = node && new Total(node);
