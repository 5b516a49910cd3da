// A password is typed once, so it can be looked at: each button with data-reveals shows and hides the field of that id.

for (const button of document.querySelectorAll("[data-reveals]")) {
  const field = document.getElementById(button.dataset.reveals);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
    button.textContent = shown ? button.dataset.show : button.dataset.hide;
  });
  field.form?.addEventListener("submit", () => {
    field.type = "password";
  });
}
