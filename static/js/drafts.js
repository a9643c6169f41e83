// What one writes is kept in this browser until it was sent, whatever happens to the page.
//
// A plain form is only known to have arrived when the next page is shown: sending leaves a note,
// and the page one arrives at forgets the draft. Coming back, an error, or being asked to sign in
// first do not count as arriving.

const SENT = "draft-sent";
const fieldsOf = (form) => [...(form?.elements ?? [])].filter((field) => field.dataset.draft);
const name = (field) => `draft:${field.dataset.draft}`;
let timer;

document.addEventListener("input", ({ target }) => {
  if (!target.dataset?.draft) return;
  clearTimeout(timer);
  timer = setTimeout(() => keep(target) && tell(target, "saved"), 400);
});

addEventListener("pagehide", () => document.querySelectorAll("[data-draft]").forEach(keep));

document.addEventListener("submit", (event) => {
  const fields = fieldsOf(event.target);
  if (event.defaultPrevented || event.submitter?.name === "preview" || !fields.length) return;
  clearTimeout(timer);
  fields.forEach(keep);
  sessionStorage.setItem(SENT, JSON.stringify(fields.map(name)));
});

// Sent by htmx: the answer says at once whether it arrived, before it is put into the page.
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  const arrived = ctx.response?.status < 400 && !ctx.hx?.redirect?.includes("/sign-in");
  if (!arrived || ctx.request.submitter?.name === "preview") return;
  if (ctx.sourceElement.name === "preview") return;
  clearTimeout(timer);
  for (const field of fieldsOf(ctx.request.form)) {
    forget(name(field));
    field.defaultValue = field.value;
  }
});
document.addEventListener("htmx:after:swap", restore);

function keep(field) {
  try {
    if (field.value === field.defaultValue) return false;
    if (field.value.trim()) localStorage.setItem(name(field), field.value);
    else forget(name(field));
    return Boolean(field.value.trim());
  } catch {
    return false; // A full or forbidden storage must not disturb the writing.
  }
}

function restore() {
  for (const field of document.querySelectorAll("[data-draft]")) {
    const kept = localStorage.getItem(name(field));
    if (!kept || field.value.trim()) continue;
    field.value = kept;
    tell(field, "restored");
  }
}

function forget(key) {
  localStorage.removeItem(key);
}

function tell(field, what) {
  const state = document.querySelector(`[data-draft-state="${CSS.escape(field.dataset.draft)}"]`);
  const hour = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" });
  if (state) state.textContent = state.dataset[what].replace("{time}", hour.format(new Date()));
}

function hasArrived() {
  const [{ type } = {}] = performance.getEntriesByType("navigation");
  const failed = document.querySelector('[data-draft][aria-invalid="true"], .problems, [data-error-page]');
  const fromHere = document.referrer.startsWith(location.origin);
  return type === "navigate" && fromHere && !failed && !location.pathname.endsWith("/sign-in");
}

try {
  const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "[]");
  sessionStorage.removeItem(SENT);
  if (hasArrived()) sent.forEach(forget);
  restore();
} catch {
  // Without storage there are no drafts; everything else works.
}
