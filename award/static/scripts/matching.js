/* Files chosen together go each to the place that the house names for it, by name and folder. What no place is found for is listed, each with the
   places that take such a file: a person says which. Where files stand, what the page tells of their places is told anew. */
const root = document.querySelector("[data-match]");
const inputs = [...root.querySelectorAll("input[type=file]")];
const said = root.querySelector("[data-match-said]");
const listed = root.querySelector("[data-match-left]");
const row = root.querySelector("[data-match-row]").content.firstElementChild;

const path = (file) => file.webkitRelativePath || file.name;
const say = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

const told = async (files) => {
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": root.dataset.csrf };
  const answer = await fetch(root.dataset.matchUrl, { method: "POST", headers, body: JSON.stringify({ names: files.map(path) }) });
  if (!answer.ok) throw new Error(answer.status);
  const { places } = await answer.json();
  return places.map((place) => place && document.querySelector(`[data-place="${CSS.escape(place)}"]`));
};

const give = (node, files) => {
  const into = node.querySelector("input[type=file]");
  const chosen = new DataTransfer();
  for (const file of files) chosen.items.add(file);
  into.files = chosen.files;
  into.dispatchEvent(new Event("change", { bubbles: true }));
  node.closest("details")?.setAttribute("open", "");
};

const takes = (node, file) => {
  const ending = `.${file.name.split(".").pop().toLowerCase()}`;
  return node.querySelector("input[type=file]").accept.split(",").some((each) => each.trim() === ending);
};

const left = new Map();
const tell = (n) => { // how many went to their places just now
  const rest = left.size ? ` ${say(root.dataset.left, { n: left.size })}` : "";
  said.textContent = (n ? say(root.dataset.matched, { n }) : "") + rest;
};

/** One file that no place was found for, with the places that take its kind, work by work. */
const offer = (file) => {
  const line = row.cloneNode(true);
  const [name, choice, button, fault] = ["[data-name]", "select", "button", "[data-fault]"].map((each) => line.querySelector(each));
  name.textContent = path(file);
  choice.setAttribute("aria-label", say(choice.dataset.label, { name: path(file) }));
  const works = new Map();
  for (const node of document.querySelectorAll("[data-place]")) {
    if (!takes(node, file)) continue;
    const work = node.closest("section").querySelector("h2").textContent.trim();
    if (!works.has(work)) works.set(work, choice.appendChild(Object.assign(document.createElement("optgroup"), { label: work })));
    works.get(work).append(Object.assign(document.createElement("option"), { value: node.dataset.place, textContent: node.dataset.placeName }));
  }
  if (!works.size) {
    choice.replaceWith(Object.assign(document.createElement("span"), { className: "muted", textContent: root.dataset.nowhere }));
    button.remove();
  }
  button.addEventListener("click", () => {
    const node = document.querySelector(`[data-place="${CSS.escape(choice.value)}"]`);
    if (!choice.value || !node) {
      fault.textContent = root.dataset.unchosen;
      fault.hidden = false;
      return choice.focus();
    }
    give(node, [file]);
    left.delete(path(file));
    const next = line.nextElementSibling ?? line.previousElementSibling;
    line.remove();
    tell(0);
    (next?.querySelector("select") ?? inputs[0]).focus();
  });
  left.get(path(file))?.remove();
  left.set(path(file), line);
  listed.append(line);
};

const match = async (input) => {
  const files = [...input.files];
  input.value = "";
  const places = await told(files);
  const given = new Map();
  files.forEach((file, n) => {
    if (places[n]) given.set(places[n], [...(given.get(places[n]) ?? []), file]);
    else offer(file);
  });
  for (const [node, some] of given) give(node, some);
  tell(places.filter(Boolean).length);
};

let asking = null;
/** What the page says of its places and how many files it waits for, as the house says it now. */
const anew = async () => {
  const answer = await fetch(location.href, { redirect: "manual" }).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const node of document.querySelectorAll("[data-anew]")) {
    const now = fresh.getElementById(node.id);
    if (now && !now.isEqualNode(node)) node.replaceChildren(...now.childNodes);
  }
};

document.addEventListener("uploader:change", () => {
  asking ??= setTimeout(() => { asking = null; anew(); }, 600);
});
for (const input of inputs) input.addEventListener("change", () => match(input).catch(() => { said.textContent = root.dataset.failed; }));
root.hidden = false;
