// Text of a field taken along by one press: [data-copies] names the field and stands hidden until this works.

const copied = async (field) => {
  if (navigator.clipboard && isSecureContext) {
    try { await navigator.clipboard.writeText(field.value); return true; } catch { /* the other way */ }
  }
  field.focus();
  field.select();
  return document.execCommand("copy");
};

for (const bar of document.querySelectorAll("[data-copies]")) {
  const button = bar.querySelector("button");
  bar.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(bar.dataset.copies);
    if (!await copied(field)) return;
    const word = button.textContent;
    button.textContent = bar.dataset.copied;
    document.getElementById("live").textContent = bar.dataset.copied;
    setTimeout(() => { button.textContent = word; }, 2000);
  });
}
