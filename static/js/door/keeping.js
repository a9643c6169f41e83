// Keeps the page at the door on this phone, so that it opens again without a connection. What is
// kept, and for whom and until when, is noted: forgetting.js throws it away.

export const CACHE = "door";
export const NOTE = "doors";
const ASSETS = "/static/dist/";

export async function keepPage({ worker, until }, viewer) {
  try {
    const kept = JSON.parse(localStorage.getItem(NOTE)) ?? {};
    localStorage.setItem(NOTE, JSON.stringify({ ...kept, [location.pathname]: { viewer, until } }));
    await navigator.serviceWorker.register(worker, { scope: location.pathname });
    await freshPage();
    const cache = await caches.open(CACHE);
    await Promise.all([...assets()].map(async (url) => (await cache.match(url)) ?? cache.add(url)));
  } catch {
    // Without a connection there is nothing newer to keep; without the right to keep, nothing at all.
  }
}

// The page as the site shows it now, which from now on is the one that is kept; or nothing.
export async function freshPage() {
  try {
    const reply = await fetch(location.pathname, { redirect: "manual", headers: { Accept: "text/html" } });
    if (!reply.ok) return null;
    const copy = reply.clone();
    const cache = await globalThis.caches?.open(CACHE);
    await cache?.put(location.pathname, copy);
    return new DOMParser().parseFromString(await reply.text(), "text/html");
  } catch {
    return null;
  }
}

// Everything built that the page has loaded or names.
function assets() {
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const named = [...document.querySelectorAll("link[href], script[src]")].map((each) => each.href ?? each.src);
  const ours = [...loaded, ...named].map((url) => url.split("#")[0]);
  return new Set(ours.filter((url) => url.startsWith(location.origin + ASSETS)));
}
