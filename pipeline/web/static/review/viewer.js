// The pages of the document, one below the other: only those near the window have an image.

import { ask, planPath } from "../api.js";
import { Sheet } from "./sheet.js";

const NEAR = "900px";
const STEPS = [1, 1.25, 1.5, 2, 2.5, 3];
const IMAGE_WIDTHS = [1200, 1800, 2400];
const DRAG_FROM = 5;

export class Viewer extends EventTarget {
  #words = new Map();
  #zoom = 0;
  #drag = null;

  constructor(frame, id, pages) {
    super();
    this.frame = frame;
    this.id = id;
    this.sheets = new Map(pages.map((page) => [page.page, new Sheet(page)]));
    this.places = new Map();
    this.#watch();
    frame.replaceChildren(...[...this.sheets.values()].map((sheet) => sheet.element));
    this.#resize();
  }

  get count() {
    return this.sheets.size;
  }

  /** Where each field stands, for marks and clicks. */
  setFields(fields, isOpen) {
    this.places = new Map([...this.sheets.keys()].map((page) => [page, []]));
    for (const field of fields) {
      for (const { page, box } of field.places) {
        if (box && this.places.has(page)) this.places.get(page).push({ key: field.key, box, open: isOpen(field) });
      }
    }
    for (const [page, sheet] of this.sheets) {
      const open = this.places.get(page).filter((place) => place.open);
      sheet.mark("doubts", open.map((place) => place.box), "doubt");
    }
  }

  /** Lights up the places of a field and brings the first into view. */
  show(places) {
    const drawn = places.filter((place) => place.box && this.sheets.has(place.page));
    for (const [page, sheet] of this.sheets) {
      sheet.mark("lit", drawn.filter((place) => place.page === page).map((place) => place.box), "lit", 3);
      sheet.mark("words", [], "");
    }
    if (drawn.length) this.#bringIntoView(drawn[0]);
  }

  #bringIntoView({ page, box }) {
    const sheet = this.sheets.get(page);
    const frame = this.frame.getBoundingClientRect();
    const place = sheet.onScreen(box);
    const margin = 60;
    if (place.top < frame.top + margin || place.bottom > frame.bottom - margin) {
      this.frame.scrollTop += place.top - frame.top - frame.height / 3;
    }
    if (place.left < frame.left || place.right > frame.right) {
      this.frame.scrollLeft += place.left - frame.left - 24;
    }
  }

  /** The page that takes up most of the frame's middle. */
  get current() {
    const middle = this.frame.scrollTop + this.frame.clientHeight / 3;
    let current = 1;
    for (const [page, sheet] of this.sheets) if (sheet.offset <= middle) current = page;
    return current;
  }

  goTo(page) {
    const sheet = this.sheets.get(Math.min(Math.max(page, 1), this.count));
    if (sheet) this.frame.scrollTop = sheet.offset - 8;
  }

  zoom(step) {
    const page = this.current;
    this.#zoom = step === 0 ? 0 : Math.min(Math.max(this.#zoom + step, 0), STEPS.length - 1);
    this.#resize();
    this.goTo(page);
  }

  turn() {
    const page = this.current;
    this.sheets.get(page)?.turn();
    this.#resize();
    this.goTo(page);
  }

  /** Sheets as wide as the frame allows; their offsets are kept, or scrolling would measure all of them. */
  #resize() {
    const width = (this.frame.clientWidth - 24) * STEPS[this.#zoom];
    let offset = 12;
    for (const sheet of this.sheets.values()) {
      sheet.resize(width);
      sheet.offset = offset;
      offset += Number(sheet.element.getAttribute("height")) + 12;
    }
    for (const sheet of this.sheets.values()) if (sheet.near) this.#load(sheet);
  }

  #load(sheet) {
    const needed = Number(sheet.element.getAttribute("width")) * devicePixelRatio;
    const width = IMAGE_WIDTHS.find((one) => one >= needed) ?? IMAGE_WIDTHS.at(-1);
    sheet.load(`${planPath(this.id, "pages", `${sheet.page}.png`)}?width=${width}`);
  }

  #watch() {
    const seen = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const sheet = this.sheets.get(Number(target.dataset.page));
        sheet.near = isIntersecting;
        if (isIntersecting) this.#load(sheet);
        else sheet.unload();
      }
    }, { root: this.frame, rootMargin: NEAR });
    for (const sheet of this.sheets.values()) seen.observe(sheet.element);
    new ResizeObserver(() => this.#resize()).observe(this.frame);
    this.frame.addEventListener("scroll", () => this.#tell("moved", {}), { passive: true });
    this.frame.addEventListener("pointerdown", (event) => this.#press(event));
    this.frame.addEventListener("pointermove", (event) => this.#move(event));
    this.frame.addEventListener("pointerup", (event) => this.#release(event));
    this.frame.addEventListener("pointercancel", () => this.#endDrag());
  }

  #sheetAt(event) {
    const element = event.target.closest?.(".sheet");
    return element ? this.sheets.get(Number(element.dataset.page)) : null;
  }

  #press(event) {
    const sheet = event.button === 0 ? this.#sheetAt(event) : null;
    if (!sheet) return;
    event.preventDefault();
    this.#drag = { sheet, from: sheet.point(event), at: [event.clientX, event.clientY], moved: false };
    this.frame.setPointerCapture(event.pointerId);
  }

  #move(event) {
    if (!this.#drag) return this.#hover(event);
    const [x, y] = this.#drag.at;
    if (Math.hypot(event.clientX - x, event.clientY - y) > DRAG_FROM) this.#drag.moved = true;
    if (this.#drag.moved) this.#select(event);
    return undefined;
  }

  #hover(event) {
    const sheet = this.#sheetAt(event);
    const found = sheet ? this.#fieldAt(sheet, sheet.point(event)) : null;
    if (this.hovered && this.hovered !== sheet) this.hovered.mark("hover", [], "");
    if (sheet) sheet.mark("hover", found ? [found.box] : [], "hover");
    this.hovered = sheet;
  }

  /** The smallest place under a point: the cell, not the row around it. */
  #fieldAt(sheet, [x, y]) {
    const area = ([x0, top, x1, bottom]) => (x1 - x0) * (bottom - top);
    const under = (this.places.get(sheet.page) ?? []).filter(
      ({ box: [x0, top, x1, bottom] }) => x >= x0 - 2 && x <= x1 + 2 && y >= top - 2 && y <= bottom + 2,
    );
    return under.sort((one, other) => area(one.box) - area(other.box))[0] ?? null;
  }

  async #select(event) {
    const drag = this.#drag;
    const to = drag.sheet.point(event);
    drag.box = [
      Math.min(drag.from[0], to[0]), Math.min(drag.from[1], to[1]),
      Math.max(drag.from[0], to[0]), Math.max(drag.from[1], to[1]),
    ];
    const words = await this.#wordsOf(drag.sheet.page);
    drag.words = words.filter(({ box }) => box && isInside(box, drag.box));
    if (this.#drag === drag) drag.sheet.mark("words", drag.words.map((word) => word.box), "word", 0);
  }

  #wordsOf(page) {
    if (!this.#words.has(page)) {
      this.#words.set(page, ask("GET", planPath(this.id, "pages", page, "words")).catch(() => {
        this.#words.delete(page);
        return [];
      }));
    }
    return this.#words.get(page);
  }

  async #release(event) {
    const drag = this.#drag;
    if (!drag) return;
    if (drag.moved) {
      await this.#select(event);
      this.#tell("words", taken(drag));
    } else {
      const found = this.#fieldAt(drag.sheet, drag.from);
      if (found) this.#tell("field", { key: found.key });
    }
    this.#endDrag();
  }

  #endDrag() {
    this.#drag = null;
  }

  #tell(what, detail) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }
}

/** The words that were dragged over, and the place they stand at. */
function taken({ sheet, words }) {
  const side = (place, choose) => choose(...words.map(({ box }) => box[place]));
  const box = [side(0, Math.min), side(1, Math.min), side(2, Math.max), side(3, Math.max)];
  return { text: words.map((word) => word.text).join(" "), place: { page: sheet.page, box } };
}

/** The middle of the word lies in the box, or the box in the word. */
function isInside([x0, top, x1, bottom], [left, upper, right, lower]) {
  const [x, y] = [(x0 + x1) / 2, (top + bottom) / 2];
  const within = x >= left && x <= right && y >= upper && y <= lower;
  return within || (left >= x0 && right <= x1 && upper >= top && lower <= bottom);
}
