// Buttons that open a <dialog>, for browsers that do not know command and commandfor.

if (!("commandForElement" in HTMLButtonElement.prototype)) {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("button[commandfor]");
    const dialog = button && document.getElementById(button.getAttribute("commandfor"));
    if (button?.getAttribute("command") === "show-modal") dialog?.showModal();
    if (button?.getAttribute("command") === "close") dialog?.close();
  });
}

document.addEventListener("click", ({ target }) => {
  if (target instanceof HTMLDialogElement && target.open) target.close();
});
