// Which fields belong together and how a field is called.

import { find, say } from "../words.js";

/** The tabs, in order; each with the groups of fields it shows. `doubts` takes from all. */
export const TABS = [
  { name: "doubts", groups: null },
  { name: "document", groups: ["document"] },
  { name: "legal_bases", groups: ["legal_bases"] },
  { name: "aims", groups: ["objectives", "requirements"] },
  { name: "tasks", groups: ["tasks"] },
  { name: "indicators", groups: ["indicators"] },
  { name: "assignments", groups: ["assignments"] },
  { name: "others", groups: ["units", "sections", "citations", "appendices", "abbreviations"] },
];

/** The tab that shows `group`. */
export function tabOf(group) {
  return TABS.find((tab) => tab.groups?.includes(group)) ?? TABS.at(-1);
}

/** "Chủ trì" for the field of a task. */
export function fieldName(field) {
  return find(`fields.${field.group}.${field.field}`) ?? find(`fields.${field.field}`) ?? field.field;
}

/** "Chủ trì, III.1.3.a". */
export function fullName(field) {
  return [fieldName(field), field.item].filter(Boolean).join(", ");
}

/** Items of a tab in the plan's order: [{group, item, fields}]. */
export function itemsOf(fields, groups) {
  const items = new Map();
  for (const field of fields) {
    if (!groups.includes(field.group)) continue;
    const key = `${field.group}/${field.item ?? ""}`;
    if (!items.has(key)) items.set(key, { group: field.group, item: field.item, fields: [] });
    items.get(key).fields.push(field);
  }
  const rank = (item) => groups.indexOf(item.group);
  return [...items.values()].sort((one, other) => rank(one) - rank(other));
}

/** Still to check. */
export function isOpen(field) {
  return field.doubtful && !field.accepted;
}

/** "cần xem", "đã sửa", "đã xác nhận" or nothing. */
export function stateName(field) {
  const state = stateOf(field);
  return state ? say(`review.${state}`) : "";
}

/** doubtful, corrected, accepted or nothing. */
export function stateOf(field) {
  if (isOpen(field)) return "doubtful";
  if (field.corrected) return "corrected";
  return field.accepted ? "accepted" : "";
}
