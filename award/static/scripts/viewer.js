// Photos and pages over the whole window: in the size they came in, next and previous by key, neighbours fetched beforehand
// unless little is to be fetched.

let photos = []; // photos among photos, pages among pages: their words tell them apart
const words = JSON.parse(document.querySelector("[data-photo]").dataset.words);
const steps = [0, 0.5, 1, 2]; // 0: the whole photo in the window; otherwise points of the photo to a point of the screen
const fetched = new Map();

const made = (name, given = {}) => Object.assign(document.createElement(name), given);
const button = (word, act) => {
  const one = made("button", { type: "button", className: "button button--small", textContent: word });
  one.addEventListener("click", act);
  return one;
};

const dialog = made("dialog", { className: "viewer" });
dialog.setAttribute("aria-label", words.title);
const said = made("p");
said.setAttribute("aria-live", "polite");
const pane = made("div", { className: "viewer__pane", tabIndex: 0 });
const image = made("img");
const before = button(words.before, () => show(at - 1));
const after = button(words.after, () => show(at + 1));
const larger = button(words.larger, () => zoom(step + 1));
const smaller = button(words.smaller, () => zoom(step - 1));
const bar = made("div", { className: "viewer__bar" });
bar.append(said, before, after, smaller, larger, button(words.close, () => dialog.close()));
pane.append(image);
dialog.append(bar, pane);
document.body.append(dialog);

let at = 0;
let step = 0;

function fetchOf(number) {
  const photo = photos[number];
  if (photo && document.documentElement.dataset.network !== "slow" && !fetched.has(photo.href)) fetched.set(photo.href, made("img", { src: photo.href }));
}

function show(number) {
  if (number < 0 || number >= photos.length) return;
  at = number;
  const photo = photos[at];
  image.src = photo.href;
  image.alt = photo.dataset.name;
  said.textContent = JSON.parse(photo.dataset.words).of.replace("{n}", at + 1).replace("{all}", photos.length).replace("{name}", photo.dataset.name);
  before.disabled = at === 0;
  after.disabled = at === photos.length - 1;
  for (const button of [before, after]) button.hidden = photos.length < 2;
  zoom(0);
  fetchOf(at + 1);
  fetchOf(at - 1);
}

/** The middle of what is seen stays in the middle. */
function zoom(wanted) {
  const middle = [(pane.scrollLeft + pane.clientWidth / 2) / pane.scrollWidth, (pane.scrollTop + pane.clientHeight / 2) / pane.scrollHeight];
  step = Math.min(steps.length - 1, Math.max(0, wanted));
  const width = photos[at].dataset.width || image.naturalWidth;
  const height = photos[at].dataset.height || image.naturalHeight;
  const factor = steps[step] / (window.devicePixelRatio || 1);
  dialog.toggleAttribute("data-zoomed", step > 0);
  image.style.width = step ? `${width * factor}px` : "";
  image.style.height = step ? `${height * factor}px` : "";
  larger.disabled = step === steps.length - 1;
  smaller.disabled = step === 0;
  pane.scrollLeft = middle[0] * pane.scrollWidth - pane.clientWidth / 2;
  pane.scrollTop = middle[1] * pane.scrollHeight - pane.clientHeight / 2;
}

pane.addEventListener("click", () => { if (!dragged) zoom(step ? 0 : 2); });

/* A photo larger than the window is drawn along with the pointer. */
let held = null;
let dragged = false;
pane.addEventListener("pointerdown", (event) => {
  dragged = false;
  if (step && event.pointerType === "mouse") held = { x: event.clientX, y: event.clientY, left: pane.scrollLeft, top: pane.scrollTop };
});
pane.addEventListener("pointermove", (event) => {
  if (!held) return;
  const [x, y] = [event.clientX - held.x, event.clientY - held.y];
  dragged ||= Math.abs(x) + Math.abs(y) > 4;
  pane.scrollLeft = held.left - x;
  pane.scrollTop = held.top - y;
});
addEventListener("pointerup", () => { held = null; });
image.draggable = false;

dialog.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const acts = {
    ArrowLeft: () => !step && show(at - 1), ArrowRight: () => !step && show(at + 1), PageUp: () => show(at - 1), PageDown: () => show(at + 1),
    "+": () => zoom(step + 1), "=": () => zoom(step + 1), "-": () => zoom(step - 1), 0: () => zoom(0),
  };
  const act = acts[event.key];
  if (act && act() !== false) event.preventDefault();
  event.stopPropagation();
});

export function open(photo) {
  photos = [...document.querySelectorAll("[data-photo]")].filter((each) => each.dataset.words === photo.dataset.words);
  dialog.showModal();
  show(photos.indexOf(photo));
  pane.focus();
  dialog.addEventListener("close", () => photos[at].focus(), { once: true });
}
