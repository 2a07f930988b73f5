// The list of plans: files dropped, their progress, the list made narrower.

import { ask, send } from "./api.js";
import { announce, make } from "./element.js";
import { folded, say } from "./words.js";

const EVERY = 700;
const drop = document.getElementById("drop");
const choose = document.getElementById("choose");
const jobs = document.getElementById("jobs");
const rows = new Map();
let following = false;

async function take(files) {
  for (const file of files) {
    const row = jobRow(file.name);
    try {
      const answers = await send(file, (share) => row.set("sending", say("list.sending", { percent: Math.round(share * 100) }), share));
      for (const answer of answers) settle(row, answer);
    } catch (refused) {
      row.set("failed", refused.message);
    }
  }
  follow();
}

function settle(row, answer) {
  if (answer.error) {
    return row.set("failed", answer.error);
  }
  rows.set(answer.job, row);
  return row.set("waiting", say("list.waiting"), 0);
}

/** A line of progress. */
function jobRow(name) {
  const state = make("span", { class: "job-state" });
  const bar = make("progress", { max: 1, "aria-label": name });
  const link = make("a", { class: "button primary", hidden: true }, say("list.open"));
  const away = make("button", { type: "button", class: "small", hidden: true, on: { click: () => element.remove() } }, say("list.clear"));
  const element = make("li", { class: "job" }, make("span", { class: "job-name" }, name), bar, state, link, away);
  jobs.append(element);
  jobs.closest("section").hidden = false;
  const set = (kind, text, share = null) => {
    element.dataset.state = kind;
    state.textContent = text;
    bar.hidden = share === null;
    if (share !== null) bar.value = share;
    away.hidden = kind !== "failed";
  };
  return { element, set, open: (plan) => { link.href = `/plans/${encodeURIComponent(plan)}`; link.hidden = false; } };
}

/** Asks for the progress of all jobs until none is under way, then shows the new plans. */
async function follow() {
  if (following) return;
  following = true;
  while ([...rows.values()].length) {
    let states;
    try {
      states = await ask("GET", "/api/jobs");
    } catch (refused) {
      announce(refused.status ? refused.message : say("list.lost"), "bad");
      break;
    }
    const before = rows.size;
    for (const job of states) show(job);
    if (rows.size < before) await refreshPlans();
    if (rows.size) await new Promise((resolve) => { setTimeout(resolve, EVERY); });
  }
  following = false;
}

function show(job) {
  const row = rows.get(job.job);
  if (!row) return;
  if (job.state === "running") {
    const text = job.pages ? say("list.at_page", { page: job.page, pages: job.pages }) : say("list.running");
    row.set("running", text, job.pages ? job.page / job.pages : 0);
  }
  if (job.state === "done") {
    row.set("done", say("list.done"));
    if (job.plan) row.open(job.plan);
    rows.delete(job.job);
  }
  if (job.state === "failed") {
    row.set("failed", [job.message, job.advice].filter(Boolean).join(" ") || say("list.failed"));
    rows.delete(job.job);
  }
}

/** The server renders the list; only that part of its page is taken. */
async function refreshPlans() {
  const answer = await fetch(location.pathname, { credentials: "same-origin" });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const search = document.getElementById("search");
  const [sought, typing] = [search?.value ?? "", document.activeElement === search];
  document.getElementById("plans").replaceWith(fresh.getElementById("plans"));
  const anew = document.getElementById("search");
  if (anew) anew.value = sought;
  if (anew && typing) anew.focus();
  narrow();
  readOn();
}

/** Plans of a large folder are read in the background: their rows fill one after the other. */
function readOn() {
  if (document.querySelector("#plans [data-ready=no]")) setTimeout(refreshPlans, 2 * EVERY);
}

function narrow() {
  const search = document.getElementById("search");
  const sought = folded(search?.value.trim() ?? "");
  const all = [...document.querySelectorAll("#plans tbody tr")];
  for (const row of all) row.hidden = !folded(row.textContent).includes(sought);
  const shown = all.filter((row) => !row.hidden).length;
  const count = document.getElementById("plan-count");
  if (count) count.textContent = sought ? say("list.count_filtered", { shown, count: all.length }) : say("list.count", { count: all.length });
}

/** Work that was under way before this page was opened. */
async function resume() {
  const states = await ask("GET", "/api/jobs").catch(() => []);
  for (const job of states) {
    if (job.state !== "waiting" && job.state !== "running") continue;
    const row = jobRow(job.name);
    row.set("waiting", say("list.waiting"), 0);
    rows.set(job.job, row);
    show(job);
  }
  follow();
}

choose.addEventListener("change", () => {
  take([...choose.files]);
  choose.value = "";
});
let within = 0;
const over = (event, by) => {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  within += by;
  drop.classList.toggle("over", within > 0);
};
addEventListener("dragenter", (event) => over(event, 1));
addEventListener("dragleave", (event) => over(event, -1));
addEventListener("dragover", (event) => over(event, 0));
addEventListener("drop", (event) => {
  over(event, -within);
  if (event.dataTransfer?.files.length) take([...event.dataTransfer.files]);
});
document.addEventListener("input", (event) => { if (event.target.id === "search") narrow(); });
document.addEventListener("keydown", (event) => {
  if (event.target.matches("input") || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "/") {
    event.preventDefault();
    document.getElementById("search")?.focus();
  }
  if (event.key.toLowerCase() === "o") choose.click();
});
readOn();
resume();
