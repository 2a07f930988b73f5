// "Convert again" in the menu of a plan.

import { ask, planPath } from "./api.js";
import { announce } from "./element.js";
import { say } from "./words.js";

const EVERY = 500;
const button = document.getElementById("convert");

button?.addEventListener("click", async () => {
  button.disabled = true;
  announce(say("plan.converting"));
  try {
    const { job } = await ask("POST", planPath(button.dataset.plan, "convert"));
    await finished(job);
    location.assign(`${location.pathname}?said=converted`);
  } catch (refused) {
    announce(refused.message, "bad");
    button.disabled = false;
  }
});

async function finished(job) {
  for (;;) {
    const now = await ask("GET", `/api/jobs/${encodeURIComponent(job)}`);
    if (now.state === "done") return;
    if (now.state === "failed") throw new Error([now.message, now.advice].filter(Boolean).join(" ") || say("list.failed"));
    const progress = now.pages ? say("list.at_page", { page: now.page, pages: now.pages }) : say("list.running");
    announce(`${say("plan.converting")} ${progress}`);
    await new Promise((resolve) => { setTimeout(resolve, EVERY); });
  }
}
