// The parts of the plan as a tab strip, each with the number of places still to check.

import { make } from "../element.js";
import { say } from "../words.js";
import { isOpen, TABS } from "./groups.js";

/** `open` is called with a tab that was chosen. */
export function tabStrip(place, open) {
  const buttons = TABS.map((tab, number) => make(
    "button",
    {
      type: "button", role: "tab", id: `tab-${tab.name}`, "aria-controls": "fields", "aria-selected": "false",
      tabindex: "-1", "aria-keyshortcuts": String(number + 1), on: { click: () => open(tab) },
    },
    say(`review.${tab.name}`), make("span", { class: "count" }),
  ));
  place.replaceChildren(...buttons);
  place.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    const to = buttons[(buttons.indexOf(document.activeElement) + by + buttons.length) % buttons.length];
    to.focus();
    to.click();
    to.focus();
  });
  return { show: (tab) => showTab(buttons, tab), count: (fields) => countDoubts(buttons, [...fields]) };
}

function showTab(buttons, tab) {
  buttons.forEach((button, place) => {
    const chosen = TABS[place] === tab;
    button.setAttribute("aria-selected", String(chosen));
    button.setAttribute("tabindex", chosen ? "0" : "-1");
  });
}

/** Among doubts those still open; elsewhere how many items there are. */
function countDoubts(buttons, fields) {
  const open = fields.filter(isOpen);
  TABS.forEach((tab, place) => {
    const here = tab.groups ? fields.filter((field) => tab.groups.includes(field.group)) : open;
    const number = tab.groups ? new Set(here.map((field) => `${field.group}/${field.item}`)).size : here.length;
    buttons[place].querySelector(".count").textContent = tab.name === "document" || !number ? "" : number;
    buttons[place].classList.toggle("empty", here.length === 0);
    buttons[place].classList.toggle("doubtful", tab.groups === null && here.length > 0);
  });
  const shown = document.getElementById("remaining");
  shown.textContent = open.length ? say("review.remaining", { count: open.length }) : say("review.remaining_none");
  shown.classList.toggle("good", open.length === 0);
}
