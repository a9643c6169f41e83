// Where somebody stopped is kept in their browser, and nowhere else.

const EVERY = 5;
const SHORTEST = 15;

export function remember(player, video, source) {
  const key = `interview:${player.closest("[data-interview]").dataset.interview}`;
  const kept = Number(read(key));
  if (kept && !source.pending) {
    source.seek(kept);
    tell(player, source, kept);
  }

  let last = 0;
  const keep = () => {
    const now = video.currentTime;
    const isNearEnd = video.duration && now > video.duration - SHORTEST;
    if (isNearEnd || now < SHORTEST) forget(key);
    else write(key, Math.floor(now));
    last = now;
  };
  video.addEventListener("timeupdate", () => {
    if (!video.paused && Math.abs(video.currentTime - last) >= EVERY) keep();
  });
  video.addEventListener("pause", keep);
  video.addEventListener("ended", () => forget(key));
}

function tell(player, source, seconds) {
  const said = player.querySelector(".went-on");
  const minutes = Math.floor(seconds / 60);
  const moment = `${minutes}:${String(seconds % 60).padStart(2, "0")}`;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button";
  button.textContent = player.dataset.fromStart;
  button.addEventListener("click", () => {
    source.seek(0);
    said.hidden = true;
  });
  said.append(player.dataset.wentOn.replace("{moment}", moment), " ", button);
  said.hidden = false;
}

// A browser may keep nothing at all.
function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    /* Then it is not remembered. */
  }
}

function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    /* Nothing was kept. */
  }
}
