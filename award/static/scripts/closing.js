// A form whose time is over, or whose author is no longer signed in: everything typed stays to be read and copied, nothing of it changes any more.
//
// Its controls are not disabled: what is disabled is not read aloud, and says nothing when the form is looked at again.

export function close(form) {
  if ("closed" in form.dataset) return;
  form.dataset.closed = "";
  for (const control of form.elements) {
    if (control.type === "submit" || control.type === "button") control.disabled = true;
    else if (control.matches("textarea, input:not([type=checkbox], [type=radio], [type=hidden])")) control.readOnly = true;
    else control.setAttribute("aria-disabled", "true");
  }
  for (const kind of ["click", "mousedown", "keydown"]) form.addEventListener(kind, hold, true);
}

// A choice that may not change any more: the keys that leave it still do.
function hold(event) {
  const control = event.target.closest("[aria-disabled=true]") ?? event.target.closest("label")?.control;
  if (control?.getAttribute("aria-disabled") === "true" && event.key !== "Tab") event.preventDefault();
}
