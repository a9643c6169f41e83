// The page at the door: reads codes with the camera, answers also without a connection, and says
// later what it saw meanwhile. Loaded by that page alone; without it the forms do.
import { say, sayLater } from "./door/answer.js";
import { watch } from "./door/camera.js";
import { freshPage, keepPage } from "./door/keeping.js";
import * as list from "./door/list.js";
import { tell } from "./door/telling.js";
import { Unsent } from "./door/unsent.js";

const RETRY_EVERY = 15_000;

const panel = document.getElementById("scanner");
if (panel) begin(panel);

function begin(panel) {
  const words = panel.dataset;
  const unsent = new Unsent(location.pathname);
  const state = panel.querySelector(".state");
  const hour = (moment) =>
    new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short", timeZone: words.zone }).format(moment);
  let [isSignedOut, isSending, refresh] = [false, false, 0];

  camera(panel, read);
  forms(take, read);
  for (const scan of unsent.answered()) problem(scan);
  showState();
  mark();
  keepPage(words, document.body.dataset.viewer);
  sendAll();
  addEventListener("online", sendAll);
  addEventListener("offline", () => {
    // What every page says of a lost connection does not hold for this one.
    document.getElementById("messages").replaceChildren();
    showState();
  });
  document.addEventListener("visibilitychange", () => document.hidden || sendAll());
  setInterval(sendAll, RETRY_EVERY);

  // A code: the camera saw it, or somebody typed it.
  async function read(text) {
    const { code, slug } = meaningOf(text);
    const row = await list.byCode(code);
    if (row) return take({ registration: row.dataset.registration }, row);
    if (slug && slug !== words.slug) return say(panel, "bad", words.otherTitle, words.other);
    return take({ code: code.slice(0, 80) });
  }

  // Somebody is at the door: the site is told now or later, whoever stands there hears it at once.
  async function take(who, row) {
    if (row?.dataset.arrived) return already(row.dataset.name, row.dataset.arrived);
    const scan = unsent.add(who);
    if (row) list.arrived(row, hour(scan.at));
    showState();
    const told = await send(scan);
    if (!told && row) return say(panel, "good", row.dataset.name, words.in, row.dataset.party);
    if (!told && who.name) return say(panel, "good", who.name, words.in);
    if (!told) return say(panel, "wait", words.keptTitle, words.kept);
    if (told.answer === "in") return say(panel, "good", told.name, words.in, told.party);
    if (told.answer === "already") return already(told.name, told.hour);
    return say(panel, "bad", words.unknownTitle, words.unknown);
  }

  function already(name, since) {
    say(panel, "wait", name, words.already.replace("{hour}", since));
  }

  // What the site answers, or nothing where it cannot be reached.
  async function send(scan) {
    const told = await tell(words.scans, scan);
    isSignedOut = told?.answer === "signed-out";
    if (!told || isSignedOut) {
      showState();
      return null;
    }
    unsent.remove(scan);
    showState();
    clearTimeout(refresh);
    refresh = setTimeout(bringUpToDate, 500);
    return told;
  }

  async function sendAll() {
    showState();
    if (isSending) return;
    isSending = true;
    for (const scan of unsent.waiting()) {
      const told = await send(scan);
      if (!told) break;
      if (told.answer !== "in") problem(unsent.keepAnswer(scan, told));
    }
    isSending = false;
  }

  // What went otherwise than was said at the door stays to be read until somebody closes it.
  function problem(scan) {
    const { answer, name, hour: since } = scan.told;
    const what = answer === "already" ? `${name}. ${words.already.replace("{hour}", since)}` : words.unknown;
    const sentence = words.seen.replace("{hour}", hour(scan.at)).replace("{what}", what);
    sayLater(panel, sentence, () => unsent.remove(scan));
  }

  async function bringUpToDate() {
    const page = await freshPage();
    if (!page) return;
    document.body.dataset.token = page.body.dataset.token;
    list.replace(page);
    mark();
  }

  // Who was scanned and is not yet known to the site is here all the same.
  function mark() {
    for (const { registration, at } of unsent.waiting()) {
      const row = registration && list.byNumber(registration);
      if (row && !row.dataset.arrived) list.arrived(row, hour(at));
    }
  }

  function showState() {
    const count = unsent.waiting().length;
    const said = [
      navigator.onLine ? "" : words.offline,
      count ? words.toSend.replace("{count}", count) : "",
      isSignedOut && count ? words.signedOut : "",
    ];
    state.textContent = said.filter(Boolean).join(" ");
  }
}

// A code is an address of ours that ends with it; somebody may also type it alone.
function meaningOf(text) {
  const found = text.trim().match(/\/events\/([^/]+)\/door\/([^/?#]+)$/);
  return found ? { slug: decodeURIComponent(found[1]), code: found[2] } : { code: text.trim() };
}

function camera(panel, read) {
  const [start, stop] = ["start", "stop"].map((name) => panel.querySelector(`[data-camera=${name}]`));
  const video = panel.querySelector("video");
  let end = null;
  const show = (isOn) => {
    start.hidden = isOn;
    video.hidden = stop.hidden = !isOn;
  };
  start.addEventListener("click", async () => {
    show(true);
    try {
      end = await watch(video, read);
      stop.focus();
    } catch {
      show(false);
      say(panel, "bad", "", panel.dataset.noCamera);
    }
  });
  stop.addEventListener("click", () => {
    end?.();
    show(false);
    start.focus();
  });
}

// The forms of the page do the same without leaving it, also without a connection.
function forms(take, read) {
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      const { atDoor } = form.dataset;
      if (!atDoor) return;
      const field = form.querySelector("input:not([type=hidden])");
      if (atDoor !== "row" && !field.value.trim()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const row = form.closest("[data-registration]");
      if (row) return take({ registration: row.dataset.registration }, row);
      const text = field.value.trim();
      field.value = "";
      list.narrow("");
      if (atDoor === "walk-in") return take({ name: text.slice(0, 120) });
      const named = list.byName(text);
      return named ? take({ registration: named.dataset.registration }, named) : read(text);
    },
    true,
  );
  document.querySelector("[data-at-door=code] input:not([type=hidden])").addEventListener("input", (event) => {
    list.narrow(event.target.value);
  });
}
