// What one writes is kept in this browser until it was sent, whatever happens to the page.
//
// A form is only known to have arrived when the next page is shown, so sending marks the draft
// and the next page, if it is not the same form with an error, forgets it.

const name = (field) => `draft:${location.pathname.slice(0, 3)}:${field.dataset.draft}`;
const SENT = "draft-sent";
let timer;

document.addEventListener("input", ({ target }) => {
  if (!target.dataset?.draft) return;
  clearTimeout(timer);
  timer = setTimeout(() => keep(target), 400);
});

addEventListener("pagehide", () => {
  if (sessionStorage.getItem(SENT)) return;
  document.querySelectorAll("[data-draft]").forEach((field) => keep(field, { quietly: true }));
});

document.addEventListener("submit", (event) => {
  const fields = [...event.target.elements].filter((field) => field.dataset?.draft);
  if (!fields.length || event.submitter?.name === "preview" || event.defaultPrevented) return;
  clearTimeout(timer);
  sessionStorage.setItem(SENT, JSON.stringify(fields.map(name)));
});

// Sent by htmx: the answer says at once whether it arrived.
document.addEventListener("htmx:finally:request", ({ detail }) => {
  const sent = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  const status = detail.ctx.response?.status;
  if (sent && status >= 200 && status < 400) forget(JSON.parse(sent));
});
document.addEventListener("htmx:after:swap", () => restore());

function keep(field, { quietly = false } = {}) {
  try {
    if (field.value === field.defaultValue) return;
    if (field.value.trim()) localStorage.setItem(name(field), field.value);
    else localStorage.removeItem(name(field));
    if (!quietly && field.value.trim()) tell(field, "saved");
  } catch {
    // A full or forbidden storage must not disturb the writing.
  }
}

function restore() {
  for (const field of document.querySelectorAll("[data-draft]")) {
    const kept = localStorage.getItem(name(field));
    if (!kept || field.value.trim() || field.value === kept) continue;
    field.value = kept;
    tell(field, "restored");
  }
}

function forget(names) {
  names.forEach((each) => localStorage.removeItem(each));
}

function tell(field, what) {
  const state = document.querySelector(`[data-draft-state="${CSS.escape(field.dataset.draft)}"]`);
  const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" });
  if (state) state.textContent = state.dataset[what].replace("{time}", time.format(new Date()));
}

try {
  const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "[]");
  sessionStorage.removeItem(SENT);
  const refused = document.querySelector('[data-draft][aria-invalid="true"], .problems');
  const failed = document.querySelector("[data-error-page]");
  if (!refused && !failed) forget(sent);
  restore();
} catch {
  // Without storage there are no drafts; everything else works.
}
