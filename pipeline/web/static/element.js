// Elements made without markup: whatever comes from a document can only become text.

const SVG = "http://www.w3.org/2000/svg";

/** An HTML element. `props`: attributes by name; `on` an object of listeners; `data` of data attributes. */
export function make(tag, props = {}, ...children) {
  return filled(document.createElement(tag), props, children);
}

/** An SVG element, in the same way. */
export function draw(tag, props = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), props, children);
}

function filled(element, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name === "value" && "value" in element) element.value = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** Says `text` to a screen reader and shows it for a while at the lower edge. */
export function announce(text, kind = "") {
  const place = document.getElementById("said");
  place.textContent = text;
  place.className = `said ${kind}`;
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => place.classList.add("gone"), kind === "bad" ? 12000 : 4000);
}
