// What a control of a form holds, whatever its kind.

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
