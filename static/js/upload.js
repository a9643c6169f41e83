// A large file travels in pieces (tus): with true progress, a pause, and from where it stopped after
// a lost connection, a closed page or a closed computer. Without this the form sends small files.
import { Upload } from "tus-js-client/lib.esm/browser/index.js";

const AGAIN_AFTER = 15_000;
const form = document.getElementById("upload");
if (form) begin(form);

function begin(form) {
  const { tus, interview, largest, piece } = form.dataset;
  const file = form.elements.file;
  const state = document.getElementById("upload-state");
  const bar = state.querySelector("progress");
  const start = form.querySelector("[data-start]");
  const pause = form.querySelector("[data-pause]");
  const pauseWord = pause.querySelector("span").textContent;
  let upload, again, began, first, paused = false, isLost = false;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [chosen] = file.files;
    if (!chosen) return say(form.dataset.missing, file);
    if (chosen.size > Number(largest)) return say(form.dataset.tooLarge, file);
    send(chosen);
  });

  pause.addEventListener("click", () => {
    paused = !paused;
    pause.querySelector("span").textContent = paused ? pause.dataset.goOn : pauseWord;
    if (paused) {
      clearTimeout(again);
      upload.abort();
      say(form.dataset.paused);
    } else goOn();
  });

  addEventListener("online", () => upload && again && goOn());

  async function send(chosen) {
    start.hidden = true;
    file.disabled = true;
    pause.hidden = false;
    state.hidden = false;
    say("");
    upload = new Upload(chosen, {
      endpoint: tus,
      chunkSize: Number(piece),
      retryDelays: [0, 1000, 3000, 5000, 10_000],
      metadata: { filename: chosen.name, filetype: chosen.type },
      headers: { "X-CSRFToken": document.body.dataset.token },
      // By its own marks, so that it is known again in any language of the page.
      fingerprint: async () => ["officine", interview, chosen.name, chosen.size, chosen.lastModified].join("-"),
      removeFingerprintOnSuccess: true,
      onProgress: show,
      onShouldRetry: mayTryAgain,
      onError: trouble,
      onSuccess: () => {
        show(chosen.size, chosen.size);
        say(form.dataset.done);
        pause.hidden = true;
        // A moment for the words to be heard.
        setTimeout(() => location.reload(), 800);
      },
    });
    const [before] = await upload.findPreviousUploads();
    if (before) {
      upload.resumeFromPreviousUpload(before);
      say(form.dataset.found);
    }
    upload.start();
  }

  function goOn() {
    clearTimeout(again);
    again = undefined;
    began = undefined;
    say("");
    upload.start();
  }

  // It tries again by itself for some seconds; whoever looks on hears of it at once.
  function mayTryAgain(error) {
    const status = error.originalResponse?.getStatus() ?? 0;
    const mayPass = status < 400 || status >= 500 || status === 409 || status === 423;
    if (mayPass) {
      isLost = true;
      say(form.dataset.lost);
    }
    return mayPass && navigator.onLine;
  }

  function trouble(error) {
    const status = error.originalResponse?.getStatus();
    if (status >= 400 && status < 500) {
      pause.hidden = true;
      return say(form.dataset.refused, null, true);
    }
    say(form.dataset.lost);
    again = setTimeout(() => !paused && goOn(), AGAIN_AFTER);
  }

  function show(sent, size) {
    if (began === undefined) [began, first] = [Date.now(), sent];
    const percent = size ? Math.floor((100 * sent) / size) : 100;
    bar.value = percent;
    if (isLost) {
      // The server has said where to go on. The time of waiting tells nothing of the rest.
      [isLost, began, first] = [false, Date.now(), sent];
      say("");
    }
    state.querySelector("[data-percent]").textContent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" }).format(percent / 100);
    const words = [fill(form.dataset.sent, { sent: bytes(sent), size: bytes(size) })];
    const seconds = (Date.now() - began) / 1000;
    if (seconds > 5 && sent > first && sent < size) {
      const minutes = Math.max(1, Math.ceil(((size - sent) / (sent - first)) * (seconds / 60)));
      words.push(fill(form.dataset.left, { minutes }));
    }
    state.querySelector("[data-told]").textContent = words.join(" · ");
  }

  function say(words, field, bad = Boolean(field)) {
    const place = form.querySelector("[data-words]");
    place.textContent = words;
    place.classList.toggle("is-bad", bad);
    field?.focus();
  }
}

function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function bytes(count) {
  const large = count >= 1e9;
  const options = { style: "unit", unit: large ? "gigabyte" : "megabyte", maximumFractionDigits: large ? 2 : 1 };
  return new Intl.NumberFormat(document.documentElement.lang, options).format(count / (large ? 1e9 : 1e6));
}
