/* Writing down parcels by keyboard: Enter goes to the next field and from the last one sends, Ctrl + Enter sends at once. Enter while a
   word is composed, or in a text of several lines, is left alone. */
const form = document.querySelector("form[data-onwards]");

if (form) {
  const fields = () => [...form.querySelectorAll("input:not([type=hidden]), select, textarea, button[type=submit]")]
    .filter((each) => each.checkVisibility());

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (event.shiftKey || event.target.matches("textarea, button, summary")) return;
    const all = fields();
    const next = all[all.indexOf(event.target) + 1];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.select?.();
  });

  form.querySelector("[data-first] input")?.focus();
}
