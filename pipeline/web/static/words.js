// The words of the page in its language, as wording/*.yaml has them; handed over in <meta name="words">.

const WORDS = JSON.parse(document.querySelector('meta[name="words"]').content);

/** The words at `path`, such as "review.saved", with {names} filled in. */
export function say(path, values = {}) {
  return fill(find(path) ?? path, values);
}

/** The words at `path`, or null where there are none: keys that hold dots are found too. */
export function find(path) {
  const [section, ...rest] = path.split(".");
  const found = WORDS[section]?.[rest.join(".")];
  return typeof found === "string" ? found : rest.reduce((part, key) => part?.[key], WORDS[section]) ?? null;
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** 2024-03-08 as 08/03/2024. */
export function day(iso) {
  return iso ? iso.split("-").reverse().join("/") : "";
}

/** 8/3/2024 (also with - or .) as 2024-03-08; "" for nothing; null where it is no day of the calendar. */
export function isoDay(text) {
  const trimmed = text.trim();
  if (!trimmed) return "";
  const found = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(trimmed) ?? isoParts(trimmed);
  if (!found) return null;
  const [date, month, year] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const day = new Date(Date.UTC(year, month - 1, date));
  if (day.getUTCMonth() !== month - 1 || day.getUTCDate() !== date) return null;
  return day.toISOString().slice(0, 10);
}

function isoParts(text) {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return found && [found[0], found[3], found[2], found[1]];
}

/** Without marks and capitals, for finding. */
export function folded(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
}
