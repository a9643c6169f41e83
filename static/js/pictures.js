// Pictures that are pasted or dropped into a text are sent at once, and stand in it as Markdown.
// Their description is selected, so that typing replaces it.

document.addEventListener("paste", (event) => take(event, event.clipboardData));
document.addEventListener("drop", (event) => take(event, event.dataTransfer));

for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => {
    const place = placeOf(event.target);
    if (!place || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    frame(place).classList.add("is-dropping");
  });
}
for (const name of ["dragleave", "drop", "dragend"]) {
  document.addEventListener(name, ({ target }) => {
    const place = target.closest && placeOf(target);
    if (place) frame(place).classList.remove("is-dropping");
  });
}

// The button of the form does the same without leaving the page.
document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest?.('button[name="insert"]');
    const place = button && placeOf(button);
    const file = place && button.form.elements.picture.files[0];
    if (!file) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { alt, picture } = button.form.elements;
    send(place, file, alt.value).then((arrived) => {
      if (!arrived) return;
      alt.value = picture.value = "";
      button.closest("details").open = false;
    });
  },
  true,
);

function take(event, data) {
  const place = placeOf(event.target);
  const pictures = [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/"));
  if (!place || !pictures.length) return;
  event.preventDefault();
  pictures.reduce((before, file) => before.then(() => send(place, file, "")), Promise.resolve());
}

async function send(place, file, alt) {
  const field = document.getElementById(place.dataset.for);
  say(place, place.dataset.sending);
  const body = new FormData(field.form);
  for (const name of [...body.keys()]) if (name !== "csrf_token") body.delete(name);
  body.append("picture", file);
  body.append("alt", alt);
  try {
    const answer = await fetch(place.dataset.pictures, { method: "POST", body });
    const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    if (!answer.ok) {
      say(place, told.problem ?? place.dataset.failed, true);
      return false;
    }
    insert(field, told, !alt);
    say(place, "");
    return true;
  } catch {
    say(place, place.dataset.failed, true);
    return false;
  }
}

function insert(field, { markdown, alt }, describe) {
  const before = field.value.slice(0, field.selectionStart).trimEnd();
  const after = field.value.slice(field.selectionEnd).trimStart();
  const start = before ? `${before}\n\n` : "";
  field.value = `${start}${markdown}\n\n${after}`;
  field.focus();
  const from = start.length + 2;
  if (describe) field.setSelectionRange(from, from + alt.length);
  else field.setSelectionRange(start.length + markdown.length + 2, start.length + markdown.length + 2);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

const frame = (place) => place.previousElementSibling?.matches(".composer") ? place.previousElementSibling : place.parentElement.querySelector(".composer");

function placeOf(target) {
  return target.closest?.("form")?.querySelector("[data-pictures]");
}

function say(place, words, bad = false) {
  const state = place.querySelector(".composer-state");
  state.textContent = words;
  state.classList.toggle("is-bad", bad);
}
