// What each key does while reviewing; the same keys as in a spreadsheet where there is one for it.

/** Calls the act of a key. `acts`: functions by name; `isEditing`: whether a field is being corrected. */
export function listen(acts, isEditing) {
  document.addEventListener("keydown", (event) => {
    // While Vietnamese is being composed, keys belong to the input method.
    if (event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const act = isTyping(event.target) ? typingAct(event, acts, isEditing()) : readingAct(event, acts);
    if (act) {
      event.preventDefault();
      act();
    }
  });
}

function isTyping(target) {
  return target.matches?.("input, textarea, select");
}

function typingAct(event, acts, editing) {
  if (!event.target.closest(".inspector") || !editing) return null;
  if (event.key === "Escape") return acts.cancel;
  if (event.key === "Enter" && !event.shiftKey) return acts.save;
  return null;
}

function readingAct(event, acts) {
  if (event.key === "Escape") return acts.cancel;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") return acts.undo;
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.key === "Enter") return isPlace(event.target) ? acts.accept : null;
  const keys = {
    F2: acts.edit, e: acts.edit, u: acts.undo, ArrowDown: acts.down, ArrowUp: acts.up, j: acts.down, k: acts.up,
    PageDown: acts.pageDown, PageUp: acts.pageUp, "+": acts.zoomIn, "=": acts.zoomIn, "-": acts.zoomOut,
    0: acts.fit, r: acts.turn, "/": acts.search,
  };
  if (/^[1-8]$/.test(event.key)) return () => acts.tab(Number(event.key) - 1);
  return keys[event.key] ?? keys[event.key.toLowerCase()] ?? null;
}

/** Enter on a link or another button keeps its own meaning. */
function isPlace(target) {
  return target === document.body || target.matches(".field, .pages, .list");
}
