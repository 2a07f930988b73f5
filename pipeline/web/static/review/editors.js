// What a field is corrected with. Each editor: {element, focus(), read(), take(words)}; read() gives
// {body, text}: what is sent, and what is shown meanwhile. It throws Unfit where the entry is none.

import { ask, planPath } from "../api.js";
import { make } from "../element.js";
import { day, find, isoDay, say } from "../words.js";
import { understood } from "./deadlines.js";
import { unitsEditor } from "./units.js";

/** The entry cannot be taken; the message says why. */
export class Unfit extends Error {}

/** The editor that fits `field`. */
export function editorFor(field, store) {
  const makers = {
    text: textEditor, list: listEditor, date: dateEditor, units: unitsEditor, deadline: deadlineEditor, target: targetEditor,
  };
  return (makers[field.editable] ?? textEditor)(field, store);
}

function textEditor(field) {
  const value = typeof field.value === "string" ? field.value : field.text ?? "";
  const box = textBox(value, field);
  return {
    element: box,
    focus: () => select(box),
    read: () => ({ body: { value: oneLine(box.value) || null }, text: oneLine(box.value) }),
    take: (words) => put(box, words),
  };
}

function listEditor(field) {
  const lines = Array.isArray(field.value) ? field.value : [];
  const box = textBox(lines.join("\n"), field);
  box.dataset.lines = "many";
  const read = () => box.value.split("\n").map(oneLine).filter(Boolean);
  return {
    element: box,
    hint: say("review.list_hint"),
    focus: () => select(box),
    read: () => ({ body: { value: read() }, text: read().join("; ") }),
    take: (words) => put(box, words),
  };
}

function dateEditor(field) {
  const box = make("input", { type: "text", class: "entry", value: day(field.value), placeholder: say("deadline.date_hint"), "aria-label": field.field });
  return {
    element: box,
    focus: () => select(box),
    read: () => {
      const iso = readDay(box);
      return { body: { value: iso || null }, text: day(iso) };
    },
    take: (words) => put(box, words),
  };
}

function deadlineEditor(field, store) {
  const value = field.value ?? {};
  const text = textBox(value.text ?? "", field);
  const meaning = make("p", { class: "meaning", "aria-live": "polite" });
  const parts = deadlineParts(value, field.again === "value");
  const byValue = make("details", { class: "by-value", open: field.again === "value" }, make("summary", {}, say("deadline.as_value")), parts.element);
  const tell = (understoodAs) => {
    meaning.replaceChildren(make("span", { class: "quiet" }, say("deadline.understood")), " ", understood(understoodAs));
    meaning.classList.toggle("bad", understoodAs?.kind === "unclear");
  };
  tell(field.value);
  let timer = 0;
  const interpret = () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const given = oneLine(text.value);
      if (!given) return tell(null);
      const read = await ask("POST", planPath(store.id, "deadline"), { text: given }).catch(() => null);
      if (read && given === oneLine(text.value)) {
        tell(read);
        parts.set(read);
      }
      return undefined;
    }, 150);
  };
  text.addEventListener("input", interpret);
  return {
    element: make("div", { class: "stack" }, text, meaning, byValue),
    focus: () => select(text),
    read: () => {
      const given = oneLine(text.value);
      if (!given && !parts.changed()) return { body: { value: null }, text: "" };
      if (!parts.changed()) return { body: { text: given }, text: given };
      const read = parts.read();
      return { body: { value: { ...read, text: given || understood(read) } }, text: given || understood(read) };
    },
    take: (words) => {
      put(text, words);
      interpret();
    },
  };
}

function deadlineParts(value, startChanged) {
  const kinds = ["date", "period", "continuous", "recurring", "reference", "duration", "event", "unclear"];
  const kind = choice(kinds.map((name) => [name, say(`deadline.kinds.${name}`)]), value.kind ?? "date");
  const names = ["start", "due", "recurrence", "duration", "basis"];
  const inputs = Object.fromEntries(names.map((name) => [name, partInput(name)]));
  let changed = false;
  const set = (read) => {
    kind.value = read.kind ?? "date";
    for (const name of names) {
      inputs[name].value = (name === "start" || name === "due" ? day(read[name]) : read[name]) ?? "";
    }
    changed = false;
  };
  set(value);
  changed = startChanged;
  const element = make(
    "div", { class: "parts", on: { input: () => { changed = true; } } },
    labelled(say("deadline.kind"), kind), ...names.map((name) => labelled(say(`deadline.${name}`), inputs[name])),
  );
  return {
    element, set, changed: () => changed,
    read: () => ({
      kind: kind.value, start: readDay(inputs.start) || null, due: readDay(inputs.due) || null,
      recurrence: inputs.recurrence.value || null, duration: inputs.duration.value.trim() || null,
      basis: oneLine(inputs.basis.value) || null,
    }),
  };
}

function partInput(name) {
  if (name === "recurrence") {
    const rhythms = Object.entries(find("deadline.rhythms"));
    return choice([["", ""], ...rhythms], "");
  }
  const placeholder = { start: say("deadline.date_hint"), due: say("deadline.date_hint"), duration: "P20D" }[name];
  return make("input", { type: "text", class: "entry", placeholder });
}

function targetEditor(field) {
  const value = field.value ?? {};
  const text = make("input", { type: "text", class: "entry", value: value.text ?? "" });
  const operator = choice(
    [["", say("target.none")], [">=", say("target.least")], ["<=", say("target.most")], ["=", say("target.equal")]],
    value.operator ?? "",
  );
  const figure = make("input", { type: "text", class: "entry", inputmode: "decimal", value: shownFigure(value.value) });
  const unit = make("input", { type: "text", class: "entry", value: value.unit ?? "" });
  return {
    element: make(
      "div", { class: "parts" }, labelled(say("target.text"), text), labelled(say("target.operator"), operator),
      labelled(say("target.value"), figure), labelled(say("target.unit"), unit),
    ),
    focus: () => select(text),
    read: () => {
      const printed = oneLine(text.value);
      const number = readFigure(figure);
      const same = operator.value === (value.operator ?? "") && figure.value === shownFigure(value.value) && unit.value === (value.unit ?? "");
      if (same && printed) return { body: { text: printed }, text: printed };
      if (!printed && number === null) return { body: { value: null }, text: "" };
      const shown = printed || `${operator.value} ${figure.value} ${unit.value}`.trim();
      const sent = { text: shown, operator: number === null ? null : operator.value || "=", value: number, unit: oneLine(unit.value) || null };
      return { body: { value: sent }, text: shown };
    },
    take: (words) => put(text, words),
  };
}

function textBox(value, field) {
  const rows = Math.min(Math.max(Math.ceil(value.length / 70), value.split("\n").length, 1), 6);
  return make("textarea", { class: "entry", rows, value, "aria-labelledby": "inspector-name", data: { field: field.key }, spellcheck: "false" });
}

function choice(pairs, chosen) {
  const options = pairs.map(([value, text]) => make("option", { value, selected: value === chosen }, text));
  if (chosen && !pairs.some(([value]) => value === chosen)) options.push(make("option", { value: chosen, selected: true }, chosen));
  return make("select", { class: "entry" }, ...options);
}

function labelled(name, input) {
  return make("label", {}, make("span", {}, name), input);
}

function select(box) {
  box.focus();
  box.select();
}

/** Words from the page go where the cursor is, over what is selected. */
function put(box, words) {
  const { selectionStart: from, selectionEnd: to, value } = box;
  const before = value.slice(0, from);
  const after = value.slice(to);
  const gap = (text, edge) => (text && !/\s/.test(edge) ? " " : "");
  const added = `${gap(before, before.at(-1) ?? " ")}${words}${gap(after, after[0] ?? " ")}`;
  box.setRangeText(added, from, to, "end");
  box.focus();
}

function oneLine(text) {
  return text.replace(/\s+/g, " ").trim();
}

function readDay(box) {
  const iso = isoDay(box.value);
  if (iso === null) throw new Unfit(say("deadline.bad_date", { text: box.value }));
  return iso;
}

/** 1.500 is 1500 and 2,5 is 2.5, as Vietnamese writes figures. */
function readFigure(box) {
  const text = box.value.trim();
  if (!text) return null;
  const plain = text.replace(/\.(?=\d{3}(\D|$))/g, "").replace(",", ".");
  if (!/^-?\d+(\.\d+)?$/.test(plain)) throw new Unfit(say("target.bad_value", { text }));
  return Number(plain);
}

function shownFigure(value) {
  return value === null || value === undefined ? "" : String(value).replace(".", ",");
}
