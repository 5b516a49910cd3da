// The scoring page: keys, the part in sight, the place one read to, and no leaving without a network. Saving itself is autosave.js.

import { announce } from "./announce.js";
import { noteHere, press } from "./notes.js";

const bench = document.querySelector(".bench");
const form = document.querySelector("[data-scoring]");
const material = bench.querySelector(".material");
const boxes = [...form.querySelectorAll("[data-score]")];
const memory = `scoring-place-${bench.dataset.assignment}`;

// Where scripts run every change is saved by itself.
if (form.dataset.autosave !== undefined) for (const button of form.querySelectorAll("[data-plain]")) button.hidden = true;

/* Without a network a submit would lead to the browser's own error page and lose what was typed. */
form.addEventListener("submit", (event) => {
  if (navigator.onLine || navigator.serviceWorker?.controller) return; // the worker keeps it and leads on
  event.preventDefault();
  event.stopImmediatePropagation();
  announce(document.querySelector("[data-saved]")?.dataset.away);
  form.dispatchEvent(new Event("change", { bubbles: true }));
}, { capture: true });

/* Enter in a mark goes on to the next criterion. */
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches(".score__value")) return;
  event.preventDefault();
  const after = boxes[boxes.indexOf(event.target.closest("[data-score]")) + 1];
  (after?.querySelector(".score__value") ?? form.querySelector("[data-level] select") ?? form.querySelector(".sheet__foot button"))?.focus();
});

/* With the first mark the next work is fetched ahead. */
if (bench.dataset.next) bench.addEventListener("change", begin);
async function begin({ target }) {
  if (!target.closest("[data-score]") || !navigator.onLine) return;
  bench.removeEventListener("change", begin);
  (await import("./ahead.js").catch(() => null))?.fetchAhead(bench.dataset.next);
}

/* Keys: single letters, so they can be switched off and never act while somebody types or composes. */
const off = "scoring-keys-off";
const choice = document.querySelector("[data-keys-on]");
const hints = document.querySelectorAll("[data-keys]");

function useKeys(on) {
  for (const hint of hints) if (hint.tagName === "KBD") hint.hidden = !on;
}

for (const hint of hints) hint.hidden = false;
choice.checked = localStorage.getItem(off) === null;
useKeys(choice.checked);
choice.addEventListener("change", () => {
  if (choice.checked) localStorage.removeItem(off);
  else localStorage.setItem(off, "1");
  useKeys(choice.checked);
});

let chosen = null;
form.addEventListener("focusin", ({ target }) => { chosen = target.closest("[data-score]") ?? chosen; });

function give(points) {
  const empty = (box) => box.querySelector(".score__value").value.trim() === "";
  const box = chosen ?? boxes.find(empty) ?? boxes[0];
  const field = box?.querySelector(".score__value");
  if (!field || field.readOnly || points > Number(box.dataset.max)) return;
  field.value = String(points);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
  announce(`${box.querySelector(".score__label").firstChild.textContent.trim()}: ${points}`);
  chosen = boxes[boxes.indexOf(box) + 1] ?? null;
}

function typing(target) {
  return target.matches("textarea, select, [contenteditable], input:not([type=range], [type=checkbox], [type=radio])");
}

document.addEventListener("keydown", (event) => {
  if (!choice.checked || event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  const key = event.key.toLowerCase();
  if (key === "?") document.querySelector('[data-opens="phim-tat"]').click();
  else if (/^[1-9]$/.test(key)) give(Number(key));
  else if (key === "m") {
    const level = form.querySelector("[data-level] select");
    if (!level) return;
    level.focus();
  } else if (/^[jkl]$/.test(key)) { if (!press(key)) return; }
  else if (key === "g") { if (!noteHere()) return; }
  else {
    const target = form.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!target) return;
    target.click();
  }
  event.preventDefault();
});

/* The place one read to comes back; the part in sight is marked in the row of parts. */
const links = [...material.querySelectorAll(".parts a")];
if (!location.hash) material.scrollTop = Number(sessionStorage.getItem(memory) ?? 0);
material.addEventListener("scroll", () => sessionStorage.setItem(memory, String(Math.round(material.scrollTop))), { passive: true });
if (links.length) {
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      for (const link of links) {
        if (link.hash === `#${entry.target.id}`) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    }
  }, { rootMargin: "0px 0px -70% 0px" });
  for (const link of links) {
    const part = document.getElementById(link.hash.slice(1));
    if (part) seen.observe(part);
  }
}
bench.querySelector('.queue [aria-current="true"]')?.scrollIntoView({ block: "nearest" });
