// Tells the site of one scan. Told twice, it counts once: the scan has a name of its own.
import { freshPage } from "./keeping.js";

const PATIENCE = 4_000;

// What the site answers; {answer: "signed-out"}; or null where it cannot be reached.
export async function tell(address, scan) {
  if (!navigator.onLine) return null;
  try {
    let reply = await post(address, scan);
    // The page may be an old one, whose token no longer holds.
    if (reply.status === 400 && (await renewToken())) reply = await post(address, scan);
    if (reply.ok) return await reply.json();
    if (reply.status === 422 || reply.status === 404) return { answer: "unknown" };
    return reply.type === "opaqueredirect" || reply.status < 500 ? { answer: "signed-out" } : null;
  } catch {
    return null;
  }
}

function post(address, { scan, at, code = "", registration = "", name = "" }) {
  const seconds_ago = Math.max(0, Math.round((Date.now() - at) / 1000));
  return fetch(address, {
    method: "POST",
    body: new URLSearchParams({ scan, code, registration, name, seconds_ago }),
    headers: { "X-CSRFToken": document.body.dataset.token ?? "" },
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE),
  });
}

async function renewToken() {
  const page = await freshPage();
  if (page) document.body.dataset.token = page.body.dataset.token;
  return Boolean(page);
}
