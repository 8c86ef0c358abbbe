// The list of tables: filed into groups, searched, the worst first, and only as many as one can read.

import { arrange, byId, el, set, tell, tellOrHide } from './dom.js';
import { keyOf } from './model.js';
import { count } from './words.js';

/** More would cost a phone too much; a button shows further ones. */
const PAGE = 60;

export class Tables {
  #view = null;
  #cards = new Map();
  #chosen = 'all';
  #most = PAGE;
  #chips = new Map();
  #tables = [];
  #now = () => null;

  constructor(now) {
    this.#now = now;
    byId('search').addEventListener('input', () => this.#from(this.#chosen));
    byId('more').addEventListener('click', () => {
      this.#most += PAGE;
      this.#render();
    });
  }

  /** Shows these tables as a view says; cards of tables that did not change are left alone. */
  show(tables, view) {
    if (view !== this.#view) {
      this.#view = view;
      this.#cards.clear();
      this.#makeChips();
    }
    this.#tables = tables;
    this.#render();
  }

  /** Lets what is shown of time go on. */
  tick() {
    const now = this.#now();
    for (const { card, table, shown } of this.#cards.values()) {
      if (shown) {
        card.tick(table, now);
      }
    }
  }

  #makeChips() {
    this.#chips.clear();
    for (const [group, word] of [['all', 'All'], ...Object.entries(this.#view.groups)]) {
      const number = el('span', { class: 'chip-count' });
      const button = el('button', { type: 'button', class: 'chip' }, `${word} `, number);
      button.addEventListener('click', () => this.#from(group));
      this.#chips.set(group, { button, number });
    }
    arrange(byId('chips'), [...this.#chips.values()].map(chip => chip.button));
  }

  #from(group) {
    this.#chosen = group;
    this.#most = PAGE;
    this.#render();
  }

  #render() {
    const view = this.#view;
    if (view === null) {
      return;
    }
    this.#count();
    const asked = byId('search').value.trim().toLowerCase();
    const found = this.#tables
      .filter(table => this.#chosen === 'all' || view.group(table) === this.#chosen)
      .filter(table => nameOf(table).toLowerCase().includes(asked))
      .map((table, place) => ({ table, place, order: view.order(table) }))
      .sort((one, other) => one.order - other.order || one.place - other.place);
    const seen = found.slice(0, this.#most).map(({ table }) => this.#card(table));
    for (const entry of this.#cards.values()) {
      entry.shown = seen.includes(entry);
    }
    arrange(byId('list'), seen.map(entry => entry.card.node));
    const left = found.length - seen.length;
    tellOrHide(byId('more'), left > 0 ? `Show more (${left} left)` : '');
    tellOrHide(byId('none'), found.length === 0 ? this.#nothing() : '');
  }

  #nothing() {
    return this.#tables.length === 0 ? 'No table yet.' : 'No table fits.';
  }

  #count() {
    const numbers = new Map([['all', this.#tables.length]]);
    for (const table of this.#tables) {
      const group = this.#view.group(table);
      numbers.set(group, (numbers.get(group) ?? 0) + 1);
    }
    for (const [group, { button, number }] of this.#chips) {
      const many = numbers.get(group) ?? 0;
      tell(number, String(many));
      set(button, 'aria-pressed', group === this.#chosen);
      button.hidden = many === 0 && group !== 'all' && group !== this.#chosen;
    }
    tell(byId('tables-count'), count(this.#tables.length, 'table'));
  }

  #card(table) {
    const key = keyOf(table);
    let entry = this.#cards.get(key);
    if (entry === undefined) {
      entry = { card: this.#view.card(nameOf(table)), table: null, shown: false };
      this.#cards.set(key, entry);
    }
    if (entry.table !== table) {
      entry.table = table;
      entry.card.show(table, this.#now());
    }
    return entry;
  }
}

/** What people call a table. */
export function nameOf(table) {
  return table.name ?? [table.schema, table.table].filter(Boolean).join('.');
}
