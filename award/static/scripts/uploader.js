// Sends files in parts straight to the store; markup and words: templates/files/uploader.html.
//
// Every part's SHA-256 is declared before anything is sent: a file chosen again after a reload is known by them, and goes on where it stopped.
// Each change of a file is told by an "uploader:change" event {file_id, state}, which bubbles from [data-uploader].

import { Row, amount, say } from "./uploader-row.js";
import { Sending, busy, removed } from "./uploader-sending.js";

/** Endings and first bytes of what may come in: the list of uploads.kinds. */
export const kinds = {
  pdf: [["pdf"], /^%PDF-/],
  docx: [["docx"], /^PK\x03\x04/],
  odt: [["odt"], /^PK\x03\x04/],
  jpeg: [["jpg", "jpeg"], /^\xff\xd8\xff/],
  png: [["png"], /^\x89PNG\r\n/],
  webp: [["webp"], /^RIFF....WEBP/s],
  mp3: [["mp3"], /^(ID3|\xff[\xe2-\xff])/],
  m4a: [["m4a"], /^....ftyp/s],
  wav: [["wav"], /^RIFF....WAVE/s],
  ogg: [["ogg"], /^OggS/],
  mp4: [["mp4"], /^....ftyp/s],
  mov: [["mov"], /^....(ftyp|moov|mdat|wide|free|skip)/s],
  mkv: [["mkv"], /^\x1aE\xdf\xa3/],
  webm: [["webm"], /^\x1aE\xdf\xa3/],
  zip: [["zip"], /^PK\x03\x04/],
};

/** Both sizes; exact where rounding would make them look alike. */
function tooLarge(size, limit) {
  const [its, most] = amount(size) === amount(limit) ? [size, limit].map((each) => `${new Intl.NumberFormat(document.documentElement.lang).format(each)} byte`) : [size, limit].map(amount);
  return say("tooLarge", { size: its, limit: most });
}

/** One place for files: a zone, an input, a list. */
class Place {
  constructor(node) {
    this.node = node;
    this.data = node.dataset;
    this.input = node.querySelector("input[type=file]");
    this.list = node.querySelector(".uploads");
    this.kinds = this.data.kinds.split(" "); // codes of what may come
    this.limits = this.data.kindBytes.split(" ").map(Number);
    this.input.addEventListener("change", () => this.takeChosen());
    this.input.addEventListener("cancel", () => { this.resuming = null; });
    const zone = node.querySelector("[data-drop]");
    zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("is-over"); });
    zone.addEventListener("dragleave", () => zone.classList.remove("is-over"));
    zone.addEventListener("drop", (event) => { event.preventDefault(); zone.classList.remove("is-over"); this.take(event.dataTransfer.files); });
    for (const row of this.list.children) this.adopt(row);
    this.takeChosen(); // what was chosen before anybody listened
  }

  takeChosen() {
    this.take(this.input.files);
    this.input.value = "";
  }

  adopt(node) {
    const { follow: url, known } = node.querySelector("[data-follow]")?.dataset ?? {};
    if (url) new Row(node).follow(url, (status) => this.changed(status), known !== undefined);
    const broken = node.querySelector('[data-do="choose"]');
    broken?.addEventListener("click", () => { this.resuming = node.dataset.file; this.input.click(); });
    if (broken) new Row(node).showHeld(broken.dataset.status);
    node.querySelector("[data-remove]")?.addEventListener("submit", async (event) => {
      const form = event.target;
      event.preventDefault();
      if (await removed(form.action, this.data.csrf)) this.gone(node, { file_id: node.dataset.file });
      else form.submit();
    });
  }

  take(files) {
    const { resuming } = this;
    this.resuming = null;
    for (const file of files) new Sending(this, file, resuming);
  }

  /** What is wrong with the file, as far as it can be told before sending it. */
  async fault(file, node) {
    const ending = file.name.includes(".") ? file.name.split(".").pop().toLowerCase() : "";
    const code = this.kinds.find((each) => kinds[each][0].includes(ending));
    if (!code) return say("wrongType", { kinds: this.data.kindWords });
    if (!file.size) return say("empty");
    const limit = Math.min(this.data.maxBytes, this.limits[this.kinds.indexOf(code)]);
    if (file.size > limit) return tooLarge(file.size, limit);
    // Files are looked at one after another: those before this one are known to the server by now.
    const others = [...this.list.children].filter((row) => row !== node && row.dataset.file && !row.querySelector('.state--bad, [data-do="choose"]'));
    if (others.length >= this.data.atMost) return say("tooMany", { n: this.data.atMost });
    const head = await file.slice(0, 16).arrayBuffer().catch(() => null);
    if (!head) return say("changed");
    return kinds[code][1].test(String.fromCharCode(...new Uint8Array(head))) ? null : say("wrongStart");
  }

  rowOf(id) { return this.list.querySelector(`[data-file="${CSS.escape(id)}"]`); }

  /** The server knows the file: a row of it that stood here before gives way. */
  known({ row }, plan) {
    const before = this.rowOf(plan.file_id);
    if (before !== row.node) before?.remove();
    row.node.dataset.file = plan.file_id;
    if (!plan.remove_url) row.node.querySelector('[data-do="remove"]').hidden = true;
    this.changed(plan);
  }

  gone(node, plan) {
    node.remove();
    this.input.focus();
    if (plan) this.changed({ file_id: plan.file_id, state: "removed" });
  }

  changed({ file_id, state }) {
    this.node.dispatchEvent(new CustomEvent("uploader:change", { bubbles: true, detail: { file_id, state } }));
  }
}

addEventListener("beforeunload", (event) => { if (busy.size) event.preventDefault(); });
for (const node of document.querySelectorAll("[data-uploader]")) new Place(node);
