// The groups that tables are filed into, as buttons: one shows its group alone.

import { arrange, byId, el, set, tell } from './dom.js';

export class Chips {
  #choice;
  #changed;
  #chips = new Map();

  constructor(choice, changed) {
    this.#choice = choice;
    this.#changed = changed;
  }

  begin(groups) {
    this.#chips.clear();
    for (const [group, word] of [['all', 'All'], ...Object.entries(groups)]) {
      const number = el('span', { class: 'chip-count' });
      const button = el('button', { type: 'button', class: 'chip' }, `${word} `, number);
      button.addEventListener('click', () => {
        this.#choice.set('show', group === 'all' ? '' : group);
        this.#changed();
      });
      this.#chips.set(group, { button, number });
    }
    arrange(byId('chips'), [...this.#chips.values()].map(chip => chip.button));
  }

  /** The group that is shown alone; all where the address names none that there is. */
  get chosen() {
    const asked = this.#choice.get('show');
    return this.#chips.has(asked) ? asked : 'all';
  }

  /** Tells how many tables are in each; an empty one is not offered. */
  show(numbers, all) {
    for (const [group, { button, number }] of this.#chips) {
      const many = group === 'all' ? all : numbers.get(group) ?? 0;
      tell(number, String(many));
      set(button, 'aria-pressed', group === this.chosen);
      button.hidden = many === 0 && group !== 'all' && group !== this.chosen;
    }
  }
}
