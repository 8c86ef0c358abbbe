// What the gates said of a table: what is not simply open at once, the rest on demand.

import { arrange, el, facts, tell } from './dom.js';
import { SIGNS, count, sentence } from './words.js';

const ANSWERS = {
  shut: ['bad', 'Refused by'],
  unread: ['bad', 'Not seen by'],
  ignored: ['warn', 'Ignored'],
  told: ['warn', 'Note of'],
  open: ['good', 'Open'],
};

/** Why a gate let a table not begin; empty when none did. */
export function refusal({ gates = [] }) {
  const shut = gates.find(({ answer }) => answer === 'shut' || answer === 'unread');
  return shut ? `${shut.gate}: ${shut.reason}` : '';
}

export function gateList() {
  const told = el('ul', { class: 'gates' });
  const list = el('dl', { class: 'facts' });
  const open = el('ul', { class: 'gates' });
  const summary = el('summary');
  const more = el('details', {}, summary, list, open);
  return {
    told,
    more,
    show({ gates = [], reason, cure }) {
      const passed = gates.filter(verdict => verdict.answer === 'open');
      arrange(told, gates.filter(verdict => verdict.answer !== 'open').map(gate));
      told.hidden = passed.length === gates.length;
      tell(summary, passed.length > 0 ? `Why, and ${count(passed.length, 'open gate')}` : 'Why');
      facts(list, [
        ['Chosen as', reason],
        ['Afterwards', cure],
      ]);
      arrange(open, passed.map(gate));
    },
  };
}

function gate({ gate: name, answer, reason, remedy }) {
  const [tone, word] = ANSWERS[answer] ?? ['quiet', sentence(answer)];
  return el(
    'li',
    { 'data-tone': tone },
    el('strong', {}, `${SIGNS[tone]} ${word} ${name}`),
    `: ${reason}`,
    remedy ? el('span', { class: 'remedy' }, ` What to do: ${remedy}`) : null,
  );
}
