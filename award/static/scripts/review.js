// Looking through a frozen round: one box in a table's head picks all of its rows.
for (const all of document.querySelectorAll("[data-pick-all]")) {
  const rows = () => document.querySelectorAll(`input[data-pick][form="${CSS.escape(all.dataset.pickAll)}"]`);
  all.closest("[data-picks]").hidden = false;
  all.addEventListener("change", () => { for (const row of rows()) row.checked = all.checked; });
}
