// Completes @names while one writes. The server answers ?q= with <li role="option" data-value>.

let newest = null;

document.addEventListener(
  "text-expander-change",
  (event) => {
    const { names } = event.target.dataset;
    if (event.detail.key !== "@" || !names) return;
    newest = suggest(names, event.detail.text);
    event.detail.provide(last());
  },
  true, // these events do not bubble
);

document.addEventListener(
  "text-expander-value",
  (event) => {
    event.detail.value = event.detail.item.dataset.value;
  },
  true,
);

// The answer to what stands there now: an earlier one that comes late would offer other names.
async function last() {
  let asked, answer;
  do {
    asked = newest;
    answer = await asked;
  } while (asked !== newest);
  return answer;
}

async function suggest(url, text) {
  if (text.length < 1 || text.length > 40) return { matched: false };
  try {
    const address = new URL(url, location.href);
    address.searchParams.set("q", text);
    const answer = await fetch(address);
    const list = document.createElement("ul");
    list.className = "suggestions";
    if (answer.ok) list.innerHTML = await answer.text();
    return { matched: list.childElementCount > 0, fragment: list };
  } catch {
    return { matched: false };
  }
}
