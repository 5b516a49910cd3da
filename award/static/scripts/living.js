// A part of the page that others change while it is open: <div data-living="/address">. The server draws it; nothing
// is fetched while the page is hidden, and nothing is redrawn while the print of what it shows is the same. Where it is
// made of named parts (data-part) only those that read differently are redrawn: nobody's button goes from under the finger.

// While nobody touches the page and nothing plays, its looks say so: they are no visits, and the session runs out as if
// the page stood still. Then a room goes where one signs in; a sheet stays, and says so itself when it is saved.

// A screen that a whole room reads (data-living-watched) is visited whenever what it shows changes: its session runs out
// only where nothing has moved for as long.

// A part that is led says where in <a data-follow>: the page goes there when that changes, not while somebody types.

const usual = 3000;
let touched = true;

for (const kind of ["pointerdown", "pointermove", "wheel", "keydown"]) {
  addEventListener(kind, () => (touched = true), { passive: true });
}

function attended() {
  const now = touched || [...document.querySelectorAll("video, audio")].some((each) => !each.paused);
  touched = false;
  return now;
}

function led(part) {
  return part.querySelector("a[data-follow]")?.href;
}

function typing() {
  return document.activeElement?.matches("textarea, input:not([type=range])") ?? false;
}

/** Somebody has typed here what is not sent: it stays, with the form it was typed into. */
function unsent(part) {
  return [...part.querySelectorAll("textarea")].some((each) => each.value !== each.defaultValue);
}

function redraw(part, drawn) {
  const fresh = [...drawn.querySelectorAll("[data-part]")];
  const here = (name) => part.querySelector(`[data-part="${name}"]`);
  const pairs = fresh.map((each) => [here(each.dataset.part), each]);
  const whole = fresh.length && pairs.every(([old]) => old);
  for (const [old, each] of whole ? pairs.filter(([old]) => !unsent(old)) : [[part, drawn]]) {
    if (old.textContent.trim() !== each.textContent.trim() || led(old) !== led(each)) old.replaceChildren(...each.childNodes);
  }
}

for (const part of document.querySelectorAll("[data-living]")) {
  const pause = Number(part.dataset.livingEvery) || usual;
  let print = "";
  let began;
  const look = async () => {
    if (!document.hidden && navigator.onLine) {
      try {
        const headers = { ...(print && { "If-None-Match": print }), ...(!attended() && { "X-Unattended": "1" }) };
        const answer = await fetch(part.dataset.living, { headers, redirect: "manual" });
        const out = answer.type === "opaqueredirect";
        if (out && !typing()) {
          if (!document.querySelector("[data-autosave]")) location.reload();
          return;
        }
        if (answer.ok) {
          print = answer.headers.get("ETag") ?? "";
          touched ||= "livingWatched" in part.dataset;
          redraw(part, new DOMParser().parseFromString(await answer.text(), "text/html").body);
          began ??= led(part) ?? "";
        } else if (answer.status !== 304 && !out) return;
        const now = led(part);
        if (now && now !== began && now !== location.href.split("#")[0] && !typing()) {
          location.assign(now);
          return;
        }
      } catch {
        // the next look tries again
      }
    }
    setTimeout(look, pause);
  };
  setTimeout(look, pause);
}
