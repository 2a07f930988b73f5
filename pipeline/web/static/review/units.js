// Units are chosen from those of the document, or added: a box with suggestions (ARIA combobox).

import { make } from "../element.js";
import { folded, say } from "../words.js";

const MOST = 8;

/** An editor (see editors.js) for lead, support and units; a new unit is sent by its name. */
export function unitsEditor(field, store) {
  const chosen = [...(Array.isArray(field.value) ? field.value : [])];
  const nameOf = (id) => store.units.get(id)?.name ?? id;
  const chips = make("ul", { class: "chips", "aria-label": say("unit.chosen") });
  const list = make("ul", { class: "suggestions", role: "listbox", id: "unit-options", "aria-label": say("unit.options"), hidden: true });
  const box = make("input", {
    type: "text", class: "entry", role: "combobox", "aria-expanded": "false", "aria-controls": "unit-options",
    "aria-autocomplete": "list", "aria-labelledby": "inspector-name", placeholder: say("unit.choose"), autocomplete: "off",
  });
  let offered = [];
  let at = -1;

  const showChips = () => chips.replaceChildren(...chosen.map((id) => make(
    "li", {}, nameOf(id),
    make("button", { type: "button", "aria-label": say("unit.remove", { name: nameOf(id) }), on: { click: () => drop(id) } }, "×"),
  )));
  const drop = (id) => {
    chosen.splice(chosen.indexOf(id), 1);
    showChips();
    box.focus();
  };
  const add = (id) => {
    if (!chosen.includes(id)) chosen.push(id);
    box.value = "";
    showChips();
    close();
  };
  const close = () => {
    offered = [];
    at = -1;
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const offer = () => {
    offered = suggestions(store, box.value, chosen);
    at = box.value.trim() ? 0 : -1;
    list.replaceChildren(...offered.map((entry, place) => make(
      "li", { role: "option", id: `unit-option-${place}`, on: { pointerdown: (event) => { event.preventDefault(); add(entry.id); } } }, entry.text,
    )));
    list.hidden = offered.length === 0;
    box.setAttribute("aria-expanded", String(!list.hidden));
    mark();
  };
  const mark = () => {
    [...list.children].forEach((entry, place) => entry.setAttribute("aria-selected", String(place === at)));
    if (at >= 0) {
      box.setAttribute("aria-activedescendant", `unit-option-${at}`);
      list.children[at]?.scrollIntoView({ block: "nearest" });
    } else box.removeAttribute("aria-activedescendant");
  };
  const step = (by) => {
    if (list.hidden) offer();
    at = Math.min(Math.max(at + by, 0), offered.length - 1);
    mark();
  };

  box.addEventListener("input", offer);
  box.addEventListener("focus", offer);
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      step(event.key === "ArrowDown" ? 1 : -1);
      event.preventDefault();
    } else if (event.key === "Enter" && at >= 0) {
      add(offered[at].id);
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Backspace" && !box.value && chosen.length) drop(chosen.at(-1));
  });
  showChips();
  return {
    element: make("div", { class: "units-entry" }, chips, make("div", { class: "combo" }, box, list)),
    hint: say("unit.hint"),
    focus: () => box.focus(),
    read: () => {
      if (box.value.trim()) add(known(store, box.value.replace(/\s+/g, " ").trim()));
      return { body: { value: [...chosen] }, text: chosen.map(nameOf).join("; ") };
    },
    take: (words) => {
      box.value = words;
      box.focus();
      offer();
    },
  };
}

/** Units whose name holds what was typed, and the typed name itself as a new one. */
function suggestions(store, typed, chosen) {
  const sought = folded(typed.trim());
  const free = [...store.units.values()].filter((unit) => !chosen.includes(unit.id));
  const found = free.filter((unit) => [unit.name, ...(unit.written ?? [])].some((name) => folded(name).includes(sought)));
  const first = found.sort((one, other) => starts(other, sought) - starts(one, sought)).slice(0, MOST);
  const entries = first.map((unit) => ({ id: unit.id, text: unit.name }));
  const exact = free.some((unit) => folded(unit.name) === sought);
  const name = typed.replace(/\s+/g, " ").trim();
  if (name && !exact) entries.push({ id: name, text: say("unit.add", { name }) });
  return entries;
}

/** The id of the unit of this name; the name itself where there is none. */
function known(store, name) {
  const same = [...store.units.values()].find((unit) => folded(unit.name) === folded(name));
  return same?.id ?? name;
}

function starts(unit, sought) {
  return Number(folded(unit.name).startsWith(sought));
}
