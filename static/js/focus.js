// The list of what is wrong takes the focus, on a fresh page and after htmx put it there.

const look = (root) => root.querySelector?.("[data-focus]")?.focus();

look(document);
document.addEventListener("htmx:after:swap", ({ detail }) => {
  if (detail.ctx.target?.isConnected) look(detail.ctx.target);
});
