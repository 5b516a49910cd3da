// Saves a form as it is typed. <form method="post" data-autosave="/address" data-version="3"> with a saved_line() inside.
//
// The server answers {version, saved_at, messages: {field: [...]}, cautions: [...], states: {id: {kind, word}}, old}; cautions are the messages that only
// ask for another look. 409 answers {conflict: {field: {yours, theirs}}, version}. Both answer `others`: texts that somebody else changed meanwhile.
// "Saved" is said only after that answer. Nothing is typed into a field while somebody may be composing in it.
// What a form with data-keeps could not send is kept in this browser and sent when the page is opened again. Its version is a mark of each field, as
// award.entries.merging writes it.

import { announce } from "./announce.js";
import { differs, keep, recall, write } from "./kept.js";

const settle = 800;
const again = [2000, 5000, 15000, 30000];
const clock = new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZone: "Asia/Ho_Chi_Minh" });

class Autosave {
  constructor(form) {
    this.form = form;
    this.line = form.querySelector("[data-saved]") ?? document.querySelector("[data-saved]");
    this.version = form.dataset.version;
    this.dirty = false;
    this.sending = false;
    this.composing = false;
    this.failures = 0;
    this.timer = null;
    this.keeps = "keeps" in form.dataset;
    this.known = came(form);
    this.gone = {}; // texts kept from before whose fields are no longer on the page
    this.restore();
    form.addEventListener("compositionstart", () => { this.composing = true; });
    form.addEventListener("compositionend", () => { this.composing = false; this.touched(); });
    form.addEventListener("input", (event) => { if (!event.isComposing) this.touched(); });
    form.addEventListener("change", () => this.touched());
    form.addEventListener("submit", () => { clearTimeout(this.timer); this.leaving = true; });
    addEventListener("pageshow", () => { this.leaving = false; });
    form.addEventListener("kept", ({ detail }) => this.takeBack(detail));
    form.addEventListener("contested", ({ detail }) => this.conflict(detail));
    addEventListener("online", () => this.save());
    addEventListener("offline", () => { if (this.dirty) this.say("offline", "warn"); });
    addEventListener("pagehide", () => this.save({ last: true }));
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.save({ last: true }); });
    addEventListener("beforeunload", (event) => { if (this.dirty && !this.leaving && (this.failures || this.sending) && !this.kept) event.preventDefault(); });
    if ([...form.elements].some(differs)) this.touched(); // somebody was quicker than this script
  }

  touched() {
    this.dirty = true;
    this.remember();
    this.wait(settle);
  }

  wait(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), milliseconds);
  }

  // What stands in the fields now, in canonical letters; a box that is not ticked says nothing. Hidden fields are not somebody's words.
  standing() {
    const found = {};
    for (const { name, type } of this.form.elements) if (name && type === "checkbox") found[name] = "";
    for (const [name, value] of new FormData(this.form)) if (typeof value === "string") found[name] = value.normalize("NFC");
    for (const { name, type } of this.form.elements) if (type === "hidden") delete found[name];
    return found;
  }

  body() {
    const pairs = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) if (typeof value === "string") pairs.append(name, value.normalize("NFC"));
    for (const [name, text] of Object.entries(this.gone)) pairs.append(name, text);
    pairs.set("version", this.version);
    return pairs;
  }

  // Keeps in this browser what differs from what the server has, each with the mark of the text it is to replace.
  remember({ anew = false } = {}) {
    if (!this.keeps) return;
    const marks = marked(this.version);
    const before = anew ? {} : recall();
    const own = Object.entries(this.standing()).filter(([name, text]) => name in this.known && this.known[name] !== text);
    const fields = [...own, ...Object.entries(this.gone)].map(([name, text]) => [name, { text, base: before[name]?.base ?? marks.get(name) ?? "" }]);
    this.kept = keep(Object.fromEntries(fields));
  }

  // Texts that never reached the server come back into their fields, with the mark of what stood there when they were typed.
  restore() {
    if (!this.keeps) return;
    const marks = marked(this.version);
    const fields = Object.entries(recall());
    for (const [name, { text, base }] of fields) {
      if (base) marks.set(name, base);
      else marks.delete(name);
      const control = this.form.elements[name];
      if (control) write(control, text);
      else this.gone[name] = text;
    }
    if (!fields.length) return;
    this.carry(unmarked(marks));
    this.touched();
  }

  carry(version) {
    this.version = this.form.dataset.version = version;
    const hidden = this.form.elements.version;
    if (hidden) hidden.value = version;
  }

  async save({ last = false } = {}) {
    if (!this.dirty || this.composing || this.conflicted || this.leaving) return;
    if (this.sending) return; // the running save starts the next one when it ends
    clearTimeout(this.timer);
    if (!navigator.onLine && !navigator.serviceWorker?.controller) return this.say("offline", "warn"); // a worker keeps it (away-worker.js)
    this.dirty = false;
    this.sending = true;
    this.sent = this.standing();
    this.say("saving");
    try {
      const answer = await fetch(this.form.dataset.autosave || this.form.action, {
        method: "POST",
        body: this.body(),
        headers: { Accept: "application/json", "X-CSRFToken": this.form.elements.csrf_token?.value ?? "" },
        keepalive: last,
        redirect: "manual",
      });
      if (answer.status === 409) return this.conflict(await answer.json());
      if (answer.type === "opaqueredirect" || answer.status === 401) return this.signedOut();
      if (answer.ok) return this.saved(await answer.json());
      const told = answer.status < 500 ? await answer.json().catch(() => ({})) : {};
      if (told.sentence) return this.stop(told.sentence);
      this.failed();
    } catch {
      this.failed();
    } finally {
      this.sending = false;
      if (this.dirty && !this.failures) this.wait(settle);
    }
  }

  saved({ version, saved_at: at, kept = false, messages = {}, cautions = [], states = {}, others = {}, old = 0 }) {
    this.failures = 0;
    this.gone = {};
    Object.assign(this.known, this.sent);
    this.take(version, others);
    this.remember({ anew: true });
    if (!this.dirty) this.say(kept ? "kept" : "done", kept ? "warn" : "", clock.format(new Date(at)));
    this.show(messages, new Set(cautions));
    for (const [id, { kind, word }] of Object.entries(states)) restate(id, kind, word);
    for (const note of this.form.querySelectorAll("[data-old-letters]")) note.hidden = !old;
  }

  // Another mark of all that stands. What somebody else changed is shown, unless it is being typed over: that is contested when it is sent.
  take(version, others) {
    const before = marked(this.version);
    const marks = this.keeps ? marked(version) : null;
    for (const [name, text] of Object.entries(others)) {
      const control = this.form.elements[name];
      if (control && this.standing()[name] === this.known[name] && !this.composing) {
        write(control, text);
        this.known[name] = text;
      } else if (marks && before.has(name)) marks.set(name, before.get(name));
    }
    this.carry(marks ? unmarked(marks) : version);
  }

  // What this browser kept of an earlier visit, as long as nobody typed anything else meanwhile.
  takeBack({ version, fields, at }) {
    for (const [name, text] of Object.entries(fields)) {
      const control = this.form.elements[name];
      if (!control || control.type === "hidden" || differs(control)) continue;
      write(control, text);
      control.dispatchEvent(new Event("input"));
    }
    this.carry(version);
    if (!this.dirty) this.say("kept", "warn", clock.format(new Date(at)));
  }

  failed() {
    this.dirty = true;
    this.say(navigator.onLine ? "failed" : "offline", navigator.onLine ? "bad" : "warn");
    this.wait(again[Math.min(this.failures++, again.length - 1)]);
  }

  // Nobody is signed in any more. What was typed stays to be read, and comes back into the page after signing in again.
  signedOut() {
    this.stop(this.line?.dataset.signedOut);
    if (this.keeps) import("./closing.js").then(({ close }) => close(this.form), () => {});
  }

  // The server will not take it now and says why; the text stays on the page and goes out with the next change or submit.
  stop(sentence) {
    this.dirty = true;
    this.failures++;
    this.tell(sentence, "bad");
  }

  show(messages, cautions) {
    for (const frame of this.form.querySelectorAll("[data-field]")) {
      const box = frame.querySelector("[data-errors]");
      if (!box) continue;
      const texts = messages[frame.dataset.field] ?? [];
      const grave = texts.some((text) => !cautions.has(text));
      box.replaceChildren(...texts.map((text) => told(text, cautions.has(text))));
      frame.classList.toggle("field--bad", grave);
      for (const control of frame.querySelectorAll("input, select, textarea")) {
        if (grave) control.setAttribute("aria-invalid", "true");
        else control.removeAttribute("aria-invalid");
      }
    }
  }

  // Both texts side by side under each field; the person chooses, nothing is lost before that.
  conflict({ conflict, version, said, others = {} }) {
    this.conflicted = true;
    this.dirty = true;
    this.take(version, others);
    this.remember({ anew: true });
    if (said) this.tell(said, "warn");
    else this.say("conflict", "warn");
    let open = Object.keys(conflict).length;
    let first = null;
    for (const [name, { yours, theirs }] of Object.entries(conflict)) {
      const copy = document.querySelector("[data-both-texts]").content.firstElementChild.cloneNode(true);
      copy.querySelector("[data-yours]").textContent = yours;
      copy.querySelector("[data-theirs]").textContent = theirs;
      const frame = this.form.querySelector(`[data-field="${CSS.escape(name)}"]`);
      copy.addEventListener("click", ({ target }) => {
        const kept = target.closest("[data-keep]")?.dataset.keep;
        if (!kept) return;
        write(this.form.elements[name], kept === "yours" ? yours : theirs);
        this.known[name] = theirs;
        if (kept === "theirs") delete this.gone[name];
        copy.remove();
        frame?.querySelector("input, select, textarea")?.focus();
        if (--open === 0) {
          this.conflicted = false;
          this.touched();
        }
      });
      (frame ?? this.form).append(copy);
      first ??= copy;
    }
    first?.focus();
  }

  say(key, kind = "", time = "") {
    if (key === "offline" && !this.kept) key = "away"; // nothing is kept on this machine, so that is not said
    this.tell(this.line?.dataset[key].replace("{time}", time), kind, key !== "saving");
  }

  tell(text, kind, aloud = true) {
    if (!this.line) return;
    this.line.dataset.kind = kind;
    this.line.textContent = text;
    if (aloud) announce(text);
  }
}

// What the page came with, by name.
function came(form) {
  const found = {};
  for (const control of form.elements) {
    if (!control.name || control.type === "hidden" || control.type === "submit") continue;
    if (control.type === "radio" || control.type === "checkbox") {
      if (control.defaultChecked) found[control.name] = control.value;
      else found[control.name] ??= "";
    } else if (control.options) found[control.name] = ([...control.options].find((option) => option.defaultSelected) ?? control.options[0])?.value ?? "";
    else found[control.name] = (control.defaultValue ?? "").normalize("NFC");
  }
  return found;
}

// A mark of all that stands is "name=mark,name=mark"; of a form without data-keeps it is a number, in which no field has a mark.
function marked(version) {
  return new Map(String(version ?? "").split(",").filter(Boolean).map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
}

function unmarked(marks) {
  return [...marks].map(([name, mark]) => `${name}=${mark}`).join(",");
}

// The same as the server writes beside a field: a mark of its kind, and the sentence.
function told(text, caution) {
  const line = document.createElement("p");
  line.className = caution ? "field__error field__error--warn" : "field__error";
  const kind = caution ? "warn" : "bad";
  const mark = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({ class: `mark mark--${kind}`, width: 14, height: 14, "aria-hidden": "true" })) mark.setAttribute(name, value);
  mark.append(document.createElementNS("http://www.w3.org/2000/svg", "use"));
  mark.firstElementChild.setAttribute("href", `#mark-${kind}`);
  line.append(mark, Object.assign(document.createElement("span"), { textContent: text }));
  return line;
}

function restate(id, kind, word) {
  for (const state of document.querySelectorAll(`[data-state="${CSS.escape(id)}"]`)) {
    state.className = `state state--${kind}`;
    state.querySelector("use").setAttribute("href", `#mark-${kind}`);
    state.lastChild.textContent = word;
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
