// Opens a page at the door without a connection: the page as it was kept, and what it is built of.
// Nothing else passes through here, and nothing is kept by it: the page does that (door/keeping.js).

const CACHE = "door";
const PATIENCE = 5_000;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request, pathname));
  else if (pathname.startsWith("/static/dist/")) event.respondWith(asset(request));
});

async function page(request, pathname) {
  const kept = await keptPage(pathname);
  if (!kept) return fetch(request);
  return Promise.race([fetch(request), tooLate()]).catch(() => kept);
}

// Nobody’s name stays longer than the site allows.
async function keptPage(pathname) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(pathname, { ignoreVary: true });
  if (!kept || Date.parse(kept.headers.get("Expires")) > Date.now()) return kept;
  await cache.delete(pathname);
  return undefined;
}

async function asset(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

function tooLate() {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("too late")), PATIENCE));
}
