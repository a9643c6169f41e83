// The picture one has chosen is shown before it is sent, as it will be cut: its middle square.

document.addEventListener("change", async ({ target }) => {
  const canvas = target.dataset?.preview && document.getElementById(target.dataset.preview);
  if (!canvas) return;
  canvas.hidden = true;
  const [file] = target.files;
  if (!file) return;
  try {
    const picture = await createImageBitmap(file);
    const side = Math.min(picture.width, picture.height);
    const left = (picture.width - side) / 2;
    const top = (picture.height - side) / 2;
    canvas.getContext("2d").drawImage(picture, left, top, side, side, 0, 0, canvas.width, canvas.height);
    canvas.hidden = false;
  } catch {
    // What the browser cannot draw the site may still read, or say in words why not.
  }
});
