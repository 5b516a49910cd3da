/* Files chosen together go each to the place that waits for its name, or for the same without marks where only one does. What no
   place waits for is told, and nothing is sent for it. */
const root = document.querySelector("[data-match]");
const input = root.querySelector("input[type=file]");
const said = root.querySelector("[data-match-said]");
const key = (name) => name.normalize("NFC").toLowerCase().trim();
const bare = (name) => key(name).normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replace(/\s+/g, " ");
const places = [...document.querySelectorAll("[data-expects]")].map((node) => ({
  node,
  names: new Set(JSON.parse(node.dataset.expects).map(key)),
}));

const placeOf = (name) => {
  const exact = places.find(({ names }) => names.has(key(name)));
  if (exact) return exact;
  const alike = places.filter(({ names }) => [...names].some((each) => bare(each) === bare(name)));
  return alike.length === 1 ? alike[0] : null;
};

const give = (place, files) => {
  const into = place.node.querySelector("input[type=file]");
  const chosen = new DataTransfer();
  for (const file of files) chosen.items.add(file);
  into.files = chosen.files;
  into.dispatchEvent(new Event("change", { bubbles: true }));
  place.node.closest("details")?.setAttribute("open", "");
};

const say = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

input.addEventListener("change", () => {
  const left = [];
  const given = new Map();
  for (const file of input.files) {
    const place = placeOf(file.name);
    if (place) given.set(place, [...(given.get(place) ?? []), file]);
    else left.push(file.name);
  }
  for (const [place, files] of given) give(place, files);
  const matched = [...given.values()].reduce((sum, files) => sum + files.length, 0);
  said.textContent = say(root.dataset.matched, { n: matched }) + (left.length ? ` ${say(root.dataset.left, { names: left.join("; ") })}` : "");
  input.value = "";
});
root.hidden = false;
