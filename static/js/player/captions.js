// Which captions stand in the picture: the switch beside the text, the button on the bar and the
// browser agree.

export function switchCaptions(player, video, fieldset) {
  const tracks = () => [...video.textTracks].filter((track) => track.kind === "captions");
  if (!fieldset) return;

  const shown = () => tracks().find((track) => track.mode === "showing")?.language ?? "";
  const show = (language) => {
    for (const track of tracks()) track.mode = track.language === language ? "showing" : "disabled";
  };
  // Off and on again is the same language again.
  let last = "";
  const note = () => {
    last = shown() || last;
  };
  fieldset.addEventListener("change", (event) => show(event.target.value));
  video.textTracks.addEventListener("change", () => {
    note();
    const box = fieldset.querySelector(`input[value="${shown()}"]`);
    if (box) box.checked = true;
  });
  player.addEventListener(
    "mediatogglesubtitlesrequest",
    (event) => {
      event.stopImmediatePropagation();
      note();
      show(shown() ? "" : last || tracks()[0]?.language);
    },
    { capture: true },
  );
  show(fieldset.querySelector("input:checked")?.value ?? "");
  note();
}
