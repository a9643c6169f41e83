// The switch of light and dark works without loading the page again.

document.addEventListener("submit", async (event) => {
  if (!event.target.matches("[data-theme-switch]")) return;
  event.preventDefault();
  const form = event.target;
  const body = new FormData(form, event.submitter);
  const chosen = body.get("theme");
  if (chosen === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
  await fetch(form.action, { method: "POST", body: new URLSearchParams(body), redirect: "manual" });
  // The next choice, in the page's words, is the server's to say.
  const page = await fetch(location.href, { headers: { Accept: "text/html" } });
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
  const button = fresh.querySelector("[data-theme-switch] button");
  if (button) form.querySelector("button").replaceWith(button);
  form.querySelector("button").focus();
});
