// One-key shortcuts: what carries data-key, j and k through rows, ? for the list of them.

const WRITING = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";

// Ctrl and Enter send the form one writes in, where it says so.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  const form = event.target.closest("form[data-enter]");
  if (form) act(event, () => form.requestSubmit());
});

// Escape leaves the field of such a form, so that the keys work again.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
  if (event.target.matches(WRITING) && event.target.closest(".desk")) event.target.blur();
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest(WRITING) || document.querySelector("dialog[open]")) return;

  if (event.key === "?") act(event, () => document.getElementById("keys")?.showModal());
  else if (event.key === "j") act(event, () => move(1));
  else if (event.key === "k") act(event, () => move(-1));
  else {
    const key = `[data-key="${CSS.escape(event.key)}"]`;
    // What the list of keys itself leads to works on every page, although the list is closed.
    const target = visible(document.querySelectorAll(key)) ?? document.querySelector(`#keys ${key}`);
    if (target) act(event, () => use(target));
  }
});

function visible(targets) {
  return [...targets].find((target) => target.checkVisibility?.() ?? true);
}

function act(event, deed) {
  event.preventDefault();
  deed();
}

function use(target) {
  const aim = target.matches('a[href^="#"]') ? document.querySelector(target.hash) : target;
  if (!aim?.matches(WRITING)) return target.click();
  target = aim;
  target.focus();
  target.select?.();
}

// The row that holds the focus is the current one; its first link takes the focus.
function move(step) {
  const rows = [...document.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility());
  if (!rows.length) return;
  const current = rows.findIndex((row) => row.contains(document.activeElement));
  const next = current < 0 ? (step > 0 ? 0 : rows.length - 1) : current + step;
  const row = rows[Math.max(0, Math.min(next, rows.length - 1))];
  (row.querySelector("a[href]") ?? row).focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}
