// A dossier that a worker is at: its state is asked for every three seconds while somebody looks, and the page comes anew when it has changed.
// Where one is being sent, the page comes anew when the file has its verdict.

const waiting = document.querySelector("[data-dossier]");

async function ask() {
  if (document.visibilityState !== "visible") return;
  try {
    const answer = await fetch(waiting.dataset.dossier, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const told = await answer.json();
    if (told.state !== waiting.dataset.state) location.reload();
    const progress = waiting.querySelector("progress");
    if (progress && told.percent !== undefined) progress.value = told.percent;
  } catch {
    // no network: the next question comes in three seconds
  }
}

if (waiting) setInterval(ask, 3000);

document.addEventListener("uploader:change", ({ detail }) => {
  if (detail.state === "ready" || detail.state === "rejected") location.reload();
});
