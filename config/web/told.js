// What was sent to the cluster for a table, and what else happened to it: the last events of it.

import { arrange, el, tellOrHide } from './dom.js';
import { line } from './events.js';
import { clock, count } from './words.js';

const SENDING = 'Sending: ';

export function toldOf(name) {
  const statements = part('Statements', el('ol', { class: 'statements' }));
  const others = part('Events', el('ol', { class: 'log', reversed: '' }));
  const older = el('p', { class: 'muted' });
  let last = '';
  return {
    node: el('div', { class: 'told' }, statements.node, others.node, older),
    show(events) {
      const own = events.filter(({ table }) => table === name);
      const now = `${own[0]?.number} ${own.at(-1)?.number} ${own.at(-1)?.at}`;
      if (now === last) {
        return;
      }
      last = now;
      const sent = own.filter(({ text }) => text.startsWith(SENDING));
      statements.show(sent.map(statement));
      others.show(own.filter(event => !sent.includes(event)).reverse().map(event => line(event, false)));
      const dropped = (own[0]?.of_table ?? 1) - 1;
      tellOrHide(older, dropped > 0 ? `${count(dropped, 'older event')} of it not kept.` : '');
    },
  };
}

function part(title, list) {
  const node = el('section', {}, el('h4', {}, title), list);
  return {
    node,
    show(lines) {
      node.hidden = lines.length === 0;
      arrange(list, lines);
    },
  };
}

function statement({ at, text }) {
  return el(
    'li',
    {},
    el('time', { datetime: at }, clock(at)),
    ' ',
    el('code', {}, text.slice(SENDING.length)),
  );
}
