// What was typed and has not reached the server yet, kept in this browser until it has: by account, page and field.
//
// A text is kept with the mark of what stood in its field, so that it meets the other text, and does not replace it, when somebody else was faster.
// Nothing stays of another account than the one whose page is open, and nothing after signing out.

const prefix = "unsent ";
const keeper = document.body.dataset.keeper;

export function recall(path = location.pathname) {
  try {
    return JSON.parse(localStorage.getItem(at(path))) ?? {};
  } catch {
    return {};
  }
}

// fields: {name: {text, base}}; none of them: nothing is kept. Answers whether this browser keeps it.
export function keep(fields, path = location.pathname) {
  if (!keeper) return false;
  try {
    if (Object.keys(fields).length) localStorage.setItem(at(path), JSON.stringify(fields));
    else localStorage.removeItem(at(path));
    return true;
  } catch {
    return false; // no room, or a browser that keeps nothing
  }
}

function at(path) {
  return `${prefix}${keeper} ${path}`;
}

function keys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

function forget(these) {
  for (const key of these) localStorage.removeItem(key);
}

if ("shared" in document.body.dataset) forget(keys());
if (keeper) forget(keys().filter((key) => !key.startsWith(`${prefix}${keeper} `)));

// Which page was sent by its button and has come in, the server says in this cookie (award.doors.came_in): nothing of it is kept any longer.
const arrived = document.cookie.split("; ").find((each) => each.startsWith("giai_den="));
if (arrived) {
  if (keeper) forget([at(decodeURIComponent(arrived.slice("giai_den=".length)))]);
  document.cookie = "giai_den=; Max-Age=0; Path=/";
}

document.addEventListener("submit", ({ target }) => {
  if (target.hasAttribute("data-signs-out")) forget(keys());
});

// Pages of the same dossier with something unsent: named where the dossier is looked at as a whole.
for (const box of document.querySelectorAll("[data-unsent]")) {
  const paths = keys().map((key) => key.slice(`${prefix}${keeper} `.length)).filter((path) => path.startsWith(`${box.dataset.unsent}/`));
  const link = box.querySelector("a");
  if (paths.length && link) {
    link.href = paths[0];
    box.hidden = false;
  }
}

// What of a form is to be kept, and put back: one file with the above, since pages fetch both or neither.

// Whether a control holds something else than the page came with.
export function differs(control) {
  if (!control.name || control.type === "hidden" || control.type === "range") return false;
  if (control.type === "radio" || control.type === "checkbox") return control.checked !== control.defaultChecked;
  if (control.options) return control.selectedIndex !== Math.max(0, [...control.options].findIndex((option) => option.defaultSelected));
  return control.defaultValue !== undefined && control.value !== control.defaultValue;
}

// Puts a text, a choice or ticks into a control, or into the controls of one name.
export function write(control, value) {
  if (control instanceof RadioNodeList || control?.type === "checkbox") {
    const chosen = new Set([value].flat());
    for (const option of control instanceof RadioNodeList ? control : [control]) option.checked = chosen.has(option.value);
  } else if (control?.options) {
    // A choice is told by its words where two texts stand beside each other.
    control.value = ([...control.options].find((option) => option.value === value) ?? [...control.options].find((option) => option.text === value))?.value ?? value;
  } else if (control) control.value = value;
}
