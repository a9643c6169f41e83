// New replies wait to be shown: an element with data-waiting asks its address now and then, and
// when there are new ones shows its link. Nothing moves under the reader’s eyes.

const SOONEST = 3_000;
const LATEST = 30_000;
const SLOWER = 1.5;
const PATIENCE = 10_000;

let pause = SOONEST;
let next = setTimeout(askAll, pause);

// Whoever has just come, or does something, is waiting; whoever left the page open is not.
document.addEventListener("visibilitychange", hurry);
for (const sign of ["pointerdown", "keydown"]) document.addEventListener(sign, hurry);

function hurry() {
  if (pause === SOONEST || document.hidden) return;
  pause = SOONEST;
  clearTimeout(next);
  next = setTimeout(askAll, pause);
}

async function askAll() {
  if (!document.hidden) await Promise.all([...document.querySelectorAll("[data-waiting]")].map(ask));
  pause = Math.min(pause * SLOWER, LATEST);
  next = setTimeout(askAll, pause);
}

// The answer is the fresh inside of the element, or 204 while there is nothing new.
async function ask(place) {
  try {
    const answer = await fetch(place.dataset.waiting, {
      headers: { "HX-Request": "true", "HX-Request-Type": "partial" },
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.status !== 200) return;
    const words = await answer.text();
    if (words.trim() && words !== place.dataset.last) {
      place.dataset.last = words;
      place.innerHTML = words;
      window.htmx?.process(place);
    }
  } catch {
    // Out of reach for now; the next time will tell.
  }
}
