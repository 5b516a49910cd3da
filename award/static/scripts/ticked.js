// How many are ticked for a form and how much they are together, said beside its button while they are ticked.

const number = new Intl.NumberFormat(document.documentElement.lang);

for (const said of document.querySelectorAll("[data-ticked]")) {
  const boxes = [...document.querySelectorAll(`input[type=checkbox][form="${said.dataset.ticked}"]`)];
  const tell = () => {
    const ticked = boxes.filter((box) => box.checked);
    const sum = ticked.reduce((all, box) => all + Number(box.dataset.sum), 0);
    const some = said.dataset.some.replace("{n}", number.format(ticked.length)).replace("{sum}", number.format(sum));
    said.textContent = ticked.length ? some : said.dataset.none;
  };
  for (const box of boxes) box.addEventListener("change", tell);
  addEventListener("pageshow", tell); // what the browser ticks again when one comes back
  said.hidden = false;
  tell();
}
