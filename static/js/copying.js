// An address to copy: the button says that it did.
const SHOWN_FOR = 2000;

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  // Browsers lend the clipboard to pages that came safely only.
  if (!button || !navigator.clipboard) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  const words = button.querySelector("[data-copy-words]");
  const before = words.textContent;
  words.textContent = button.dataset.copied;
  setTimeout(() => {
    words.textContent = before;
  }, SHOWN_FOR);
});
