// A button that prints the page it stands on; without scripts it is not there, and the browser's own way remains.

for (const button of document.querySelectorAll("[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
