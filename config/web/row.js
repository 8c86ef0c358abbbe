// A table in one row; its button opens a drawer below with all that is known of it.

import { el, set } from './dom.js';

/** A longer name keeps this many letters of its end. */
const TAIL = 12;

let drawers = 0;

export class Row {
  table = null;
  isOpen = false;
  #name;
  #view;
  #node;
  #cells;
  #button;
  #drawer = null;
  #drawerNode = null;

  /**
   * @param view which columns there are, and what its drawer shows
   * @param open whether its drawer is open from the beginning
   * @param toggled is called when it was opened or closed
   */
  constructor(name, view, open, toggled) {
    this.#name = name;
    this.#view = view;
    this.#button = nameButton(name);
    this.#cells = view.columns.map(column => ({ column, ...column.make(name) }));
    this.#node = el('tr', { role: 'row', 'data-table': name, class: 'row' }, ...this.#cells.map(cell =>
      cell.column.id === 'name'
        ? el('th', { scope: 'row', role: 'rowheader', class: 'c-name' }, this.#button)
        : el('td', { role: 'cell', class: `c-${cell.column.id}` }, cell.node)));
    this.#node.addEventListener('click', event => {
      // Who marks a text in the row wants to copy it.
      if (this.#button.contains(event.target) || getSelection().isCollapsed) {
        this.#toggle();
        toggled();
      }
    });
    if (open) {
      this.#toggle();
    }
  }

  /** What stands in the list: the row, and the drawer while it is open. */
  get nodes() {
    return this.isOpen ? [this.#node, this.#drawerNode] : [this.#node];
  }

  show(table, now) {
    this.table = table;
    const { tone, group } = this.#view.look(table);
    set(this.#node, 'data-tone', tone);
    set(this.#node, 'data-group', group);
    this.#cells.forEach(cell => cell.show(table, now));
    if (this.isOpen) {
      set(this.#drawerNode, 'data-tone', tone);
      this.#drawer.show(table, now);
    }
  }

  /** What happened to any table; an open drawer picks its own. */
  happened(events) {
    if (this.isOpen) {
      this.#drawer.happened(events);
    }
  }

  tick(now) {
    this.#cells.filter(cell => cell.column.ticks).forEach(cell => cell.show(this.table, now));
    if (this.isOpen) {
      this.#drawer.tick(this.table, now);
    }
  }

  #toggle() {
    this.isOpen = !this.isOpen;
    if (this.isOpen && this.#drawer === null) {
      this.#drawer = this.#view.drawer(this.#name);
      const id = `drawer-${++drawers}`;
      const cell = el('td', { role: 'cell', colspan: this.#cells.length }, this.#drawer.node);
      this.#drawerNode = el('tr', { role: 'row', class: 'drawer', id }, cell);
      set(this.#button, 'aria-controls', id);
    }
    set(this.#button, 'aria-expanded', this.isOpen);
    set(this.#node, 'data-open', this.isOpen ? '' : null);
  }
}

/** A name too long for its place loses its middle: its end tells tables apart. */
function nameButton(name) {
  const letters = [...name];
  const cut = letters.length > 2 * TAIL ? letters.length - TAIL : letters.length;
  return el(
    'button',
    { type: 'button', class: 'name', title: name, 'aria-label': name, 'aria-expanded': false },
    el('span', { class: 'name-head' }, letters.slice(0, cut).join('')),
    cut < letters.length ? el('span', { class: 'name-tail' }, letters.slice(cut).join('')) : null,
  );
}
