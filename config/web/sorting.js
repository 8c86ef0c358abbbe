// The heads of the columns: each sorts by what its column shows, and tells so to screen readers.

import { arrange, byId, el, set } from './dom.js';

const words = new Intl.Collator('en', { numeric: true });

export class Sorting {
  #choice;
  #changed;
  #columns = [];
  #heads = new Map();

  constructor(choice, changed) {
    this.#choice = choice;
    this.#changed = changed;
  }

  /** Makes the heads of these columns; the first one sorts unless another is chosen. */
  begin(columns) {
    this.#columns = columns;
    this.#heads.clear();
    for (const column of columns) {
      const button = el('button', { type: 'button', 'data-column': column.id }, column.head);
      button.addEventListener('click', () => this.#by(column));
      const head = el('th', { scope: 'col', role: 'columnheader', class: `c-${column.id}` }, button);
      this.#heads.set(column, head);
    }
    arrange(byId('columns'), [...this.#heads.values()]);
    this.#tell();
  }

  #now() {
    const asked = this.#choice.get('sort');
    const column = this.#columns.find(({ id }) => id === asked.replace(/^-/, ''));
    return column ? { column, down: asked.startsWith('-') } : { column: this.#columns[0], down: false };
  }

  /** Of a number the largest come first, of a word the first; once more turns it around. */
  #by(column) {
    const now = this.#now();
    const down = now.column === column ? !now.down : column.largest === true;
    const usual = column === this.#columns[0] && !down;
    this.#choice.set('sort', usual ? '' : (down ? '-' : '') + column.id);
    this.#tell();
    this.#changed();
  }

  #tell() {
    const { column: by, down } = this.#now();
    for (const [column, head] of this.#heads) {
      set(head, 'aria-sort', column === by ? (down ? 'descending' : 'ascending') : null);
    }
  }

  /** Tables that have no value come last, in either direction; equal ones stay as they were. */
  sorted(tables) {
    const { column, down } = this.#now();
    return tables
      .map((table, place) => ({ table, place, value: column.sort(table) ?? null }))
      .sort((one, other) => order(one.value, other.value, down) || one.place - other.place)
      .map(({ table }) => table);
  }
}

function order(one, other, down) {
  if (one === null || other === null) {
    return (one === null) - (other === null);
  }
  const rises = typeof one === 'number' ? one - other : words.compare(one, other);
  return down ? -rises : rises;
}
