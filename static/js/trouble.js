// When an answer does not come, or is an error page, the page says so and keeps what was written.
// A form that comes back with its problems (422), or because somebody was faster (409), is put in
// place as usual.

document.addEventListener("htmx:error", ({ detail }) => {
  if (detail.ctx && !detail.ctx.response) say(document.body.dataset.lost);
});

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  const status = ctx.response?.status ?? 200;
  if (status < 400 || status === 422) return;
  const page = new DOMParser().parseFromString(ctx.text ?? "", "text/html");
  const problem = page.querySelector("[data-error-page] [data-what]");
  if (status === 409 && !problem) return;
  event.preventDefault();
  say(problem?.textContent ?? document.body.dataset.broken);
});

addEventListener("offline", () => say(document.body.dataset.lost));

function say(sentence) {
  const place = document.getElementById("messages");
  if (!place || !sentence) return;
  const notice = document.createElement("div");
  notice.className = "notice is-bad";
  notice.append(document.createElement("div"));
  notice.firstChild.className = "words";
  notice.firstChild.textContent = sentence.trim();
  place.replaceChildren(notice);
  notice.scrollIntoView({ block: "nearest" });
}
