// The scoring page's panes: splitters by pointer and keyboard, widths remembered, one pane at a time on a phone.

const bench = document.querySelector(".bench");
const limits = { queue: [11, 26], sheet: [17, 36] };

function resize(name, rem) {
  const [least, most] = limits[name];
  const width = Math.min(most, Math.max(least, rem));
  bench.style.setProperty(`--${name}-width`, `${width}rem`);
  bench.querySelector(`[data-splits="${name}"]`)?.setAttribute("aria-valuenow", Math.round(width));
  localStorage.setItem(`bench-${name}`, width);
}

function widthOf(name) {
  const unit = parseFloat(getComputedStyle(document.documentElement).fontSize);
  return bench.querySelector(`.${name}`).getBoundingClientRect().width / unit;
}

for (const handle of bench.querySelectorAll("[data-splits]")) {
  const name = handle.dataset.splits;
  const outward = name === "queue" ? 1 : -1;
  const stored = parseFloat(localStorage.getItem(`bench-${name}`));
  if (stored) resize(name, stored);
  handle.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const end = { Home: 0, End: 1 }[event.key];
    if (by) resize(name, widthOf(name) + by * outward);
    else if (end !== undefined) resize(name, limits[name][end]);
    else return;
    event.preventDefault();
  });
  handle.addEventListener("pointerdown", (event) => {
    const start = event.clientX;
    const width = widthOf(name);
    const unit = parseFloat(getComputedStyle(document.documentElement).fontSize);
    handle.setPointerCapture(event.pointerId);
    const move = ({ clientX }) => resize(name, width + (outward * (clientX - start)) / unit);
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", move), { once: true });
  });
}

const tabs = bench.querySelector(".bench-tabs");
function show(pane) {
  bench.dataset.show = pane;
  for (const tab of tabs.querySelectorAll("[data-pane]")) tab.setAttribute("aria-pressed", String(tab.dataset.pane === pane));
}
if (tabs) {
  tabs.addEventListener("click", ({ target }) => {
    const pane = target.closest("[data-pane]")?.dataset.pane;
    if (pane) show(pane);
  });
  show("material");
}

const opener = document.querySelector("[data-bench-queue]");
opener?.addEventListener("click", () => {
  const open = bench.dataset.queue !== "open";
  bench.dataset.queue = open ? "open" : "";
  opener.setAttribute("aria-expanded", String(open));
  if (open) bench.querySelector(".queue a[aria-current], .queue a")?.focus();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || bench.dataset.queue !== "open") return;
  bench.dataset.queue = "";
  opener?.setAttribute("aria-expanded", "false");
  opener?.focus();
});
