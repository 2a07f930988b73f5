// The list of fields: doubts as rows, tasks as cards, what was a table as a table.
// Only the open tab is in the document, its later items are added while nothing else is to do.

import { make } from "../element.js";
import { day, folded, say } from "../words.js";
import { fieldName, fullName, isOpen, itemsOf, stateName, stateOf, TABS } from "./groups.js";

const FIRST = 24;
const EACH = 40;
const MOST_FOUND = 100;
const CELL_GAP = 8;
const TABLES = ["indicators", "legal_bases"];
const WIDE = new Set(["title", "name", "text", "details", "subject", "recipients"]);
const later = window.requestIdleCallback ?? ((act) => setTimeout(act, 16));

export class Panel {
  #elements = new Map();
  #waiting = [];
  #asTable = { tasks: null, indicators: null, legal_bases: null };

  constructor(place, store) {
    this.place = place;
    this.store = store;
    this.tab = TABS[0];
    this.order = [];
  }

  /** Shows a tab, or what was found. */
  open(tab, sought = "") {
    this.tab = tab;
    this.sought = sought;
    this.place.replaceChildren();
    this.place.scrollTop = 0;
    this.#elements.clear();
    this.#waiting = [];
    const fields = [...this.store.fields.values()];
    if (sought) this.#rows(fields.filter((field) => holds(field, folded(sought))).slice(0, MOST_FOUND), "nothing_found");
    else if (tab.groups === null) this.#doubts(fields);
    else this.#items(fields);
    this.#drain(FIRST);
  }

  /** Doubts stay in their place when they are checked: the list does not move under the eye. */
  #doubts(fields) {
    const listed = fields.filter((field) => field.doubtful).sort(bySeverity);
    this.#rows(listed, "nothing_doubtful");
    const notes = (this.store.plan.findings ?? []).filter((finding) => !finding.at);
    if (notes.length) this.#waiting.push(() => noteList(notes));
  }

  #rows(fields, ifNone) {
    this.order = fields.map((field) => field.key);
    if (!fields.length) this.place.append(make("p", { class: "nothing" }, say(`review.${ifNone}`)));
    this.#waiting.push(...fields.map((field) => () => this.#row(field)));
  }

  #items(fields) {
    const items = itemsOf(fields, this.tab.groups);
    const headings = headingsOf(this.store.plan, this.tab.groups);
    for (const item of items) item.heading = headings(item);
    const parts = partsOf(items, (item) => this.#isTabular(item));
    this.order = parts.flatMap(shownFields).map((field) => field.key);
    if (!items.length) this.place.append(make("p", { class: "nothing" }, say("review.empty")));
    const [group] = this.tab.groups;
    if (group in this.#asTable && items.length) this.#waiting.push(() => this.#switch(group));
    for (const part of parts) {
      if (part.heading) this.#waiting.push(() => make("h3", { class: "heading" }, part.heading));
      if (part.tabular) this.#waiting.push(...this.#table(part.items));
      else this.#waiting.push(...part.items.map((item) => () => this.#card(item)));
    }
  }

  #isTabular(item) {
    const asked = this.#asTable[item.group];
    if (!(item.group in this.#asTable)) return item.group === "citations" || item.group === "abbreviations";
    return asked ?? (TABLES.includes(item.group) || stoodInRow(item));
  }

  #switch(group) {
    const change = (asTable) => {
      this.#asTable[group] = asTable;
      this.open(this.tab);
    };
    const now = this.#asTable[group] ?? null;
    const button = (asTable, words) => make(
      "button", { type: "button", class: "small", "aria-pressed": String(now === asTable), on: { click: () => change(now === asTable ? null : asTable) } }, say(words),
    );
    return make("div", { class: "switch" }, button(false, "review.as_cards"), button(true, "review.as_table"));
  }

  #row(field) {
    const button = this.#button(field, "row-field", [
      make("span", { class: "label" }, fullName(field)), value(field),
      field.reasons?.length ? make("span", { class: "reason" }, field.reasons[0]) : null,
    ]);
    return button;
  }

  #card(item) {
    const head = item.fields.find((field) => ["title", "name", "text"].includes(field.field));
    const rest = item.fields.filter((field) => field !== head);
    const cells = rest.map((field) => this.#button(
      field, WIDE.has(field.field) ? "cell wide" : "cell", [make("span", { class: "label" }, fieldName(field)), value(field)],
    ));
    const title = head ? this.#button(head, "head", [value(head)]) : null;
    const top = make("header", {}, item.item ? make("span", { class: "id" }, item.item) : null, title);
    return make("article", { class: `card ${item.group}`, "aria-label": item.item ?? "" }, top, cells.length ? make("div", { class: "cells" }, ...cells) : null);
  }

  /** A table is begun with its first rows, later rows find it. */
  #table(items) {
    const columns = columnsOf(items);
    const body = make("tbody");
    const head = make("tr", {}, make("th", { scope: "col", class: "id" }, "#"), ...columns.map((name) => make(
      "th", { scope: "col", class: `of-${name}` }, fieldName({ group: items[0].group, field: name }),
    )));
    const started = () => make("table", { class: "grid" }, make("thead", {}, head), body);
    const row = (item) => () => {
      const cells = columns.map((name) => {
        const field = item.fields.find((one) => one.field === name);
        return make("td", {}, field ? this.#button(field, "in-table", [value(field)]) : null);
      });
      body.append(make("tr", {}, make("th", { scope: "row", class: "id" }, item.item ?? ""), ...cells));
      return null;
    };
    return [started, ...items.map(row)];
  }

  #button(field, kind, content) {
    const button = make("button", { type: "button", class: `field ${kind}`, data: { key: field.key }, tabindex: "-1" }, ...content);
    this.#elements.set(field.key, button);
    dress(button, field);
    if (field.key === this.selected) markSelected(button);
    return button;
  }

  #drain(count) {
    const list = this.#waiting;
    for (const build of list.splice(0, count)) {
      const made = build();
      if (made) this.place.append(made);
    }
    if (list.length) later(() => { if (list === this.#waiting) this.#drain(EACH); });
  }

  /** Marks a field as the one that is open; gives its element. */
  select(key) {
    const before = this.#elements.get(this.selected);
    before?.classList.remove("selected");
    before?.setAttribute("tabindex", "-1");
    before?.removeAttribute("aria-current");
    this.selected = key;
    if (!this.#elements.has(key) && this.order.includes(key)) this.#drain(Infinity);
    const element = this.#elements.get(key);
    if (element) markSelected(element);
    return element ?? null;
  }

  /** The key `by` places on from the selected one, or the same. */
  neighbour(by) {
    const at = this.order.indexOf(this.selected);
    return this.order[Math.min(Math.max(at + by, 0), this.order.length - 1)] ?? null;
  }

  /** The next to check: among doubts the next open one, elsewhere the next field. Null where none is left. */
  next() {
    const at = this.order.indexOf(this.selected);
    if (this.tab.groups !== null || this.sought) return this.order[at + 1] ?? null;
    const ahead = [...this.order.slice(at + 1), ...this.order.slice(0, at)];
    return ahead.find((key) => isOpen(this.store.fields.get(key))) ?? null;
  }

  /** A field has changed: its element shows it. */
  refresh(key) {
    const element = this.#elements.get(key);
    const field = this.store.fields.get(key);
    if (!element || !field) return;
    element.querySelector(".value").replaceWith(value(field));
    dress(element, field);
  }
}

function value(field) {
  const text = (field.text ?? "").replaceAll("\n", "; ");
  const due = field.editable === "deadline" ? day(field.value?.due) : "";
  const meant = due && !says(text, due) ? make("span", { class: "meant" }, ` → ${due}`) : null;
  return make("span", { class: text ? "value" : "value empty" }, text || say("review.empty"), meant);
}

/** Whether a text names a day, 15/5/2025 as well as 15/05/2025. */
function says(text, due) {
  return text.includes(due) || text.includes(due.split("/").map(Number).join("/"));
}

function dress(element, field) {
  const state = stateOf(field);
  element.dataset.state = state;
  const parts = [fullName(field), field.text || say("review.empty"), stateName(field), ...(isOpen(field) ? field.reasons ?? [] : [])];
  element.setAttribute("aria-label", parts.filter(Boolean).join(". "));
}

function markSelected(element) {
  element.classList.add("selected");
  element.setAttribute("tabindex", "0");
  element.setAttribute("aria-current", "true");
}

/** Whether two fields stand side by side on the page, as cells of a row do: words of a line are nearer. */
function stoodInRow({ fields }) {
  const places = fields.map(({ places: [first] }) => first).filter((place) => place?.box);
  return places.some((one) => places.some((other) => one.page === other.page && sideBySide(one.box, other.box)));
}

function sideBySide([, top, right, bottom], [left, upper, , lower]) {
  const shared = Math.min(bottom, lower) - Math.max(top, upper);
  return left - right > CELL_GAP && shared > 0.4 * Math.min(bottom - top, lower - upper);
}

/** What is printed above an item: its sections; where a tab shows several groups, the group's name. */
function headingsOf(plan, groups) {
  if (groups.length > 1) return (item) => say(`review.${item.group}`);
  const sections = new Map((plan.tasks ?? []).map((task) => [task.id, (task.section ?? []).join(" › ")]));
  const names = new Map((plan.indicators ?? []).map((indicator) => [indicator.id, indicator.group ?? ""]));
  const found = { tasks: sections, indicators: names }[groups[0]];
  return (item) => found?.get(item.item) ?? "";
}

/** Runs of items that are shown alike and stand under the same heading. */
function partsOf(items, isTabular) {
  const parts = [];
  let heading = null;
  for (const item of items) {
    const above = item.heading ?? "";
    const tabular = isTabular(item);
    const last = parts.at(-1);
    if (last && last.tabular === tabular && heading === above && last.group === item.group) last.items.push(item);
    else parts.push({ tabular, items: [item], group: item.group, heading: heading === above ? null : above });
    heading = above;
  }
  return parts;
}

/** The fields of a part in the order of the keys: a table leaves out columns that nothing stands in. */
function shownFields({ tabular, items }) {
  const columns = tabular ? columnsOf(items) : null;
  return items.flatMap((item) => (columns
    ? columns.map((name) => item.fields.find((field) => field.field === name)).filter(Boolean)
    : item.fields));
}

function columnsOf(items) {
  const columns = [];
  for (const { fields } of items) for (const { field } of fields) if (!columns.includes(field)) columns.push(field);
  const filled = (name) => items.some(({ fields }) => fields.some((one) => one.field === name && (one.text || EXPECTED.has(name))));
  return columns.filter((name) => name !== ABOVE && filled(name));
}

/** Printed once above its rows, and shown so. */
const ABOVE = "group";
const EXPECTED = new Set(["title", "name", "lead", "support", "deadline", "target", "products"]);

function bySeverity(one, other) {
  return Number(isOpen(other)) - Number(isOpen(one));
}

function holds(field, sought) {
  return folded(`${fullName(field)} ${field.text ?? ""}`).includes(sought);
}

function noteList(notes) {
  return make(
    "section", { class: "notes" }, make("h3", {}, say("review.notes")),
    make("ul", {}, ...notes.map((note) => make("li", { class: note.severity }, note.message))),
  );
}
