// A deadline's meaning in words.

import { day, find, say } from "../words.js";

/** "Từ 01/04/2025 đến 30/06/2025" for a deadline of the contract; for none, that there is none. */
export function understood(deadline) {
  if (!deadline) return say("deadline.none");
  const values = {
    start: day(deadline.start), due: day(deadline.due), basis: deadline.basis ?? "",
    recurrence: rhythm(deadline.recurrence), duration: length(deadline.duration),
  };
  return say(`deadline.${form(deadline)}`, values).trim();
}

function form({ kind, start, due }) {
  if (kind === "date") return due ? "date" : "date_from";
  if (kind === "period") return due ? "period" : "period_open";
  if (kind === "continuous") return start && due ? "continuous_in" : "continuous";
  return kind === "duration" ? "duration_is" : kind;
}

function rhythm(rule) {
  if (!rule) return "";
  const found = /^(.*?);BYMONTHDAY=(\d+)$/.exec(rule);
  const named = find("deadline.rhythms")[found ? found[1] : rule] ?? rule;
  return found ? say("deadline.day_of_month", { day: found[2], rhythm: named }) : named;
}

function length(duration) {
  const found = /^P(\d+)([DWMY])$/.exec(duration ?? "");
  if (!found) return duration ?? "";
  const names = { D: "days", W: "weeks", M: "months", Y: "years" };
  return say(`deadline.${names[found[2]]}`, { count: found[1] });
}
