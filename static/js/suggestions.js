// Suggestions under the search box at the top: arrows walk through them, Escape closes them.

const boxOf = (element) => element.closest?.("[data-suggests]");

document.addEventListener("keydown", (event) => {
  const box = boxOf(event.target);
  if (!box) return;
  const input = box.querySelector("input[type=search]");
  const links = [...box.querySelectorAll("a[href]")];
  const place = links.indexOf(document.activeElement);

  if (event.key === "Escape" && links.length) {
    event.preventDefault();
    close(box);
    input.focus();
  } else if (event.key === "ArrowDown" && links.length && place < links.length - 1) {
    event.preventDefault();
    links[place + 1].focus();
  } else if (event.key === "ArrowUp" && place >= 0) {
    event.preventDefault();
    (links[place - 1] ?? input).focus();
  }
});

// Whoever goes elsewhere wants to see what is there.
document.addEventListener("focusout", (event) => {
  const box = boxOf(event.target);
  if (box && !box.contains(event.relatedTarget)) setTimeout(() => forget(box), 150);
});

function forget(box) {
  if (!box.contains(document.activeElement)) close(box);
}

function close(box) {
  box.querySelector("[data-suggestions]").replaceChildren();
}
