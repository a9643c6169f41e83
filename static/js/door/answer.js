// The answer at the door: large, in words and colour, with a tone and a tremble.

const TONES = { good: [880], wait: [440, 440], bad: [220, 220, 220] };
const TREMBLES = { good: 80, wait: [80, 80, 80], bad: [250, 80, 250] };

let sound = null;

export function say(panel, kind, title, ...sentences) {
  const place = panel.querySelector(".answer");
  place.className = `answer is-${kind}`;
  const heading = document.createElement("b");
  heading.textContent = title;
  place.replaceChildren(...(title ? [heading, " "] : []), sentences.filter(Boolean).join(" "));
  navigator.vibrate?.(TREMBLES[kind]);
  for (const [number, tone] of TONES[kind].entries()) play(tone, number * 0.2);
}

// What is heard of a scan after its time; it stays until somebody closes it.
export function sayLater(panel, sentence, onClose) {
  const notice = panel.querySelector("template[data-problem]").content.cloneNode(true).firstElementChild;
  notice.querySelector(".words p").textContent = sentence;
  notice.querySelector("[data-close]").addEventListener("click", onClose);
  panel.querySelector(".problems-kept").append(notice);
}

function play(tone, after) {
  try {
    sound ??= new AudioContext();
    const [voice, volume] = [sound.createOscillator(), sound.createGain()];
    voice.frequency.value = tone;
    volume.gain.value = 0.2;
    voice.connect(volume).connect(sound.destination);
    voice.start(sound.currentTime + after);
    voice.stop(sound.currentTime + after + 0.12);
  } catch {
    // A phone without sound has words and colours.
  }
}
