/* Writing down parcels by keyboard: Enter goes to the next field and from the last one sends, Ctrl + Enter sends at once. Enter while a
   word is composed, or in a text of several lines, is left alone. What the rules and the ledger say of what is typed stands below it. */
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

  const region = form.querySelector("[data-look]");
  let asked = 0;
  let shown = "";
  const look = async () => {
    asked += 1;
    const mine = asked;
    const body = new URLSearchParams(new FormData(form));
    body.delete("entry");
    const answer = await fetch(region.dataset.look, { method: "POST", body }).catch(() => null);
    const said = answer?.ok ? await answer.text() : "";
    if (mine !== asked || said === shown) return;
    const within = () => [...region.querySelectorAll("a, button, input, summary")];
    const held = within().indexOf(document.activeElement);
    shown = said;
    region.replaceChildren(...new DOMParser().parseFromString(said, "text/html").body.childNodes);
    within()[held]?.focus(); // whoever stood in it stands there still
  };
  form.addEventListener("change", (event) => { if (event.target.name !== "entry") look(); });

  form.querySelector("[data-first] input")?.focus();
}
