/* Files chosen together go each to the place that waits for it, and what no place waits for is told. Where the page names an address, the
   house says which place that is, by name and folder; otherwise it is the place that names the file, or names it without marks where only
   one does. */
const root = document.querySelector("[data-match]");
const inputs = [...root.querySelectorAll("input[type=file]")];
const said = root.querySelector("[data-match-said]");
const listed = root.querySelector("[data-match-left]");
const key = (name) => name.normalize("NFC").toLowerCase().trim();
const bare = (name) => key(name).normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replace(/\s+/g, " ");
const places = [...document.querySelectorAll("[data-expects]")].map((node) => ({
  node,
  names: new Set(JSON.parse(node.dataset.expects).map(key)),
}));

const expecting = (name) => {
  const exact = places.find(({ names }) => names.has(key(name)));
  if (exact) return exact.node;
  const alike = places.filter(({ names }) => [...names].some((each) => bare(each) === bare(name)));
  return alike.length === 1 ? alike[0].node : null;
};

const path = (file) => file.webkitRelativePath || file.name;

const told = async (files) => {
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": root.dataset.csrf };
  const answer = await fetch(root.dataset.matchUrl, { method: "POST", headers, body: JSON.stringify({ names: files.map(path) }) });
  if (!answer.ok) throw new Error(answer.status);
  const { places: found } = await answer.json();
  return (file) => {
    const place = found[files.indexOf(file)];
    return place && document.querySelector(`[data-place="${CSS.escape(place)}"]`);
  };
};

const give = (node, files) => {
  const into = node.querySelector("input[type=file]");
  const chosen = new DataTransfer();
  for (const file of files) chosen.items.add(file);
  into.files = chosen.files;
  into.dispatchEvent(new Event("change", { bubbles: true }));
  node.closest("details")?.setAttribute("open", "");
};

const say = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

const line = (text) => Object.assign(document.createElement("li"), { textContent: text });

const match = async (input) => {
  const files = [...input.files];
  input.value = "";
  const placeOf = root.dataset.matchUrl ? await told(files) : (file) => expecting(file.name);
  const left = [];
  const given = new Map();
  for (const file of files) {
    const node = placeOf(file);
    if (node) given.set(node, [...(given.get(node) ?? []), file]);
    else left.push(path(file));
  }
  for (const [node, some] of given) give(node, some);
  const values = { n: files.length - left.length };
  const rest = left.length ? ` ${say(root.dataset.left, { n: left.length, names: left.join("; ") })}` : "";
  said.textContent = say(root.dataset.matched, values) + rest;
  listed?.replaceChildren(...left.map(line));
};

for (const input of inputs) input.addEventListener("change", () => match(input).catch(() => { said.textContent = root.dataset.failed; }));
root.hidden = false;
