// Groups that need nobody's eye are a line each, which unfolds to their rows.

import { el, set, tell } from './dom.js';

export class Folds {
  #choice;
  #changed;
  #lines = new Map();

  constructor(choice, changed) {
    this.#choice = choice;
    this.#changed = changed;
  }

  /** The line of a group, which tells this. */
  line(group, words) {
    let line = this.#lines.get(group);
    if (line === undefined) {
      const button = el('button', { type: 'button', class: 'fold-button' });
      button.addEventListener('click', () => this.#toggle(group));
      const cell = el('td', { role: 'cell' }, button);
      line = { button, node: el('tr', { role: 'row', class: 'fold', 'data-fold': group }, cell) };
      this.#lines.set(group, line);
    }
    tell(line.button, words);
    set(line.button, 'aria-expanded', this.isOpen(group));
    return line.node;
  }

  isOpen(group) {
    return this.#open().includes(group);
  }

  #open() {
    return this.#choice.get('unfold').split(',').filter(Boolean);
  }

  #toggle(group) {
    const others = this.#open().filter(open => open !== group);
    this.#choice.set('unfold', (this.isOpen(group) ? others : [...others, group]).join(','));
    this.#changed();
  }
}
