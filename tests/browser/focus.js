// The stops of the keyboard that something covers when they have the focus.
() => {
  const stops = [...document.querySelectorAll("main :is(a, button, input, select, textarea, summary)")].filter(
    (stop) => stop.getClientRects().length && !stop.disabled && stop.type !== "file" && !stop.closest("dialog"),
  );
  const covered = (stop) => {
    stop.focus();
    const box = stop.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return !top || !(stop.contains(top) || top.contains(stop) || stop.closest("label")?.contains(top));
  };
  return stops.filter(covered).map((stop) => stop.outerHTML.slice(0, 120));
}
