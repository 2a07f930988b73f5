// A document without pages (Word, text): the lines that fields were read from, in place of page images.

import { make } from "../element.js";

/** Shows like a Viewer; there is nothing to page through, zoom or turn. */
export class Lines extends EventTarget {
  constructor(frame, fields) {
    super();
    this.keys = new Map();
    this.elements = new Map();
    for (const [number, texts] of linesOf(fields, this.keys)) {
      const line = make("button", { type: "button", class: "line", tabindex: "-1", data: { line: number } }, texts);
      this.elements.set(number, line);
    }
    frame.replaceChildren(make("div", { class: "lines" }, ...this.elements.values()));
    frame.addEventListener("click", (event) => this.#click(event));
    this.current = 1;
  }

  get isEmpty() {
    return this.elements.size === 0;
  }

  setFields(fields, isOpen) {
    const open = new Set([...fields].filter(isOpen).flatMap((field) => field.places.map((place) => place.line)));
    for (const [number, line] of this.elements) line.classList.toggle("doubt", open.has(number));
  }

  show(places) {
    const lit = new Set(places.map((place) => place.line));
    for (const [number, line] of this.elements) line.classList.toggle("lit", lit.has(number));
    this.elements.get(places[0]?.line)?.scrollIntoView({ block: "nearest" });
  }

  /** A line may hold several fields: each click opens the next of them. */
  #click(event) {
    const number = Number(event.target.closest(".line")?.dataset.line);
    const keys = this.keys.get(number);
    if (!keys) return;
    keys.push(keys.shift());
    this.dispatchEvent(new CustomEvent("field", { detail: { key: keys.at(-1) } }));
  }

  goTo() {}

  zoom() {}

  turn() {}
}

/** Line numbers in order, each with what was read there: a piece that lies in a longer one is left out. */
function linesOf(fields, keys) {
  const read = new Map();
  for (const field of fields) {
    for (const { line, text } of field.places) {
      if (!line || !text) continue;
      read.set(line, [...(read.get(line) ?? []), text]);
      keys.set(line, [...(keys.get(line) ?? []), field.key]);
    }
  }
  const whole = (texts) => texts.filter((one, place) => !texts.some((other, at) => at !== place
    && other.includes(one) && (other.length > one.length || at < place)));
  return [...read].sort(([one], [other]) => one - other).map(([line, texts]) => [line, whole(texts).join(" … ")]);
}
