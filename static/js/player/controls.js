// The library's controls, beneath the picture, in the words of the page.
import { addTranslation, setLanguage } from "media-chrome/dist/utils/i18n.js";

const KEYS = ["k", "m", "f", "c", "j", "l", "<", ">", "ArrowLeft", "ArrowRight"];

export function controls(player, video) {
  const { language, words, lasts } = player.dataset;
  addTranslation(language, JSON.parse(words));
  setLanguage(language);

  const controller = document.createElement("media-controller");
  controller.id = "controller";
  controller.setAttribute("noautohide", "");
  controller.setAttribute("nosubtitleslangpref", "");
  controller.setAttribute("novolumepref", "");
  // The page tells of keys itself.
  controller.setAttribute("hotkeys", "noshift+/ nop");
  if (lasts) controller.setAttribute("defaultduration", lasts);
  controller.fullscreenElement = player;
  video.before(controller);
  video.controls = false;
  video.slot = "media";
  controller.append(video);

  const bar = player.querySelector("template[data-controls]").content.cloneNode(true).firstElementChild;
  for (const element of bar.querySelectorAll("*")) {
    if (element.localName.startsWith("media-")) element.setAttribute("mediacontroller", controller.id);
  }
  controller.after(bar);
  // It says whether it is on, which a plain button cannot.
  bar.querySelector("media-captions-button")?.setAttribute("role", "switch");

  // The same keys on the bar as on the picture; what the page itself does with them waits.
  player.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!KEYS.includes(event.key)) return;
    event.stopPropagation();
    if (controller.contains(event.target) || event.target.matches("a, input")) return;
    if (event.key.startsWith("Arrow") && event.target.localName.endsWith("range")) return;
    controller.keyboardShortcutHandler(event);
  });
}
