// The time left, by the server's clock: the page says what time it was there when it was made. Words only, no seconds until the last minute.
// When the time is over, forms marked data-until-deadline are closed to be read only, what is marked data-after-deadline appears.

import { close } from "./closing.js";

const started = performance.now();

function sentence(clock, left) {
  const say = (key, values) => clock.dataset[key].replace(/\{(\w)\}/g, (_, name) => values[name]);
  const minutes = Math.floor(left / 60000);
  if (left <= 0) return clock.dataset.passed;
  if (minutes < 1) return clock.dataset.last;
  if (minutes < 60) return say("minutes", { m: minutes });
  if (minutes < 1440) return say("hours", { h: Math.floor(minutes / 60), m: minutes % 60 });
  return say("days", { n: Math.floor(minutes / 1440) });
}

function tick(clock) {
  const left = Date.parse(clock.dataset.deadline) - Date.parse(clock.dataset.now) - (performance.now() - started);
  const words = sentence(clock, left);
  if (clock.textContent !== words) clock.textContent = words;
  clock.closest(".deadline")?.classList.toggle("deadline--near", left < 86400000);
  if (left <= 0) {
    for (const form of document.querySelectorAll("form[data-until-deadline]")) close(form);
    for (const part of document.querySelectorAll("[data-after-deadline]")) part.hidden = false;
    return;
  }
  setTimeout(() => tick(clock), Math.min((left % 60000) + 50, 60000));
}

for (const clock of document.querySelectorAll("[data-deadline]")) tick(clock);
