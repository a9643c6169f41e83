// Which captions stand in the picture: the switch beside the text, the button on the bar and the
// browser agree.

export function switchCaptions(video, fieldset) {
  const tracks = () => [...video.textTracks].filter((track) => track.kind === "captions");
  if (!fieldset) return;

  const show = (language) => {
    for (const track of tracks()) track.mode = track.language === language ? "showing" : "disabled";
  };
  fieldset.addEventListener("change", (event) => show(event.target.value));
  video.textTracks.addEventListener("change", () => {
    const shown = tracks().find((track) => track.mode === "showing");
    const box = fieldset.querySelector(`input[value="${shown?.language ?? ""}"]`);
    if (box) box.checked = true;
  });
  show(fieldset.querySelector("input:checked")?.value ?? "");
}
