// On the other pages of a work: how the files go that the tab with their page sends (uploader-total.js tells it).

const patience = 90_000; // a tab that said nothing for so long is gone; one that nobody looks at is let speak once a minute

const node = document.querySelector("[data-underway]");
const words = Object.fromEntries([...node.querySelector("template").content.children].map((each) => [each.dataset.say, each.textContent.trim()]));
const say = (key, values) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const [word, facts] = node.querySelectorAll("p");
const bar = node.querySelector("progress");
const known = { hidden: node.hidden, word: word.textContent, facts: facts.textContent };
let silence = null;

/** What the server said when the page was made. */
function fallBack() {
  node.hidden = known.hidden;
  [word.textContent, facts.textContent, bar.hidden] = [known.word, known.facts, true];
}

new BroadcastChannel("uploads").addEventListener("message", ({ data }) => {
  if (new URL(node.dataset.underway, location).pathname !== data.page) return;
  clearTimeout(silence);
  if (data.gone) return fallBack();
  if (data.left) silence = setTimeout(fallBack, patience);
  else known.hidden = true;
  node.hidden = false;
  const words = say(!data.left ? "done" : data.moving ? "sending" : "paused", data);
  if (word.textContent !== words) word.textContent = words;
  facts.textContent = data.left ? say("elsewhere", {}) : "";
  [bar.hidden, bar.value] = [!data.left, data.percent];
  bar.classList.toggle("is-held", !data.moving);
});
