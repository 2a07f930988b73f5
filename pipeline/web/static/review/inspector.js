// The open field: its piece of the page, its value, why it is doubtful; and, when it is corrected, the editor.

import { planPath } from "../api.js";
import { draw, make } from "../element.js";
import { say } from "../words.js";
import { understood } from "./deadlines.js";
import { editorFor, Unfit } from "./editors.js";
import { fieldName, isOpen, stateName, stateOf } from "./groups.js";

const CROP_WIDTH = 1200;
const TALLEST_CROP = 84;

export class Inspector {
  constructor(place, store, acts) {
    this.place = place;
    this.store = store;
    this.pages = new Map();
    this.acts = acts;
    this.editor = null;
    this.clear();
  }

  clear() {
    this.field = null;
    this.editor = null;
    this.place.replaceChildren(make("p", { class: "nothing" }, say("review.choose")));
  }

  /** The pages are there: from now on with their pieces. */
  setPages(pages) {
    this.pages = new Map(pages.map((page) => [page.page, page]));
    if (this.field && !this.editor) this.show(this.field);
  }

  show(field) {
    this.field = field;
    this.editor = null;
    this.place.replaceChildren(
      this.#head(this.#readingButtons()), make("div", { class: "seen" }, this.#crop(), this.#value()), this.#reasons(),
    );
  }

  /** Opens the editor; `entry` is the field with what was typed before, `message` why that was not saved. */
  edit(entry = null, message = null, conflict = false) {
    if (!this.field?.editable) return;
    this.taken = null;
    this.editor = editorFor(entry ?? this.field, this.store);
    const newest = conflict ? make("p", { class: "quiet" }, say("review.changed_value"), " ", this.field.text || say("review.empty")) : null;
    this.alert = make("p", { class: "alert", role: "alert" }, message ?? "");
    this.place.replaceChildren(
      this.#head(this.#editingButtons(conflict)), this.alert, newest ?? "", this.#crop(), this.editor.element,
      make("p", { class: "quiet hint" }, this.editor.hint ?? say("review.text_hint"), " ", say("review.drag_hint")),
    );
    this.editor.focus();
  }

  /** Words from the page go into the editor; their place is that of the value. */
  take({ text, place }) {
    this.editor?.take(text);
    this.taken = place;
  }

  /** What was typed; null, and the reason is shown, where it is no value of this kind. */
  read() {
    try {
      const entry = this.editor.read();
      return this.taken ? { ...entry, body: { ...entry.body, place: this.taken } } : entry;
    } catch (unfit) {
      if (!(unfit instanceof Unfit)) throw unfit;
      this.alert.textContent = unfit.message;
      return null;
    }
  }

  #head(buttons) {
    const { field } = this;
    const [place] = field.places;
    const state = stateOf(field);
    return make(
      "header", {},
      make("h2", { id: "inspector-name" }, fieldName(field), field.item ? make("span", { class: "id" }, field.item) : null),
      state ? make("span", { class: `badge ${state}` }, stateName(field)) : null,
      place?.page && place.box ? make("span", { class: "quiet" }, say("review.page_mark", { page: place.page })) : null,
      make("span", { class: "buttons" }, ...buttons),
    );
  }

  #readingButtons() {
    if (!this.field.editable) return [make("span", { class: "quiet" }, say("review.not_editable"))];
    return [
      button("primary", "review.accept", "Enter", this.acts.accept, "accept"),
      button("", "review.edit", "F2", this.acts.edit, "edit"),
    ];
  }

  #editingButtons(conflict) {
    return [
      button("primary", conflict ? "review.keep_mine" : "review.save", "Enter", this.acts.save, "save"),
      button("", "review.cancel", "Esc", this.acts.cancel, "cancel"),
    ];
  }

  #value() {
    const { field } = this;
    const lines = Array.isArray(field.value) && field.editable === "list" ? field.value : [field.text || say("review.empty")];
    const shown = make("div", { class: field.text ? "value" : "value empty" }, ...lines.map((line) => make("p", {}, line)));
    if (field.editable === "deadline" && field.value) {
      shown.append(make("p", { class: "meaning" }, make("span", { class: "quiet" }, say("deadline.understood")), " ", understood(field.value)));
    }
    return shown;
  }

  #reasons() {
    const { field } = this;
    const lines = isOpen(field) ? telling(field.reasons ?? []) : [];
    const list = lines.map((line) => make("p", { class: "reason" }, line));
    if (field.corrected) {
      list.push(make("p", { class: "quiet" }, say("review.old_value"), " ", shownOld(field.corrected.old)));
    }
    return make("div", { class: "reasons" }, ...list);
  }

  /** The printed words beside the value: most doubts are settled without looking away. */
  #crop() {
    const places = this.field.places.filter((place) => place.box && this.pages.has(place.page));
    if (!places.length) return "";
    const page = this.pages.get(places[0].page);
    const [x0, top, x1, bottom] = around(places.filter((place) => place.page === page.page).map((place) => place.box));
    const width = Math.max(x1 - x0 + 12, 260);
    const height = Math.min(bottom - top + 8, 120);
    const scale = Math.min((this.place.clientWidth - 34) / width, 1.9, Math.max(TALLEST_CROP / height, 1));
    return draw(
      "svg", { class: "crop", viewBox: `${x0 - 6} ${top - 4} ${width} ${height}`, width: width * scale, height: height * scale, "aria-hidden": "true" },
      draw("image", { href: `${planPath(this.store.id, "pages", `${page.page}.png`)}?width=${CROP_WIDTH}`, width: page.width, height: page.height, preserveAspectRatio: "none" }),
    );
  }
}

/** Behind a reason that names the word, the bare figure of confidence says nothing new. */
function telling(reasons) {
  return reasons.filter((reason, place) => place === 0 || !/\(\d+ %\)/.test(reason));
}

function around(boxes) {
  const side = (place, choose) => choose(...boxes.map((box) => box[place]));
  return [side(0, Math.min), side(1, Math.min), side(2, Math.max), side(3, Math.max)];
}

function button(kind, words, key, act, name) {
  return make("button", { type: "button", class: kind, data: { act: name }, "aria-keyshortcuts": key, on: { click: act } }, say(words), " ", make("kbd", { "aria-hidden": "true" }, key));
}

function shownOld(old) {
  if (old === null || old === undefined || old === "") return say("review.empty");
  if (Array.isArray(old)) return old.join("; ") || say("review.empty");
  return typeof old === "object" ? old.text ?? JSON.stringify(old) : String(old);
}
