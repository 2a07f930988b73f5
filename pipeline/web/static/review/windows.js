// Two windows on one plan: each is told of the other, and what one saves the other shows.
// Windows of other browsers are noticed by the server (412, see store.js).

import { say } from "../words.js";

/** `isEditing`: then nothing is loaded under the hands of who types; saving will tell. */
export function otherWindows(store, isEditing) {
  const banner = document.getElementById("banner");
  const channel = new BroadcastChannel(`kehoach ${store.id}`);
  const warn = (text) => {
    banner.querySelector("p").textContent = text;
    banner.hidden = false;
  };
  banner.querySelector("button").addEventListener("click", () => { banner.hidden = true; });
  channel.addEventListener("message", ({ data }) => {
    if (data === "opened") channel.postMessage("here");
    if (data === "opened" || data === "here") warn(say("review.open_elsewhere"));
    if (data === "saved" && !isEditing()) store.dispatchEvent(new CustomEvent("outdated"));
  });
  channel.postMessage("opened");
  return { warn, saved: () => channel.postMessage("saved") };
}
