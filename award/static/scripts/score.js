// One criterion: a number that may be typed (8,5 or 8.5), moved on a line or stepped. The text field is what is sent; no mark is not zero.

const read = (text) => (/^\s*\d+([.,]\d+)?\s*$/.test(text) ? Number(text.trim().replace(",", ".")) : null);

function places(step) {
  return (String(step).split(".")[1] ?? "").length;
}

// The mark of one criterion, or null while there is none or it is out of range.
function markOf(box) {
  const mark = read(box.querySelector(".score__value").value);
  const steps = mark / Number(box.dataset.step);
  return mark === null || mark > Number(box.dataset.max) || Math.abs(steps - Math.round(steps)) > 1e-9 ? null : mark;
}

const point = document.documentElement.lang === "en" ? "." : ",";
const write = (number, digits) => number.toFixed(digits).replace(".", point);

// Each sheet has its own sum; the bar of a phone, which stands outside, repeats the one of the page's only sheet.
function total(box) {
  const sheet = box.closest("form") ?? document;
  const line = sheet.querySelector("[data-score-total]");
  if (!line) return;
  const marks = [...sheet.querySelectorAll("[data-score]")].map(markOf);
  const given = marks.filter((mark) => mark !== null);
  const words = given.length ? write(given.reduce((sum, mark) => sum + mark, 0), Number(line.dataset.decimals)) : "–";
  const missing = marks.length - given.length;
  line.querySelector(".score-total__missing").textContent = missing ? line.dataset.missing.replace("{n}", missing) : "";
  // the act that is next stands out: on to another work while marks are missing, sending once there are all
  const now = missing ? "incomplete" : "complete";
  for (const button of sheet.querySelectorAll("[data-while]")) button.classList.toggle("button--primary", button.dataset.while === now);
  for (const output of [line.querySelector("output"), ...document.querySelectorAll("output[data-score-total]")]) output.textContent = words;
}

function enliven(box) {
  const field = box.querySelector(".score__value");
  const range = box.querySelector(".score__range");
  const errors = box.querySelector("[data-errors]");
  const step = Number(box.dataset.step);
  const highest = Number(box.dataset.max);
  const digits = places(box.dataset.step);

  function check() {
    const wrong = field.value.trim() !== "" && markOf(box) === null;
    const text = wrong
      ? box.dataset.out.replace("{max}", String(highest).replace(".", point)).replace("{step}", write(step, digits)).replace("{value}", field.value.trim())
      : "";
    errors.replaceChildren(...(text ? [Object.assign(document.createElement("p"), { className: "field__error", textContent: text })] : []));
    box.classList.toggle("field--bad", wrong);
    if (wrong) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }

  function follow() {
    const mark = read(field.value);
    box.classList.toggle("score--none", mark === null);
    range.value = mark ?? 0;
    range.style.setProperty("--at", `${(100 * Math.min(mark ?? 0, highest)) / highest}%`);
    range.setAttribute("aria-valuetext", mark === null ? "–" : write(mark, digits));
    total(box);
  }

  function set(mark) {
    field.value = write(Math.min(highest, Math.max(0, Math.round(mark / step) * step)), digits);
    follow();
    check();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  range.addEventListener("input", (event) => { event.stopPropagation(); set(Number(range.value)); });
  field.addEventListener("input", (event) => { if (!event.isComposing) follow(); });
  field.addEventListener("change", check);
  field.addEventListener("keydown", (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!by || field.readOnly) return;
    event.preventDefault();
    set((read(field.value) ?? 0) + by * step);
  });
  box.addEventListener("click", ({ target }) => {
    const by = target.closest("[data-by]")?.dataset.by;
    if (by) set((read(field.value) ?? 0) + Number(by) * step);
  });
  for (const part of box.querySelectorAll("[hidden]")) part.hidden = false;
  follow();
}

for (const box of document.querySelectorAll("[data-score]")) enliven(box);
