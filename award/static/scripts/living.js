// A part of the page that others change while it is open: <div data-living="/address">. The server draws it; nothing
// is fetched while the page is hidden, and nothing is redrawn while the print of what it shows is the same.

const pause = 3000;

for (const part of document.querySelectorAll("[data-living]")) {
  let print = "";
  const look = async () => {
    if (!document.hidden && navigator.onLine) {
      try {
        const answer = await fetch(part.dataset.living, { headers: print ? { "If-None-Match": print } : {} });
        if (answer.ok) {
          print = answer.headers.get("ETag") ?? "";
          const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
          if (drawn.body.textContent.trim() !== part.textContent.trim()) part.replaceChildren(...drawn.body.childNodes);
        } else if (answer.status !== 304) return;
      } catch {
        // the next look tries again
      }
    }
    setTimeout(look, pause);
  };
  setTimeout(look, pause);
}
