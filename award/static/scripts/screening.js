/* Keys of the secretariat. In the queue j and k walk the rows. In a dossier a key presses the link or button that names it,
   or goes to the field beside it. Single letters can be switched off, and never act while somebody types or composes. */
const off = "screening-keys-off";
const choice = document.querySelector("[data-keys-on]");
const hints = document.querySelectorAll("[data-keys]");
const rows = [...document.querySelectorAll("a[data-row]")];
const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, dialog, [contenteditable]");

const show = () => { for (const hint of hints) hint.hidden = hint.tagName === "KBD" && !choice.checked; };

if (choice) {
  choice.checked = localStorage.getItem(off) === null;
  choice.addEventListener("change", () => {
    if (choice.checked) localStorage.removeItem(off);
    else localStorage.setItem(off, "1");
    show();
  });
  show();
}

const walk = (step) => {
  const at = rows.indexOf(document.activeElement);
  const next = rows[at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1)];
  next?.focus();
  return next;
};

const press = (key) => {
  const named = document.querySelector(`main [data-key="${CSS.escape(key)}"]`);
  if (named?.matches("a, button")) named.click();
  else named?.querySelector("textarea, input:not([type=hidden])")?.focus();
  return named;
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  if (!choice?.checked || event.key.length !== 1) return;
  const key = event.key.toLowerCase();
  const steps = { j: 1, k: -1 };
  if (rows.length && key in steps ? walk(steps[key]) : press(key)) event.preventDefault();
});
