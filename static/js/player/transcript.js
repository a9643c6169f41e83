// The text that follows the voice: the sentence being said is marked; it is brought into sight
// only for who asks for it. A click on a sentence jumps to it.

export function follow(video, transcript, seek) {
  if (!transcript) return;
  const lines = [...transcript.querySelectorAll("[data-from]")].map((element) => ({
    element,
    from: Number(element.dataset.from) / 1000,
    to: Number(element.dataset.to) / 1000,
  }));
  const box = transcript.querySelector("[data-follow]");
  let current = transcript.querySelector(".is-current");

  const mark = () => {
    const now = video.currentTime + 0.01;
    const line = lines.findLast(({ from }) => from <= now);
    const element = line && now < line.to + 0.5 ? line.element : null;
    if (element === current) return;
    current?.classList.remove("is-current");
    element?.classList.add("is-current");
    current = element;
    if (element && box.checked) bringIntoSight(element);
  };
  video.addEventListener("timeupdate", mark);
  video.addEventListener("seeking", mark);
  box.addEventListener("change", () => {
    if (box.checked && current) bringIntoSight(current);
  });
  transcript.addEventListener("click", (event) => {
    const line = event.target.closest("[data-from]");
    // Who selects words to quote does not want to jump.
    if (line && !String(getSelection())) seek(Number(line.dataset.from) / 1000);
  });
}

function bringIntoSight(element) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
}
