/* Keys of the secretariat: j and k walk the rows, Enter opens; in a dossier n and p turn to the next and the one before.
   No key acts while something is being typed or composed. */
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
const rows = [...document.querySelectorAll("a[data-row]")];

const walk = (step) => {
  const at = rows.indexOf(document.activeElement);
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  if (next) next.focus();
};

const turn = (relation) => {
  const link = document.querySelector(`main a[rel="${relation}"]`);
  if (link) link.click();
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  const act = { j: () => walk(1), k: () => walk(-1), n: () => turn("next"), p: () => turn("prev") }[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
