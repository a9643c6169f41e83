// Shows what was typed into a password, and hides it again.

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-show-password]");
  if (!button) return;
  const field = document.getElementById(button.dataset.showPassword);
  const show = field.type === "password";
  field.type = show ? "text" : "password";
  button.dataset.hidden ??= button.textContent;
  button.textContent = show ? button.dataset.shown : button.dataset.hidden;
  button.setAttribute("aria-pressed", show);
});

// A shown password is sent as a password, so that browsers offer to keep it.
document.addEventListener("submit", ({ target }) => {
  for (const button of target.querySelectorAll('[data-show-password][aria-pressed="true"]')) {
    document.getElementById(button.dataset.showPassword).type = "password";
  }
});
