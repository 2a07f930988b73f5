// The open plan: its fields, and the changes on their way to the server.
//
// Changes are shown at once and sent one after the other, each with the version that the one before it
// left; so a key press never waits for the network, and another window's change is noticed (412).

import { ask, keyPath, planPath, Refused } from "../api.js";

export class Store extends EventTarget {
  #queue = Promise.resolve();

  constructor(id) {
    super();
    this.id = id;
    this.version = null;
    this.fields = new Map();
    this.waiting = 0;
  }

  async load() {
    const loaded = await ask("GET", planPath(this.id));
    this.version = loaded.version;
    this.plan = loaded.plan;
    this.#units(loaded.units);
    this.fields = new Map(loaded.fields.map((field) => [field.key, field]));
    this.#tell("loaded");
  }

  get open() {
    return [...this.fields.values()].filter((field) => field.doubtful && !field.accepted).length;
  }

  /** The value counts as checked by a person. */
  accept(field) {
    this.#put({ ...field, accepted: true }, { accept: true });
  }

  /** Takes a new value, as value or as printed text. */
  change(field, shown, body) {
    this.#put({ ...field, text: shown, accepted: true, pending: true }, body);
  }

  #put(expected, body) {
    const { key } = expected;
    const before = this.fields.get(key);
    this.fields.set(key, expected);
    this.#tell("changed", { key });
    this.#inTurn(async () => {
      const path = planPath(this.id, "fields", keyPath(key));
      try {
        const done = await ask("PUT", path, body, { "If-Match": this.version });
        this.version = done.version;
        this.#units(done.units);
        this.#take(done.field, before, body);
      } catch (refused) {
        if (!(refused instanceof Refused)) throw refused;
        this.fields.set(key, before);
        this.#tell("changed", { key });
        await this.#refused(refused, key, body);
      }
    });
  }

  #units(units) {
    if (units) this.units = new Map(units.map((unit) => [unit.id, unit]));
  }

  #take(field, before, body) {
    if (field) this.fields.set(field.key, field);
    this.#tell("saved", { key: field?.key ?? before.key, body });
  }

  undo() {
    this.#inTurn(async () => {
      try {
        const undone = await ask("POST", planPath(this.id, "undo"), undefined, { "If-Match": this.version });
        this.version = undone.version;
        this.#units(undone.units);
        if (undone.field) this.fields.set(undone.key, undone.field);
        this.#tell("undone", { key: undone.key ?? null });
      } catch (refused) {
        if (!(refused instanceof Refused)) throw refused;
        await this.#refused(refused, null, null);
      }
    });
  }

  /** What was typed stays with the one who listens to "conflict" or "refused". */
  async #refused(refused, key, body) {
    if (refused.status === 412) {
      await this.load();
      this.#tell("conflict", { key, body });
    } else this.#tell("refused", { key, body, refused });
  }

  #inTurn(act) {
    this.waiting += 1;
    this.#queue = this.#queue.then(act).finally(() => {
      this.waiting -= 1;
      this.#tell("settled");
    });
  }

  #tell(what, detail = {}) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }
}
