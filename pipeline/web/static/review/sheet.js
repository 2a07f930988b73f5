// One page of the document: its image, the marks on it, and where on it the pointer is.
// All in one SVG in PDF points, so that turning and zooming are one transformation.

import { draw } from "../element.js";
import { say } from "../words.js";

/** A page {page, width, height}, points. */
export class Sheet {
  constructor(page) {
    this.page = page.page;
    this.width = page.width;
    this.height = page.height;
    this.turned = 0;
    this.image = draw("image", { width: page.width, height: page.height, preserveAspectRatio: "none" });
    this.layers = { doubts: draw("g"), hover: draw("g"), lit: draw("g"), words: draw("g") };
    this.leaf = draw("g", {}, this.image, ...Object.values(this.layers));
    this.element = draw(
      "svg",
      { class: "sheet", role: "img", "aria-label": say("review.page_image", { page: this.page }) },
      draw("rect", { class: "paper", width: "100%", height: "100%" }),
      this.leaf,
    );
    this.element.dataset.page = this.page;
    this.#orient();
  }

  /** Width and height as shown, points. */
  get shown() {
    return this.turned % 180 ? [this.height, this.width] : [this.width, this.height];
  }

  turn() {
    this.turned = (this.turned + 90) % 360;
    this.#orient();
  }

  #orient() {
    const [width, height] = this.shown;
    const moved = { 0: [0, 0], 90: [this.height, 0], 180: [this.width, this.height], 270: [0, this.width] };
    this.element.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.leaf.setAttribute("transform", `translate(${moved[this.turned]}) rotate(${this.turned})`);
  }

  resize(width) {
    const [across, down] = this.shown;
    this.element.setAttribute("width", Math.round(width));
    this.element.setAttribute("height", Math.round((width * down) / across));
  }

  /** The image is fetched; again only where another is asked for. */
  load(address) {
    if (this.image.getAttribute("href") !== address) this.image.setAttribute("href", address);
  }

  unload() {
    this.image.removeAttribute("href");
  }

  /** The pointer's place in points of the upright page. */
  point(event) {
    const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(
      this.leaf.getScreenCTM().inverse(),
    );
    return [place.x, place.y];
  }

  /** A box's rectangle on the screen. */
  onScreen([x0, top, x1, bottom]) {
    const matrix = this.leaf.getScreenCTM();
    const ends = [new DOMPoint(x0, top), new DOMPoint(x1, bottom)].map((end) => end.matrixTransform(matrix));
    const [xs, ys] = [ends.map((end) => end.x), ends.map((end) => end.y)];
    return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  }

  /** Boxes drawn in a layer in place of what was there. */
  mark(layer, boxes, name, margin = 2) {
    this.layers[layer].replaceChildren(...boxes.map((box) => rectangle(box, name, margin)));
  }
}

function rectangle([x0, top, x1, bottom], name, margin) {
  return draw("rect", {
    class: name, x: x0 - margin, y: top - margin, rx: 2,
    width: x1 - x0 + 2 * margin, height: bottom - top + 2 * margin,
  });
}
