// Says how many characters remain, from four fifths of the way on.

document.addEventListener("input", ({ target }) => {
  const limit = target.maxLength;
  if (!(limit > 0)) return;
  const counter = document.querySelector(`[data-counter="${CSS.escape(target.id)}"]`);
  if (!counter) return;
  const left = limit - target.value.length;
  counter.textContent = left <= limit / 5 ? counter.dataset.left.replace("{count}", left) : "";
});
