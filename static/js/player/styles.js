// The library writes its styles into its elements as <style>, which our policy does not let in.
// The same rules come in as style sheets made by this script, and the library finds them where it
// looks for its own. To be loaded before it.

const prototype = ShadowRoot.prototype;
const innerHTML = Object.getOwnPropertyDescriptor(prototype, "innerHTML");
const setHTMLUnsafe = prototype.setHTMLUnsafe;

Object.defineProperty(prototype, "innerHTML", {
  ...innerHTML,
  set(html) {
    if (isOurs(this)) fill(this, html);
    else innerHTML.set.call(this, html);
  },
});
if (setHTMLUnsafe) {
  prototype.setHTMLUnsafe = function (html, ...more) {
    if (isOurs(this)) fill(this, html);
    else setHTMLUnsafe.call(this, html, ...more);
  };
}

function isOurs(root) {
  return root.host.localName.startsWith("media-");
}

function fill(root, html) {
  const parsed = document.createElement("template");
  // A shadow root written as HTML stays an ordinary template here, which the elements do not need.
  parsed.innerHTML = html;
  const styles = [...parsed.content.querySelectorAll("style")];
  const sheets = styles.map((style) => {
    const sheet = new CSSStyleSheet({ media: style.media || "all" });
    sheet.replaceSync(style.textContent);
    style.remove();
    return { sheet, hasMedia: Boolean(style.media) };
  });
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...sheets.map(({ sheet }) => sheet)];
  root.replaceChildren(parsed.content);
  const found = sheets.filter(({ hasMedia }) => !hasMedia);
  const ask = root.querySelectorAll;
  root.querySelectorAll = function (selector) {
    return selector.startsWith("style") ? found : ask.call(this, selector);
  };
}
