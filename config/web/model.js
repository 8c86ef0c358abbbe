// What the server told last: all of it, changed by what came since, and what time it is there.

/** As many events as the server keeps of each table, and of the run itself. */
const KEPT = 30;
const KEPT_OF_RUN = 200;
/** In all, as there. */
const MOST = 6000;

/** What is told again only when it changed. */
const PARTS = ['over_time', 'nodes', 'runs'];

export class Model {
  head = {};
  tables = [];
  events = [];
  #ahead = null;

  /** Takes an event of the stream; true when it changed something. */
  take(event, told) {
    if (event === 'status') {
      this.#ahead = null;
      this.tables = told.tables ?? [];
      this.events = [];
    } else if (event === 'change') {
      this.#change(told);
    } else {
      return false;
    }
    this.#happened(told.events ?? []);
    const parts = event === 'status' ? {} : Object.fromEntries(PARTS.map(name => [name, this.head[name]]));
    this.head = { ...parts, ...told, tables: undefined, changed: undefined, events: undefined };
    this.#tick(told.now);
    return true;
  }

  #happened(news) {
    if (news.length === 0) {
      return;
    }
    const latest = new Map();
    const all = [...this.events, ...news].slice(-MOST);
    all.forEach(({ table, of_table: place }) => latest.set(table, place));
    this.events = all.filter(({ table, of_table: place }) =>
      place === undefined || latest.get(table) - place < (table ? KEPT : KEPT_OF_RUN));
  }

  #change({ changed = {}, size }) {
    const tables = this.tables.slice(0, size);
    for (const [place, table] of Object.entries(changed)) {
      tables[Number(place)] = table;
    }
    this.tables = tables;
  }

  /** A message that was kept tells an old time, so the latest counts. */
  #tick(now) {
    const ahead = Date.parse(now) - performance.now();
    if (!Number.isNaN(ahead)) {
      this.#ahead = Math.max(this.#ahead ?? ahead, ahead);
    }
  }

  /** The server's time in milliseconds; null while it is unknown. */
  now() {
    return this.#ahead === null ? null : this.#ahead + performance.now();
  }
}

/** What tells a table from others. */
export function keyOf(table) {
  return JSON.stringify([table.schema, table.table, table.partition_ident, table.name]);
}
