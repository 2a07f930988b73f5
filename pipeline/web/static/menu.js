// What every page has: menus that close by themselves, and the list of keys.

import { announce } from "./element.js";

const keys = document.getElementById("keys");

for (const opener of document.querySelectorAll("[data-opens=keys]")) {
  opener.addEventListener("click", () => keys.showModal());
}
keys.querySelector("button").addEventListener("click", () => keys.close());
keys.addEventListener("click", (event) => { if (event.target === keys) keys.close(); });

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches?.("input, textarea, select");
  if (event.key === "F1" || (event.key === "?" && !typing)) {
    event.preventDefault();
    if (!keys.open) keys.showModal();
  }
  if (event.key === "Escape") closeMenus(null);
});
document.addEventListener("click", (event) => closeMenus(event.target));

function closeMenus(target) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!target || !menu.contains(target)) menu.open = false;
  }
}

const note = new URLSearchParams(location.search).get("said");
const said = note && document.querySelector(`meta[name="said-${CSS.escape(note)}"]`);
if (said) announce(said.content, "good");
