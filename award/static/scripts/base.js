// What every page has: one submit per click, focus on what needs it, looks, and the small modules a page asks for by its markup.

const wanted = [
  ["[data-opens], [data-closes]", "./dialog.js"],
  ["[data-deadline]", "./clock.js"],
  ["form[data-autosave]", "./autosave.js"],
  ["[data-score]", "./score.js"],
  [".bench", "./bench.js"],
  [".player", "./player.js"],
  ["[data-photo]", "./viewer.js"],
];

const coming = wanted.filter(([selector]) => document.querySelector(selector)).map(([, module]) => import(module));
// Whoever drives a page waits for this: before it, what is typed is heard by nobody but the form.
Promise.allSettled(coming).then(() => { document.documentElement.dataset.scripts = "ready"; });

document.querySelector("[data-focus]")?.focus();

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

import("./looks.js");
