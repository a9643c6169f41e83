// The captions’ editor beside its player: play a caption, set its times by key, keep what was
// written when one leaves a row. Without this every row is a form of its own.
const player = document.getElementById("player");
const now = document.querySelector("[data-now]");
const rows = () => [...document.querySelectorAll("[data-cue]")];
const rowOf = (element) => element?.closest?.("[data-cue]");
const formOf = (row) => row.querySelector("form");
const current = () => rowOf(document.activeElement) ?? document.querySelector("[data-cue].is-now");
const written = (form) =>
  ["starts", "ends", "speaker", "text", "settings"].map((name) => form.elements[name].value).join("\n");

// A row is saved when the focus leaves it, if something in it has changed since it was shown.

const shown = new WeakMap();
const saving = new WeakSet();
// What was refused is sent again only by its button, or after it was changed: it may stand against
// somebody else’s words.
const refused = new WeakMap();
const isDirty = (form) =>
  shown.has(form) && shown.get(form) !== written(form) && refused.get(form) !== written(form);

document.addEventListener("focusin", ({ target }) => {
  const row = rowOf(target);
  if (row && !shown.has(formOf(row))) shown.set(formOf(row), written(formOf(row)));
});
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const row = rowOf(target);
  if (target.matches?.("textarea")) target.dataset.caret = target.selectionStart;
  if (row && rowOf(relatedTarget) !== row) save(formOf(row));
});
addEventListener("pagehide", () => {
  for (const row of rows()) if (isDirty(formOf(row))) navigator.sendBeacon(formOf(row).action, new FormData(formOf(row)));
});

function save(form) {
  if (!isDirty(form) || saving.has(form)) return;
  form.requestSubmit();
}

document.addEventListener("submit", ({ target }) => {
  if (!rowOf(target)) return;
  saving.add(target);
  target.dataset.sent = written(target);
});
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  const form = ctx.request?.form ?? ctx.sourceElement?.form ?? ctx.sourceElement;
  form?.querySelector?.("input[name=caret]")?.remove();
  if (!rowOf(form)) return;
  saving.delete(form);
  if (ctx.response?.status < 400) {
    shown.set(form, form.dataset.sent ?? written(form));
    // What was written while the row was being saved follows once the answer stands in the page.
    if (form !== rowOf(document.activeElement)?.querySelector("form")) setTimeout(() => save(form), 0);
  } else if (ctx.response) refused.set(form, form.dataset.sent ?? written(form));
});

// Where the text is cut: before the caret, if one has been in it.
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-divide]");
  if (!button) return;
  const caret = button.form.elements.text.dataset.caret;
  if (caret === undefined) return;
  button.form.querySelector("input[name=caret]")?.remove();
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "caret", value: caret });
  button.form.append(field);
}, true);

// After the rows were put anew one goes on where one was.
let place = -1;
document.addEventListener("htmx:before:request", () => { place = rows().indexOf(current()); });
document.addEventListener("htmx:after:swap", () => {
  if (place < 0 || document.activeElement !== document.body) return;
  const row = rows()[Math.min(place, rows().length - 1)];
  row?.querySelector("textarea")?.focus({ preventScroll: true });
});

// The player

let stopAt = null;

function play(row) {
  const form = formOf(row);
  const from = seconds(form.elements.starts.value);
  if (!player || from === null) return;
  if (!player.paused && row.classList.contains("is-now")) return player.pause();
  player.currentTime = from;
  stopAt = seconds(form.elements.ends.value);
  player.play();
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-play]");
  if (button) play(rowOf(button));
});

player?.addEventListener("timeupdate", () => {
  const at = player.currentTime;
  if (stopAt !== null && at >= stopAt) {
    stopAt = null;
    player.pause();
  }
  let said = "";
  for (const row of rows()) {
    const { elements } = formOf(row);
    const isNow = seconds(elements.starts.value) <= at && at < seconds(elements.ends.value);
    row.classList.toggle("is-now", isNow);
    if (isNow) said = elements.text.value.replace(/<[^>]*>/g, "");
  }
  if (now) now.textContent = said;
});

function seconds(text) {
  const match = text.trim().match(/^(?:(\d+):)?(\d+):(\d{1,2}(?:[.,]\d+)?)$/);
  return match && Number(match[1] ?? 0) * 3600 + Number(match[2]) * 60 + Number(match[3].replace(",", "."));
}

function clock(at) {
  const ms = Math.round(at * 1000);
  const two = (number) => String(Math.floor(number)).padStart(2, "0");
  return `${two(ms / 3600000)}:${two((ms / 60000) % 60)}:${two((ms / 1000) % 60)}.${String(ms % 1000).padStart(3, "0")}`;
}

// Keys, all with Alt: letters alone are for writing.

const deeds = {
  Space: (row) => row && play(row),
  Digit1: (row) => row && set(row, "starts"),
  Digit2: (row) => row && set(row, "ends"),
  ArrowUp: (row) => go(row, -1),
  ArrowDown: (row) => go(row, 1),
  ArrowLeft: () => player && (player.currentTime -= 1),
  ArrowRight: () => player && (player.currentTime += 1),
  Enter: (row) => press(row, "[data-divide]"),
  KeyJ: (row) => press(row, "[data-join]"),
  KeyZ: () => document.querySelector("[data-undo]")?.requestSubmit(),
};

document.addEventListener("keydown", (event) => {
  const deed = deeds[event.code];
  if (!deed || !event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  event.preventDefault();
  deed(current());
});

function set(row, name) {
  if (!player) return;
  const form = formOf(row);
  if (!shown.has(form)) shown.set(form, written(form));
  form.elements[name].value = clock(player.currentTime);
  save(form);
}

function go(row, step) {
  const all = rows();
  const next = all[Math.max(0, Math.min(all.length - 1, all.indexOf(row) + step))];
  next?.querySelector("textarea").focus();
  next?.scrollIntoView({ block: "nearest" });
  const at = next && seconds(formOf(next).elements.starts.value);
  if (player?.paused && at !== null) player.currentTime = at;
}

function press(row, what) {
  const text = row?.querySelector("textarea");
  if (text) text.dataset.caret = text.selectionStart;
  row?.querySelector(what)?.click();
}
