// The days of a month are walked by the arrow keys, Home, End, Page Up and Page Down; one of them
// is a stop of the Tab key. They are links: without this each of them is a stop.

const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const A_DAY = 24 * 60 * 60 * 1000;

arrange();
document.addEventListener("htmx:after:swap", arrange);
document.addEventListener("focusin", ({ target }) => target.matches?.("[data-day]") && stopAt(target));
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const day = event.target.closest?.("[data-day]");
  const next = day && after(event.key, day.dataset.day);
  if (!next) return;
  event.preventDefault();
  go(day.closest("[data-calendar]"), next, event.key.startsWith("Page"));
});

function arrange() {
  for (const calendar of document.querySelectorAll("[data-calendar]")) {
    if (calendar.querySelector("[data-day][tabindex]")) continue;
    const days = [...calendar.querySelectorAll("[data-day]")];
    // Whoever came from another month by keyboard goes on from there.
    const arrived = days.find((each) => location.hash === `#${each.id}`);
    const first = days.find((each) => each.dataset.day.endsWith("-01"));
    stopAt(arrived ?? calendar.querySelector("[data-day][aria-current], [data-day].is-today") ?? first);
    arrived?.focus();
  }
}

function stopAt(day) {
  for (const each of day.closest("[data-calendar]").querySelectorAll("[data-day]")) {
    each.tabIndex = each === day ? 0 : -1;
  }
}

// The day where a key leads; nothing where it leads nowhere.
function after(key, day) {
  const date = new Date(`${day}T00:00Z`);
  const weekday = (date.getUTCDay() + 6) % 7;
  if (key in STEPS) return moved(date, STEPS[key]);
  if (key === "Home") return moved(date, -weekday);
  if (key === "End") return moved(date, 6 - weekday);
  if (key === "PageUp") return inMonth(date, -1);
  if (key === "PageDown") return inMonth(date, 1);
  return null;
}

function moved(date, days) {
  return text(new Date(date.getTime() + days * A_DAY));
}

// The same day some months later, or the last one where that month is shorter.
function inMonth(date, months) {
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return text(new Date(Date.UTC(year, month, Math.min(date.getUTCDate(), last))));
}

function text(date) {
  return date.toISOString().slice(0, 10);
}

function go(calendar, day, isFar) {
  const there = calendar.querySelector(`[data-day="${day}"]`);
  if (there && !(isFar && !day.startsWith(calendar.dataset.calendar))) return there.focus();
  const link = calendar.querySelector(day < calendar.dataset.calendar ? "[rel=prev]" : "[rel=next]");
  if (!link) return;
  const month = new URL(link.href);
  month.searchParams.set("month", day.slice(0, 7));
  month.hash = `day-${day}`;
  location.assign(month);
}
