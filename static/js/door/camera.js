// Reads QR codes from the camera: with the browser’s own reader where it has one, else in JavaScript.
import decodeQR from "qr/decode.js";

const WANTED = { video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 } }, audio: false };
const EVERY = 120;
const SAME_FOR = 3_000;
const WIDEST = 800;

// Show the camera in a video and call onCode with each code that comes into sight; gives what ends it.
export async function watch(video, onCode) {
  const stream = await navigator.mediaDevices.getUserMedia(WANTED);
  video.srcObject = stream;
  await video.play();
  const read = (await nativeReader(video)) ?? ownReader(video);
  let [isOver, last, seenAt] = [false, "", 0];

  async function look() {
    if (isOver) return;
    const text = await read();
    if (text) {
      // A code that stays before the camera is one visit.
      const isSame = text === last && Date.now() - seenAt < SAME_FOR;
      [last, seenAt] = [text, Date.now()];
      if (!isSame) onCode(text);
    }
    setTimeout(look, EVERY);
  }
  look();

  return () => {
    isOver = true;
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
}

async function nativeReader(video) {
  try {
    if (!(await BarcodeDetector.getSupportedFormats()).includes("qr_code")) return null;
    const reader = new BarcodeDetector({ formats: ["qr_code"] });
    return async () => (await reader.detect(video).catch(() => []))[0]?.rawValue;
  } catch {
    return null;
  }
}

function ownReader(video) {
  const canvas = document.createElement("canvas");
  const drawing = canvas.getContext("2d", { willReadFrequently: true });
  return async () => {
    const scale = Math.min(1, WIDEST / video.videoWidth);
    canvas.width = video.videoWidth * scale;
    canvas.height = video.videoHeight * scale;
    drawing.drawImage(video, 0, 0, canvas.width, canvas.height);
    try {
      return decodeQR(drawing.getImageData(0, 0, canvas.width, canvas.height));
    } catch {
      return null;
    }
  };
}
