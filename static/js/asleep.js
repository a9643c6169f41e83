// A page that nobody looks at asks nothing; what carries data-asks asks at once when it is seen.

const ASKING = "[data-asks]";

document.addEventListener("htmx:before:request", (event) => {
  if (document.hidden && event.target.matches?.(ASKING)) event.preventDefault();
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  document.querySelectorAll(ASKING).forEach((place) => place.dispatchEvent(new Event("seen")));
});
