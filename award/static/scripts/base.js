// What every page has: one submit per click, focus on what needs it, looks, and the small modules a page asks for by its markup.

const wanted = [
  ["[data-deadline]", "./clock.js"],
  ["form[data-autosave]", "./autosave.js"],
  ["form[data-held]", "./held.js"],
  ["[data-score]", "./score.js"],
  [".bench", "./bench.js"],
  ["[data-prints]", "./prints.js"],
  ["[data-match]", "./matching.js"],
  ["[data-ticked]", "./ticked.js"],
  [".player", "./player.js"],
  ["[data-copies]", "./copying.js"],
];

const coming = wanted.filter(([selector]) => document.querySelector(selector)).map(([, module]) => import(module));
// Whoever drives a page waits for this: before it, what is typed is heard by nobody but the form.
Promise.allSettled(coming).then(() => { document.documentElement.dataset.scripts = "ready"; });

document.querySelector("[data-focus]")?.focus();

// Native dialogs in place of the pages that say the same; focus returns to what opened them.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog?.showModal) {
    event.preventDefault();
    dialog.showModal();
    dialog.addEventListener("close", () => opener.focus(), { once: true });
    return;
  }
  const closer = event.target.closest("dialog[open] [data-closes]");
  if (closer) {
    event.preventDefault();
    closer.closest("dialog").close();
  }
});

// A picture opens over the page. What shows it is fetched with the first one; where it cannot be had the link leads where it says.
document.addEventListener("click", (event) => {
  const photo = event.target.closest("[data-photo]");
  if (!photo || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  import("./viewer.js").then(({ open }) => open(photo), () => window.open(photo.href, "_blank", "noopener"));
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "get" || form.method === "dialog") return;
  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    return;
  }
  form.setAttribute("aria-busy", "true");
});

// A page that comes back from the browser's memory may be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll('form[aria-busy="true"]')) form.removeAttribute("aria-busy");
});

// A group of links that stands open closes when one turns to something else.
const closeGroups = (except) => {
  for (const group of document.querySelectorAll(".nav__group[open]")) if (!group.contains(except)) group.open = false;
};
document.addEventListener("click", (event) => closeGroups(event.target));
document.addEventListener("focusin", (event) => closeGroups(event.target));
document.addEventListener("keydown", (event) => {
  const group = event.key === "Escape" && document.querySelector(".nav__group[open]");
  if (!group) return;
  group.open = false;
  if (group.contains(document.activeElement)) group.querySelector("summary").focus();
});

// Works that were taken along to be judged without a network.
if (document.querySelector("[data-carried]") || localStorage.getItem("giai-away")) import("./away.js");
import("./kept.js"); // also where nobody is signed in any more: what was kept for them is forgotten there

// Theme, type size and how much is fetched: shown only where scripts run, read by the server so that no page flashes.
// The device remembers them for a year; the type size of who is signed in goes with the account to every device.

const form = document.querySelector("[data-looks]");
const year = 365 * 24 * 60 * 60;
const secure = location.protocol === "https:" ? "; Secure" : "";

if (form) {
  for (const name of ["theme", "size", "network"]) {
    const now = document.documentElement.dataset[name] ?? "";
    for (const option of form.elements[name]) option.checked = option.value === now;
  }
  form.hidden = false;
  form.addEventListener("change", ({ target }) => {
    const { name, value } = target;
    if (value) document.documentElement.dataset[name] = value;
    else delete document.documentElement.dataset[name];
    if (name === "size" && form.dataset.kept) {
      const said = new URLSearchParams({ size: value, csrf_token: form.elements.csrf_token.value });
      fetch(form.dataset.kept, { method: "POST", body: said, redirect: "manual", keepalive: true }).catch(() => {});
      return;
    }
    document.cookie = `${name}=${value}; Path=/; Max-Age=${value ? year : 0}; SameSite=Lax${secure}`;
  });
}
