// Says things to people who do not look at the place where they happen: one sentence in five seconds, the newest wins.

const pause = 5000;
let spoken = -pause;
let waiting = null;

/** Puts `text` into the page's live region, at most one message in five seconds. */
export function announce(text) {
  const region = document.getElementById("live");
  if (!region || !text) return;
  const speak = () => {
    spoken = performance.now();
    waiting = null;
    region.textContent = text;
  };
  clearTimeout(waiting);
  const rest = spoken + pause - performance.now();
  if (rest <= 0) speak();
  else waiting = setTimeout(speak, rest);
}

/** Shows `text` at the foot of the page for eight seconds; `undo` is an optional {word, act}. Focus keeps it there. */
export function toast(text, undo = null) {
  const box = document.createElement("div");
  box.className = "toast";
  box.append(Object.assign(document.createElement("span"), { textContent: text }));
  let timer = null;
  const leave = () => { timer = setTimeout(() => box.remove(), 8000); };
  if (undo) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: undo.word });
    button.addEventListener("click", () => { box.remove(); undo.act(); });
    box.append(button);
  }
  for (const name of ["focusin", "pointerenter"]) box.addEventListener(name, () => clearTimeout(timer));
  for (const name of ["focusout", "pointerleave"]) box.addEventListener(name, leave);
  document.getElementById("toasts")?.append(box);
  announce(text);
  leave();
}
