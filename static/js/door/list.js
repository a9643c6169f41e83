// The list of those expected, as the page holds it: names, and what a code is known by.

const rows = () => [...document.querySelectorAll("#expected [data-registration]")];

export async function byCode(code) {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(code));
  const ticket = [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return rows().find((row) => row.dataset.ticket === ticket);
}

export function byNumber(registration) {
  return rows().find((row) => row.dataset.registration === registration);
}

// The one person whose name holds these words.
export function byName(text) {
  const found = rows().filter((row) => plain(row.dataset.name).includes(plain(text)));
  return found.length === 1 ? found[0] : undefined;
}

// Show those whose name holds what is being typed.
export function narrow(text) {
  const found = rows().filter((row) => plain(row.dataset.name).includes(plain(text)));
  for (const row of rows()) row.hidden = found.length > 0 && !found.includes(row);
}

// Somebody is here: the list says since when, until the site’s own takes its place.
export function arrived(row, hour) {
  row.dataset.arrived = hour;
  const since = document.createElement("span");
  since.className = "quiet";
  since.tabIndex = -1;
  since.textContent = hour;
  const form = row.querySelector("form");
  const isHere = form.contains(document.activeElement);
  form.replaceWith(since);
  if (isHere) since.focus();
}

// The site’s own list takes the place of this one; whoever was at a row of it still is.
export function replace(page) {
  const fresh = document.adoptNode(page.getElementById("expected"));
  const at = document.activeElement.closest("[data-registration]")?.dataset.registration;
  document.getElementById("expected").replaceWith(fresh);
  window.htmx?.process(fresh);
  if (at) byNumber(at)?.querySelector("button")?.focus();
}

function plain(text) {
  return text.trim().normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
