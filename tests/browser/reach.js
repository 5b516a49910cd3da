// What a reader of this page could not reach, see whole, or read without marks colliding: {small, cut, tight, wide}, each a list of elements.
() => {
  const seen = (one) =>
    one.getClientRects().length && getComputedStyle(one).visibility === "visible" && !one.closest(".visually-hidden, .skip");
  const name = (one) => `${one.tagName} ${one.className?.baseVal ?? one.className} ${one.textContent.trim().slice(0, 30)}`;
  const all = [...document.body.querySelectorAll("*")].filter((one) => !one.closest("svg") && seen(one));
  const small = all.filter((one) => {
    if (!one.matches("a, button, input, select, textarea, summary, [role=separator]")) return false;
    if (getComputedStyle(one).display === "inline") return false; // in a sentence, its line is its height
    const whole = one.matches("[type=radio], [type=checkbox]") ? one.closest("label") : one.matches(".act-name") ? one.closest("li") : one;
    const area = whole.getBoundingClientRect();
    const height = one.matches("thead a, .button--small, .toast button, .error-summary a") ? 31 : 41;
    return area.height < height || (area.width < 24 && !one.matches("[role=separator]"));
  });
  const cut = all.filter((one) => {
    const { overflowX, overflowY, clipPath } = getComputedStyle(one);
    if (clipPath !== "none" || one.matches("input")) return false; // hidden from the eye on purpose; a line that scrolls as it is typed
    const hides = [overflowX, overflowY].some((way) => way === "hidden" || way === "clip");
    return hides && (one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1);
  });
  const tight = all.filter((one) => {
    const style = getComputedStyle(one);
    const words = [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const leading = parseFloat(style.lineHeight) / parseFloat(style.fontSize);
    return words && style.display !== "inline" && !one.matches(".score__step, kbd, option") && leading < 1.43 - 0.001;
  });
  const wide = document.documentElement.scrollWidth > innerWidth
    ? all.filter((one) => one.getBoundingClientRect().right > innerWidth + 1) : [];
  return { small: small.map(name), cut: cut.map(name), tight: tight.map(name), wide: wide.map(name) };
}
