// Page through, zoom, turn.

/** Wires the buttons in `place` to the viewer; `follow` shows the page that was scrolled to. */
export function toolbar(place, viewer) {
  const number = place.querySelector("input");
  const act = {
    previous: () => viewer.goTo(viewer.current - 1),
    next: () => viewer.goTo(viewer.current + 1),
    in: () => viewer.zoom(1),
    out: () => viewer.zoom(-1),
    fit: () => viewer.zoom(0),
    turn: () => viewer.turn(),
  };
  for (const button of place.querySelectorAll("button")) button.addEventListener("click", act[button.dataset.tool]);
  number.addEventListener("change", () => viewer.goTo(Number(number.value) || 1));
  number.max = viewer.count;
  place.hidden = false;
  const follow = () => {
    if (document.activeElement !== number) number.value = viewer.current;
  };
  follow();
  return { follow };
}
