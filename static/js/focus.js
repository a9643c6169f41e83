// The list of what is wrong takes the focus, on a fresh page and after htmx put it there.

look();
document.addEventListener("htmx:after:swap", look);

function look() {
  const found = document.querySelector("[data-focus]:not([data-focused])");
  if (!found) return;
  found.dataset.focused = "";
  found.focus();
}

// Whoever works by keyboard stays where they were when htmx replaces what they were on: on the same
// thing; on the only button in the place of one they have just pressed; else on what it was part of.
// Never on a button of another thing: the next Enter would press it.

const PRESSED = "button:not([disabled]), a.button";
let last = null;
let left = null;

document.addEventListener("focusin", (event) => (last = event.target));
// A button that is switched off while it works loses the focus without an event.
document.addEventListener("focusout", (event) => event.relatedTarget || (last = null));
document.addEventListener("htmx:before:swap", ({ detail }) => {
  // What is taken away loses the focus with an event: it is remembered apart.
  left = last && {
    thing: last,
    asked: last.matches(PRESSED) && (detail.ctx.sourceElement?.contains(last) ?? false),
    // Behind a link to more rows, the first of them.
    before: last.matches("[rel=next]") ? last.closest("li")?.previousElementSibling : null,
    trail: within(last),
  };
});
// After the behaviours that have a place of their own in mind.
document.addEventListener("htmx:after:swap", () => setTimeout(stay));

function within(thing) {
  const ids = [];
  for (let each = thing; each; each = each.parentElement) if (each.id) ids.push(each.id);
  return ids;
}

function stay() {
  if (!left || left.thing.isConnected || document.activeElement !== document.body) return;
  const id = left.trail.find((each) => document.getElementById(each));
  if (!id || id === "main") return;
  const there = document.getElementById(id);
  const next = first() ?? same(there) ?? successor(there) ?? there;
  if (next === there && there.tabIndex < 0) there.tabIndex = -1;
  next.focus();
}

function first() {
  return left.before?.isConnected ? left.before.nextElementSibling?.querySelector("a[href]") : null;
}

function same(there) {
  const { thing } = left;
  if (there.id === thing.id && there.matches("button, a, input, select, textarea")) return there;
  if (!thing.matches("a[href]")) return null;
  return [...there.querySelectorAll("a[href]")].find((each) => each.href === thing.href);
}

function successor(there) {
  if (!left.asked || there.id !== left.trail[0]) return null;
  const buttons = there.querySelectorAll(PRESSED);
  return buttons.length === 1 ? buttons[0] : null;
}
