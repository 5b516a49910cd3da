// A part of the page that others change while it is open: <div data-living="/address">. The server draws it; nothing
// is fetched while the page is hidden, and nothing is redrawn while the print of what it shows is the same. Where it is
// made of named parts (data-part) only those that read differently are redrawn: nobody's button goes from under the finger.

const usual = 3000;

function redraw(part, drawn) {
  const fresh = [...drawn.querySelectorAll("[data-part]")];
  const here = (name) => part.querySelector(`[data-part="${name}"]`);
  const pairs = fresh.map((each) => [here(each.dataset.part), each]);
  const whole = fresh.length && pairs.every(([old]) => old);
  for (const [old, each] of whole ? pairs : [[part, drawn]]) {
    if (old.textContent.trim() !== each.textContent.trim()) old.replaceChildren(...each.childNodes);
  }
}

for (const part of document.querySelectorAll("[data-living]")) {
  const pause = Number(part.dataset.livingEvery) || usual;
  let print = "";
  const look = async () => {
    if (!document.hidden && navigator.onLine) {
      try {
        const answer = await fetch(part.dataset.living, { headers: print ? { "If-None-Match": print } : {} });
        if (answer.ok) {
          print = answer.headers.get("ETag") ?? "";
          redraw(part, new DOMParser().parseFromString(await answer.text(), "text/html").body);
        } else if (answer.status !== 304) return;
      } catch {
        // the next look tries again
      }
    }
    setTimeout(look, pause);
  };
  setTimeout(look, pause);
}
