// The pictures of the next work, fetched while a judge marks this one: the leave for each is asked again when it is shown, its bytes are here already.
//
// An address of a picture stands for four minutes (uploads.storage), so it begins with the first mark and not while one reads. Never where little is to
// be fetched.

const most = 6;
const { connection } = navigator;
const sparing = document.documentElement.dataset.network === "slow" || connection?.saveData || /2g/.test(connection?.effectiveType ?? "");
const idle = (act) => (globalThis.requestIdleCallback ? requestIdleCallback(act, { timeout: 3000 }) : setTimeout(act, 500));
const held = []; // a picture that nobody holds may be let go before it has come

export function fetchAhead(address) {
  if (!sparing) idle(() => fetchPictures(address));
}

async function fetchPictures(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html", "Read-Later": "1" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const { attributes } of [...page.querySelectorAll(".material img")].slice(0, most)) {
    const image = new Image();
    for (const name of ["sizes", "srcset", "src"]) if (attributes[name]) image.setAttribute(name, attributes[name].value);
    held.push(image);
  }
}
