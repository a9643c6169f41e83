// A quotation goes where one is writing, instead of onto a fresh page that holds it.

document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-quotation]");
  const field = link && document.getElementById(link.dataset.into);
  if (!field || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    const answer = await fetch(link.dataset.quotation);
    if (!answer.ok) throw new Error(answer.status);
    const before = field.value.trimEnd();
    field.focus();
    field.setRangeText((before && "\n\n") + (await answer.text()), before.length, field.value.length, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.scrollIntoView({ block: "center" });
  } catch {
    location.assign(link.href);
  }
});
