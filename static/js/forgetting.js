// What a phone keeps of a page at the door (names) goes as soon as nobody, or somebody else, is
// signed in, and when the event is over. What was not sent yet stays until then: codes, not names.

// The names that door/keeping.js gives them; to import them from there would cost every page a file.
const [CACHE, NOTE] = ["door", "doors"];

const { viewer } = document.body.dataset;
const now = new Date().toISOString();

for (const [path, kept] of Object.entries(noted())) {
  const isOver = new Date(kept.until).toISOString() < now;
  if (kept.viewer !== viewer || isOver) forget(path, isOver);
}

async function forget(path, isOver) {
  const rest = noted();
  delete rest[path];
  localStorage.setItem(NOTE, JSON.stringify(rest));
  if (isOver) localStorage.removeItem(`door:${path}`);
  await (await caches.open(CACHE)).delete(path);
  await (await navigator.serviceWorker.getRegistration(path))?.unregister();
}

function noted() {
  try {
    return JSON.parse(localStorage.getItem(NOTE)) ?? {};
  } catch {
    return {};
  }
}
