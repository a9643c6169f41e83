// A video of another site: nothing of it is asked for until somebody presses play.
const figure = document.querySelector("[data-outside]");
figure?.querySelector("[data-press]").addEventListener("click", () => {
  const frame = document.createElement("iframe");
  const address = new URL(figure.dataset.outside);
  address.searchParams.set("autoplay", "1");
  frame.src = address;
  frame.title = figure.dataset.title;
  frame.allow = "autoplay; fullscreen; picture-in-picture";
  frame.allowFullscreen = true;
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  figure.querySelector("img").replaceWith(frame);
  figure.querySelector("[data-press]").remove();
  frame.focus();
});
