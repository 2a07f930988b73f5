// The review: pages on the left, fields on the right, one of them open.

import { ask, planPath, Refused } from "../api.js";
import { announce } from "../element.js";
import { say } from "../words.js";
import { fullName, isOpen, tabOf, TABS } from "./groups.js";
import { Inspector } from "./inspector.js";
import { listen } from "./keys.js";
import { Lines } from "./lines.js";
import { Panel } from "./panel.js";
import { Store } from "./store.js";
import { tabStrip } from "./tabs.js";
import { toolbar } from "./toolbar.js";
import { Viewer } from "./viewer.js";
import { otherWindows } from "./windows.js";

const review = document.getElementById("review");
const store = new Store(review.dataset.plan);
const at = (name) => review.querySelector(name);

/** Pages and fields are asked for at the same time; the fields do not wait for the pages. */
async function open() {
  const coming = review.dataset.pages === "yes" ? pagesOf(store.id) : [];
  await store.load();
  at(".loading")?.remove();
  const attach = start(new Panel(at(".list"), store));
  attach(await coming);
}

async function pagesOf(id) {
  return ask("GET", planPath(id, "pages")).catch(() => []);
}

/** Makes everything but the pages work; gives the function that adds them. */
function start(panel) {
  const acts = {};
  let viewer = null;
  const inspector = new Inspector(at(".inspector"), store, {
    accept: () => acts.accept(), edit: () => acts.edit(), save: () => acts.save(), cancel: () => acts.cancel(),
  });
  const windows = otherWindows(store, () => inspector.editor !== null);
  const strip = tabStrip(at(".tabs"), (tab) => acts.open(tab));
  const search = at("#search");

  acts.open = (tab, key = null) => {
    search.value = "";
    panel.open(tab);
    strip.show(tab);
    const first = key ?? (tab.groups === null ? panel.order.find((one) => isOpen(store.fields.get(one))) : null) ?? panel.order[0];
    if (first) acts.select(first, { focus: false });
    else inspector.clear();
  };
  acts.select = (key, { focus = true } = {}) => {
    const field = store.fields.get(key);
    if (!field) return;
    if (!panel.order.includes(key)) {
      const tab = tabOf(field.group);
      panel.open(tab);
      strip.show(tab);
    }
    const element = panel.select(key);
    inspector.show(field);
    viewer?.show(field.places);
    if (focus) element?.focus({ preventScroll: true });
    element?.scrollIntoView({ block: "nearest" });
    // Rows near it get their true height only once they are painted.
    requestAnimationFrame(() => element?.scrollIntoView({ block: "nearest" }));
    history.replaceState(null, "", `#${encodeURI(key)}`);
  };
  acts.accept = () => {
    const { field } = inspector;
    if (!field || inspector.editor) return;
    const known = field.accepted || field.corrected || !(field.text || field.doubtful);
    if (field.editable && !known) store.accept(field);
    acts.forward();
  };
  acts.forward = () => {
    const next = panel.next();
    if (next) acts.select(next);
    else {
      acts.select(panel.selected);
      if (!store.open) announce(say("review.all_done"), "good");
    }
  };
  acts.edit = () => inspector.edit();
  acts.cancel = () => {
    if (inspector.editor) acts.select(inspector.field.key);
    else if (search.value) acts.open(TABS[0]);
  };
  acts.save = () => {
    const entry = inspector.read();
    if (!entry) return;
    store.change(inspector.field, entry.text, entry.body);
    acts.forward();
  };
  acts.undo = () => store.undo();
  acts.down = () => acts.step(1);
  acts.up = () => acts.step(-1);
  acts.step = (by) => {
    const key = panel.neighbour(by);
    if (key) acts.select(key);
  };
  acts.tab = (place) => TABS[place] && acts.open(TABS[place]);
  acts.search = () => search.focus();
  acts.pageDown = () => viewer?.goTo(viewer.current + 1);
  acts.pageUp = () => viewer?.goTo(viewer.current - 1);
  acts.zoomIn = () => viewer?.zoom(1);
  acts.zoomOut = () => viewer?.zoom(-1);
  acts.fit = () => viewer?.zoom(0);
  acts.turn = () => viewer?.turn();

  const fresh = () => {
    viewer?.setFields(store.fields.values(), isOpen);
    strip.count(store.fields.values());
  };
  let planned = false;
  const soon = () => {
    if (!planned) requestAnimationFrame(() => { planned = false; fresh(); });
    planned = true;
  };
  const changed = (key) => {
    panel.refresh(key);
    if (inspector.field?.key === key && !inspector.editor) inspector.show(store.fields.get(key));
    soon();
  };
  const reopened = () => {
    const key = inspector.field?.key;
    panel.open(panel.tab, panel.sought);
    if (key && store.fields.has(key)) acts.select(key, { focus: false });
    soon();
  };
  const again = (key, body, message, conflict = false) => {
    acts.select(key);
    const field = store.fields.get(key);
    if (field && !body?.accept) inspector.edit(entered(field, body), message, conflict);
  };

  store.addEventListener("changed", ({ detail }) => changed(detail.key));
  store.addEventListener("saved", ({ detail }) => {
    changed(detail.key);
    windows.saved();
    const field = store.fields.get(detail.key);
    announce(say(detail.body.accept ? "review.accepted_now" : "review.saved", { label: fullName(field) }), "good");
  });
  store.addEventListener("undone", ({ detail }) => {
    if (!detail.key) return announce(say("review.nothing_to_undo"));
    windows.saved();
    changed(detail.key);
    acts.select(detail.key);
    return announce(say("review.undone", { label: fullName(store.fields.get(detail.key)) }));
  });
  store.addEventListener("conflict", ({ detail }) => {
    reopened();
    if (detail.key && !detail.body?.accept) again(detail.key, detail.body, say("review.changed_elsewhere"), true);
    windows.warn(say(detail.body?.accept || !detail.key ? "review.reloaded" : "review.changed_elsewhere"));
  });
  store.addEventListener("refused", ({ detail }) => {
    const { message: why } = detail.refused;
    const message = detail.key ? say("review.failed", { message: why }) : why;
    announce(message, "bad");
    if (detail.key) again(detail.key, detail.body, message);
  });
  store.addEventListener("outdated", () => store.load().then(() => {
    reopened();
    windows.warn(say("review.reloaded"));
  }));

  at(".list").addEventListener("click", (event) => {
    const button = event.target.closest(".field");
    if (button) acts.select(button.dataset.key);
  });
  at(".list").addEventListener("dblclick", (event) => {
    if (event.target.closest(".field")) acts.edit();
  });
  document.getElementById("undo").addEventListener("click", acts.undo);
  search.addEventListener("input", () => {
    if (!search.value.trim()) return acts.open(TABS[0]);
    strip.show(null);
    return panel.open(TABS[0], search.value.trim());
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Escape") acts.open(TABS[0]);
    if (["Enter", "ArrowDown"].includes(event.key) && panel.order.length) acts.select(panel.order[0]);
    if (["Escape", "Enter", "ArrowDown"].includes(event.key)) event.preventDefault();
  });
  const takeWords = ({ detail }) => {
    if (!detail.text) return announce(say("review.no_words"));
    if (!inspector.editor) inspector.edit();
    inspector.take(detail);
    return announce(say("review.words_taken", { text: detail.text }));
  };
  listen(acts, () => inspector.editor !== null);

  fresh();
  const asked = askedKey();
  const key = store.fields.has(asked) ? asked : [...store.fields.keys()].find((one) => asked && one.startsWith(`${asked}/`));
  const doubtful = [...store.fields.values()].some((field) => field.doubtful);
  if (key && !store.fields.get(key).doubtful) acts.open(tabOf(store.fields.get(key).group), key);
  else acts.open(doubtful || key ? TABS[0] : TABS[4], key ?? null);
  at(".list .selected")?.focus({ preventScroll: true });
  addEventListener("hashchange", () => acts.select(askedKey()));
  addEventListener("beforeunload", (event) => {
    if (inspector.editor || store.waiting) event.preventDefault();
  });
  review.dataset.ready = "yes";
  performance.mark("ready");

  return (pages) => {
    if (pages.length) {
      viewer = new Viewer(at(".pages"), store.id, pages);
      const tools = toolbar(at(".page-tools"), viewer);
      viewer.addEventListener("words", takeWords);
      viewer.addEventListener("moved", () => tools.follow());
    } else {
      viewer = new Lines(at(".pages"), store.fields.values());
      at(viewer.isEmpty ? ".no-image" : ".no-pages").hidden = false;
    }
    viewer.addEventListener("field", ({ detail }) => acts.select(detail.key));
    fresh();
    inspector.setPages(pages);
    if (inspector.field) viewer.show(inspector.field.places);
  };
}

/** The field that the address names; an id may hold a bare %. */
function askedKey() {
  try {
    return decodeURI(location.hash.slice(1));
  } catch {
    return location.hash.slice(1);
  }
}

/** The field as it would be with what was typed, so that its editor opens with that; `again` tells how. */
function entered(field, body) {
  if (!body) return null;
  const value = "value" in body ? body.value : { ...(field.value ?? {}), text: body.text };
  return { ...field, again: "value" in body ? "value" : "text", value, text: typeof value === "string" ? value : field.text };
}

open().catch((error) => {
  announce(error instanceof Refused ? error.message : say("errors.broken"), "bad");
  if (!(error instanceof Refused)) throw error;
});
