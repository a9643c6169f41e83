// The list of what is wrong takes the focus, on a fresh page and after htmx put it there.

look();
document.addEventListener("htmx:after:swap", look);

function look() {
  const found = document.querySelector("[data-focus]:not([data-focused])");
  if (!found) return;
  found.dataset.focused = "";
  found.focus();
}

// Whoever works by keyboard stays where they were when htmx replaces what they had pressed: on the
// same thing, on what stands in its place, or on what it was part of.

const PRESSED = "button:not([disabled]), a.button";
let last = null;
let pressed = null;
let trail = [];

document.addEventListener("focusin", (event) => (last = event.target));
// A button that is switched off while it works loses the focus without an event.
document.addEventListener("focusout", (event) => event.relatedTarget || (last = null));
document.addEventListener("htmx:before:swap", () => {
  // What is taken away loses the focus with an event: it is remembered apart.
  pressed = last;
  trail = [];
  for (let each = last; each; each = each.parentElement) if (each.id) trail.push(each.id);
});
// After the behaviours that have a place of their own in mind.
document.addEventListener("htmx:after:swap", () => setTimeout(stay));

function stay() {
  if (!pressed || pressed.isConnected || document.activeElement !== document.body) return;
  const id = trail.find((each) => document.getElementById(each));
  if (!id || id === "main") return;
  const there = document.getElementById(id);
  const next = id === trail[0] && there.matches("button, a, input, select, textarea") ? there : there.querySelector(PRESSED) ?? there;
  if (next === there && there.tabIndex < 0) there.tabIndex = -1;
  next.focus();
}
