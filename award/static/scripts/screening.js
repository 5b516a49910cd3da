/* Keys of the secretariat. In the queue j and k walk the rows, x picks one, a picks the page. In a dossier a figure turns what is
   said of a rule. Any other key presses the link or button that names it, or goes to the field beside it. Single letters can be
   switched off, and never act while somebody types or composes: Escape leaves the field, Ctrl+Enter sends a form with one button. */
const off = "screening-keys-off";
const choice = document.querySelector("[data-keys-on]");
const hints = document.querySelectorAll("[data-keys]");
const rows = [...document.querySelectorAll("a[data-row]")];
const picks = [...document.querySelectorAll("[data-pick]")];
const all = document.querySelector("[data-pick-all]");
const typing = (target) => target.closest("input:not([type=checkbox], [type=radio]), textarea, select, dialog, [contenteditable]");

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

const pick = () => {
  const box = document.activeElement?.closest("tr")?.querySelector("[data-pick]");
  box?.click();
  return box;
};

// Choosing all of a page chooses those nobody has decided on; any other is chosen by itself.
const waiting = picks.filter((box) => box.dataset.pick !== "settled");

const pickAll = () => {
  const on = waiting.some((box) => !box.checked);
  for (const box of waiting) box.checked = on;
  if (all) all.checked = on;
  return all;
};

if (all && picks.length) {
  all.closest("[data-picks]").hidden = false;
  all.addEventListener("change", () => { for (const box of waiting) box.checked = all.checked; });
}

// As found, not met, met, as found again; a folded rule comes into sight, and Tab goes on from there.
const turn = (figure) => {
  const rule = document.querySelector(`[data-rule="${CSS.escape(figure)}"]`);
  const said = [...(rule?.querySelectorAll("input[type=radio]") ?? [])];
  if (!said.length) return null;
  const order = ["", "red", "green"];
  const at = order.indexOf(said.find((each) => each.checked)?.value ?? "");
  const next = said.find((each) => each.value === order[(at + 1) % order.length]);
  next.click();
  const fold = rule.closest("details");
  if (fold) fold.open = true;
  next.focus({ preventScroll: true });
  rule.scrollIntoView({ block: "nearest" });
  return rule;
};

// Which rules nobody has looked at is told beside the decision, and no longer once something is said of them.
const unseen = document.querySelector("[data-unseen]");
const tellUnseen = () => {
  const rules = [...unseen.querySelectorAll("[data-unseen-rule]")];
  for (const each of rules) each.hidden = Boolean(unseen.closest("form").elements[each.dataset.unseenRule]?.value);
  unseen.hidden = rules.every((each) => each.hidden);
};
unseen?.closest("form").addEventListener("change", tellUnseen);
if (unseen) tellUnseen(); // what was brought back into the page may be here already

// A single letter does not decide over rules that nobody looked at: it goes to the button, the next one presses it.
const asksAgain = (named) => {
  if (!named?.matches("[data-key-asks]") || !unseen || unseen.hidden || document.activeElement === named) return false;
  named.focus();
  const again = document.querySelector("[data-key-again]");
  again.textContent = again.dataset.words;
  return true;
};

const press = (key) => {
  const named = document.querySelector(`main [data-key="${CSS.escape(key)}"]`);
  if (asksAgain(named)) return named;
  if (named?.matches("a, button")) named.click();
  else named?.querySelector("textarea, input:not([type=hidden])")?.focus();
  return named;
};

const sendOrLeave = (event) => {
  if (event.isComposing || event.target.closest("dialog")) return false;
  if (event.key === "Escape" && typing(event.target)) event.target.blur();
  else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const buttons = event.target.closest("main form")?.querySelectorAll("button[type=submit]") ?? [];
    if (buttons.length !== 1) return false;
    buttons[0].click();
  } else return false;
  return true;
};

document.addEventListener("keydown", (event) => {
  if (sendOrLeave(event)) { event.preventDefault(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  if (!choice?.checked || event.key.length !== 1) return;
  const key = event.key.toLowerCase();
  const inQueue = { j: () => walk(1), k: () => walk(-1), x: pick, a: pickAll };
  if (rows.length && key in inQueue ? inQueue[key]() : turn(key) ?? press(key)) event.preventDefault();
});
