// What cells are made of, whatever the row tells.

import { el, set, tell } from './dom.js';
import { SIGNS } from './words.js';

/** A cell of text; its whole is in the title, as there may be no room for it. */
export function text(words) {
  return () => {
    const node = el('span', { class: 'text' });
    return {
      node,
      show(table, now) {
        const told = words(table, now) ?? '';
        if (node.textContent !== told) {
          tell(node, told);
          set(node, 'title', told || null);
        }
      },
    };
  };
}

/** How a table stands: a sign and words. */
export function badge(look) {
  return () => {
    const sign = el('span', { 'aria-hidden': 'true' });
    const word = el('span', { class: 'text' });
    return {
      node: el('span', { class: 'badge' }, sign, word),
      show(table) {
        const { tone, name } = look(table);
        tell(sign, SIGNS[tone]);
        tell(word, name);
        set(word, 'title', name);
      },
    };
  };
}

/** The name stands in the button of the row. */
export const nameColumn = { id: 'name', head: 'Table', sort: null, make: () => ({ node: '', show() {} }) };
