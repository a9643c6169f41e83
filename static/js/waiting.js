// New replies wait to be shown: an element with data-waiting asks its address now and then, and
// when there are new ones shows its link. Nothing moves under the reader’s eyes.

const EVERY = 15_000;

setInterval(() => {
  if (document.hidden) return;
  document.querySelectorAll("[data-waiting]").forEach(ask);
}, EVERY);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) document.querySelectorAll("[data-waiting]").forEach(ask);
});

// The answer is the fresh inside of the element, or 204 while there is nothing new.
async function ask(place) {
  try {
    const answer = await fetch(place.dataset.waiting, { headers: { "HX-Request": "true", "HX-Request-Type": "partial" } });
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
