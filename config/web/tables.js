// The list of tables: filed into groups, searched and sorted, and only as many as one can read.

import { arrange, byId, tell, tellOrHide } from './dom.js';
import { Chips } from './chips.js';
import { Choice } from './choice.js';
import { Folds } from './folds.js';
import { keyOf } from './model.js';
import { Row } from './row.js';
import { Sorting } from './sorting.js';
import { count } from './words.js';

/** More would cost a phone too much; a button shows further ones. */
const PAGE = 100;

export class Tables {
  #view = null;
  #rows = new Map();
  #shown = [];
  #most = PAGE;
  #tables = [];
  #events = [];
  #now;
  #choice = new Choice();
  #chips = new Chips(this.#choice, () => this.#anew());
  #sorting = new Sorting(this.#choice, () => this.#anew());
  #folds = new Folds(this.#choice, () => this.#render());

  constructor(now) {
    this.#now = now;
    byId('search').value = this.#choice.get('q');
    byId('search').addEventListener('input', event => {
      this.#choice.set('q', event.target.value.trim());
      this.#anew();
    });
    byId('more').addEventListener('click', () => {
      this.#most += PAGE;
      this.#render();
    });
    byId('list').addEventListener('keydown', walk);
  }

  /** Shows these tables as a view says; rows of tables that did not change are left alone. */
  show(tables, view, events) {
    if (view !== this.#view) {
      this.#view = view;
      this.#rows.clear();
      this.#chips.begin(view.groups);
      this.#sorting.begin(view.columns);
      byId('tables').dataset.view = view.name;
    }
    this.#tables = tables;
    this.#events = events;
    this.#forget();
    this.#render();
  }

  /** A tab that stays open for months has seen many tables that are gone. */
  #forget() {
    if (this.#rows.size > this.#tables.length) {
      const keys = new Set(this.#tables.map(keyOf));
      [...this.#rows.keys()].filter(key => !keys.has(key)).forEach(key => this.#rows.delete(key));
    }
  }

  /** Lets what is shown of time go on. */
  tick() {
    const now = this.#now();
    this.#shown.forEach(row => row.tick(now));
  }

  #anew() {
    this.#most = PAGE;
    this.#render();
  }

  #render() {
    const view = this.#view;
    if (view === null) {
      return;
    }
    const members = this.#count();
    const { chosen } = this.#chips;
    const asked = this.#choice.get('q').toLowerCase();
    const found = this.#sorting.sorted(
      this.#tables
        .filter(table => chosen === 'all' || view.look(table).group === chosen)
        .filter(table => nameOf(table).toLowerCase().includes(asked)),
    );
    // One that is looked into stays in sight, and a single one takes no more room than its line.
    const folded = chosen === 'all' && asked === ''
      ? Object.keys(view.folds).filter(group => (members.get(group) ?? 0) > 1)
      : [];
    const isFolded = table =>
      folded.includes(view.look(table).group) && !this.#choice.isOpen(nameOf(table));
    const parts = [found.filter(table => !isFolded(table))];
    for (const group of folded) {
      const next = this.#tables.find(table => view.look(table).group === group);
      parts.push(this.#folds.line(group, view.folds[group](members.get(group), nameOf(next))));
      if (this.#folds.isOpen(group)) {
        parts.push(found.filter(table => isFolded(table) && view.look(table).group === group));
      }
    }
    this.#fill(parts);
    tellOrHide(byId('none'), found.length === 0 ? this.#nothing() : '');
  }

  /** Puts lines and tables into the list, up to as many tables as one can read. */
  #fill(parts) {
    this.#shown = [];
    let left = 0;
    const nodes = parts.flatMap(part => {
      if (!Array.isArray(part)) {
        return [part];
      }
      const rows = part.slice(0, this.#most - this.#shown.length).map(table => this.#row(table));
      left += part.length - rows.length;
      this.#shown.push(...rows);
      return rows.flatMap(row => row.nodes);
    });
    arrange(byId('list'), nodes);
    tellOrHide(byId('more'), left > 0 ? `Show more (${left} left)` : '');
  }

  #nothing() {
    return this.#tables.length === 0 ? 'No table yet.' : 'No table fits.';
  }

  /** How many tables are in each group. */
  #count() {
    const numbers = new Map();
    for (const table of this.#tables) {
      const { group } = this.#view.look(table);
      numbers.set(group, (numbers.get(group) ?? 0) + 1);
    }
    this.#chips.show(numbers, this.#tables.length);
    tell(byId('tables-count'), count(this.#tables.length, 'table'));
    return numbers;
  }

  #row(table) {
    const key = keyOf(table);
    let row = this.#rows.get(key);
    if (row === undefined) {
      const name = nameOf(table);
      row = new Row(name, this.#view, this.#choice.isOpen(name), () => {
        this.#choice.setOpen(name, row.isOpen);
        row.show(row.table, this.#now());
        this.#render();
      });
      this.#rows.set(key, row);
    }
    if (row.table !== table) {
      row.show(table, this.#now());
    }
    row.happened(this.#events);
    return row;
  }
}

/** The arrow keys go from row to row. */
function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const buttons = [...byId('list').querySelectorAll('.name, .fold-button')];
  const next = buttons[buttons.indexOf(event.target) + step];
  if (step && buttons.includes(event.target) && next) {
    event.preventDefault();
    next.focus();
  }
}

/** What people call a table. */
export function nameOf(table) {
  return table.name ?? [table.schema, table.table].filter(Boolean).join('.');
}
