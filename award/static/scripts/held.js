// What is typed into a form that only its buttons send, kept in this browser until it has come in, so that leaving the page loses nothing.
//
// <form data-held="/address/of/its/page"> with a hidden field "seen", the mark of what the page showed. A [data-held-back] inside comes into
// sight when something was brought back, its [data-held-old] when the page shows something else by now; [data-held-drop] puts the page as it came.
// [data-held-here] says that this browser keeps it. Where it does not (a shared machine), it asks before one leaves.

import { differs, keep, recall, write } from "./kept.js";

class Held {
  constructor(form) {
    this.form = form;
    this.page = form.dataset.held;
    this.again = location.pathname !== this.page; // the server shows it as it was typed, and says what is missing
    this.back = form.querySelector("[data-held-back]");
    this.open = this.again;
    this.kept = false;
    for (const line of form.querySelectorAll("[data-held-here]")) line.hidden = !document.body.dataset.keeper;
    this.bring(recall(this.page));
    for (const kind of ["input", "change"]) form.addEventListener(kind, () => this.hold());
    form.addEventListener("submit", () => { this.leaving = true; });
    addEventListener("pageshow", () => { this.leaving = false; });
    addEventListener("beforeunload", (event) => { if (this.open && !this.kept && !this.leaving) event.preventDefault(); });
    this.back?.querySelector("[data-held-drop]").addEventListener("click", () => this.drop());
    if ([...form.elements].some(differs)) this.hold(); // somebody was quicker than this script
  }

  // What came back from an earlier visit; what the page shows as it was typed is not older than that.
  bring(fields) {
    const mark = this.form.elements.seen.value;
    const old = Object.values(fields).some(({ base }) => base !== mark);
    if (this.again && !old) return;
    for (const [name, { text }] of Object.entries(fields)) if (this.form.elements[name]) write(this.form.elements[name], text);
    if (!this.back || ![...this.form.elements].some(differs)) return;
    this.back.hidden = false;
    this.back.querySelector("[data-held-old]").hidden = !old;
    this.form.dispatchEvent(new Event("change"));
  }

  hold() {
    const mark = this.form.elements.seen.value;
    const before = this.again ? recall(this.page) : {};
    const names = new Set([...Object.keys(before), ...[...this.form.elements].filter(differs).map(({ name }) => name)]);
    const said = new FormData(this.form);
    const fields = [...names].map((name) => [name, { text: String(said.get(name) ?? "").normalize("NFC"), base: mark }]);
    this.open = this.again || fields.length > 0;
    this.kept = keep(Object.fromEntries(fields), this.page);
  }

  drop() {
    this.form.reset();
    this.again = false;
    this.back.hidden = true;
    this.form.dispatchEvent(new Event("change"));
    this.form.querySelector("input:not([type=hidden])")?.focus();
  }
}

for (const form of document.querySelectorAll("form[data-held]")) new Held(form);
