// Where the picture comes from: the ladder (HLS) by itself where the browser knows it, through
// hls.js where it does not, and one plain file where neither works. Nothing is fetched before
// somebody plays.

const HLS = "application/vnd.apple.mpegurl";

export function attach(video, { hls, plain, starts }) {
  const state = { hls: null, pending: Number(starts) || 0, fallen: false };
  // From here on the browser's own choice of source is ours.
  for (const source of video.querySelectorAll("source")) source.remove();
  const knows = Boolean(video.canPlayType(HLS));
  const climbs = !knows && "MediaSource" in window;
  if (!climbs) video.src = knows ? hls : plain;
  video.load();

  video.addEventListener("error", () => {
    if (video.src) fall(video, plain, state);
  });
  video.addEventListener("loadedmetadata", () => {
    if (state.pending) video.currentTime = state.pending;
    state.pending = 0;
  });
  if (climbs) {
    // The library is large: it comes with the first press.
    video.addEventListener("play", () => ladder(video, hls, plain, state), { once: true });
  }

  return {
    get pending() {
      return state.pending;
    },
    seek(seconds) {
      if (video.readyState) video.currentTime = seconds;
      else state.pending = seconds;
    },
  };
}

async function ladder(video, hls, plain, state) {
  const { default: Hls } = await import("hls.js/light");
  if (!Hls.isSupported()) {
    fall(video, plain, state);
    return;
  }
  const from = state.pending || video.currentTime;
  const found = new Hls({ enableWorker: false, startPosition: from || -1 });
  state.hls = found;
  found.on(Hls.Events.ERROR, (_, data) => {
    if (data.fatal) fall(video, plain, state);
  });
  found.loadSource(hls);
  found.attachMedia(video);
  video.play().catch(() => {});
}

function fall(video, plain, state) {
  if (state.fallen) return;
  state.fallen = true;
  const at = video.currentTime || state.pending;
  const wasPlaying = !video.paused;
  state.hls?.destroy();
  state.pending = at;
  video.src = plain;
  video.load();
  if (wasPlaying) video.play().catch(() => {});
}
