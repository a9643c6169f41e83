// What htmx sends carries the page's token, as its forms do.
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const { token } = document.body.dataset;
  if (token) ctx.request.headers["X-CSRFToken"] = token;
});
