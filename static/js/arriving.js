// Posts that have just come into the page take the focus: one’s own, or the first of the others.

document.addEventListener("htmx:after:swap", () => {
  const arrived = [...document.querySelectorAll("[data-arrived]")];
  if (!arrived.length) return;
  const post = arrived.findLast((each) => each.dataset.arrived === "own") ?? arrived[0];
  arrived.forEach((each) => each.removeAttribute("data-arrived"));
  post.focus({ preventScroll: true });
  post.scrollIntoView({ block: "nearest" });
});
