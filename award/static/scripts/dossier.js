// A dossier that is being built: its state is asked for every three seconds while somebody looks, and the page comes anew when it has changed.

const waiting = document.querySelector("[data-dossier]");

async function ask() {
  if (document.visibilityState !== "visible") return;
  try {
    const answer = await fetch(waiting.dataset.dossier, { headers: { Accept: "application/json" } });
    if (answer.ok && (await answer.json()).state !== "building") location.reload();
  } catch {
    // no network: the next question comes in three seconds
  }
}

if (waiting) setInterval(ask, 3000);
