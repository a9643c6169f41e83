// The list of what is wrong takes the focus, on a fresh page and after htmx put it there.

look();
document.addEventListener("htmx:after:swap", look);

function look() {
  const found = document.querySelector("[data-focus]:not([data-focused])");
  if (!found) return;
  found.dataset.focused = "";
  found.focus();
}
