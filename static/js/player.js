// The player of an interview: the controls, the captions, the chapters and the transcript that
// follows the voice. Loaded by that page alone; without it the browser's own controls do.
import "./player/styles.js";
import "media-chrome";
import { attach } from "./player/source.js";
import { controls } from "./player/controls.js";
import { switchCaptions } from "./player/captions.js";
import { follow } from "./player/transcript.js";
import { remember } from "./player/place.js";
import "./player/outside.js";

const player = document.querySelector("[data-player]");
if (player) begin(player);

function begin(player) {
  const video = player.querySelector("video");
  read(video);
  const source = attach(video, player.dataset);
  const seek = (seconds) => {
    source.seek(seconds);
    video.play().catch(() => {});
  };
  controls(player, video, source);
  switchCaptions(player, video, document.querySelector("[data-captions]"));
  follow(video, document.querySelector("[data-transcript]"), seek);
  remember(player, video, source);
  chapters(video, seek);
}

// Chapters and small pictures are read from the beginning. Of all tracks of a video, HTML lets one
// say so: the captions.
function read(video) {
  for (const track of video.querySelectorAll("track:not([kind=captions])")) {
    track.default = true;
    track.track.mode = "hidden";
  }
}

// Chapters and times are addresses of this page; here they only move the voice.
function chapters(video, seek) {
  const links = [...document.querySelectorAll("a[data-seek]")];
  for (const link of links) {
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
      event.preventDefault();
      history.replaceState(history.state, "", link.href);
      seek(Number(link.dataset.seek));
    });
  }
  const marks = links.filter((link) => link.closest(".chapters"));
  const mark = () => {
    const now = video.currentTime + 0.05;
    for (const link of marks) {
      const until = Number(link.dataset.until ?? Infinity);
      const on = now > 0.05 && now >= Number(link.dataset.seek) && now < until;
      if (on) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  video.addEventListener("timeupdate", mark);
  video.addEventListener("seeking", mark);
}
