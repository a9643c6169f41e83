// A filter applies when it is changed; its button is for those without JavaScript.

document.addEventListener("change", ({ target }) => {
  if (!target.closest("[data-autosubmit]")) return;
  target.form?.requestSubmit();
});
