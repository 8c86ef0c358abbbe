// A table on its way through a run: its step, the time at zero, leases, recovery, gates and its end.

import { arrange, bar, el, facts, set, tell, tellOrHide } from './dom.js';
import { steps } from './steps.js';
import { SIGNS, bytes, count, duration, limit, percent, sentence, stage, took } from './words.js';

/** The time at zero is shown as near its limit from this share of it on. */
const NEAR = 0.75;

/** How a run's tables are listed. */
export const RUN = {
  groups: {
    active: 'Under way',
    problems: 'Problems',
    waiting: 'Waiting',
    left: 'Not started',
    done: 'Completed',
  },
  group: table => stage(table.stage).group,
  order: table => stage(table.stage).order,
  card,
};

function card(name) {
  const sign = el('span', { 'aria-hidden': 'true' });
  const word = el('span');
  const badge = el('p', { class: 'badge' }, sign, word);
  const title = el('h3', { class: 'name' }, name);
  const path = steps(name);
  const zero = bar('At zero replicas', name);
  const leases = bar('Leases', name);
  const copies = bar('Copies', name);
  const bars = el('div', { class: 'bars' }, zero.node, leases.node, copies.node);
  const wait = el('p', { class: 'wait' });
  const error = el('p', { class: 'error' });
  const list = el('dl', { class: 'facts' });
  const gates = gateList();
  const next = el('ul', { class: 'next' });
  const node = el(
    'li',
    { class: 'card', 'data-table': name },
    el('div', { class: 'card-head' }, title, badge),
    path.node,
    bars,
    wait,
    error,
    next,
    gates.told,
    list,
    gates.more,
  );

  function tick(table, now) {
    showZero(zero, table, now);
    tellOrHide(wait, waiting(table, now));
  }

  return {
    node,
    show(table, now) {
      const { name: called, tone, group } = stage(table.stage);
      set(node, 'data-tone', tone);
      set(node, 'data-group', group);
      tell(sign, SIGNS[tone]);
      tell(word, outcome(called, table.result));
      path.show(table);
      showLeases(leases, table);
      showCopies(copies, table);
      tick(table, now);
      tellOrHide(error, errorOf(table));
      arrange(next, (table.next_steps ?? []).map(step => el('li', {}, step)));
      next.hidden = !table.next_steps?.length;
      gates.show(table);
      facts(list, known(table));
    },
    tick,
  };
}

function outcome(called, result) {
  const told = result && result.toLowerCase() !== called.toLowerCase();
  return told ? `${called}: ${result}` : called;
}

function showZero(zero, table, now) {
  if (!table.at_zero || !table.zero_since) {
    zero.hide();
    return;
  }
  const time = now === null ? 0 : Math.max(0, now - Date.parse(table.zero_since));
  const most = table.limit_ms;
  const share = most ? time / most : 0;
  const level = share >= 1 ? 'over' : share >= NEAR ? 'near' : '';
  const note = { over: ', over its limit', near: ', near its limit', '': '' }[level];
  zero.show(share, duration(time) + (most ? ` of ${limit(most)}` : '') + note, level);
}

function showLeases(leases, table) {
  const seen = table.leases;
  if (!seen || table.result || table.state !== 'MONITORING_LEASES') {
    leases.hide();
    return;
  }
  const toGo = Math.max(0, seen.most - seen.expected);
  const gone = Math.max(0, seen.most - seen.now);
  leases.show(seen.cleared, `${gone} of ${toGo} gone, ${seen.now} left, ${seen.expected} expected`);
}

function showCopies(copies, table) {
  const seen = table.recovery;
  if (!seen || table.result) {
    copies.hide();
    return;
  }
  const words = `${seen.started} of ${seen.copies} started, ${percent(seen.percent)} recovered`;
  copies.show(seen.percent / 100, words);
}

function waiting(table, now) {
  const wait = table.waiting;
  if (table.treating && table.stage === 'starting') {
    return `Trying ${table.treating} first, so that it keeps its replicas`;
  }
  if (!wait) {
    return '';
  }
  const left = now === null ? 0 : Date.parse(wait.next_look) - now;
  const when = left > 0 ? `in ${duration(left + 999)}` : 'now';
  return `Look ${wait.attempt} of ${wait.attempts} ${when}, waiting for ${wait.for}`;
}

function known(table) {
  const after = table.bytes_after === undefined ? '' : ` → ${bytes(table.bytes_after)}`;
  const over = table.at_zero_ms !== undefined && !table.at_zero;
  return [
    ['Replicas', table.number_of_replicas],
    ['Translog', table.bytes_before === undefined ? null : bytes(table.bytes_before) + after],
    ['Was at zero for', over ? took(table.at_zero_ms) : null],
  ];
}

/** What went wrong, unless the next steps or the gates tell it. */
function errorOf({ error, next_steps: next = [], gates = [] }) {
  const told = gates.some(gate => ['shut', 'unread'].includes(gate.answer)) || next.some(step => step.includes(error));
  return told ? '' : error;
}

/** What the gates said: what is not simply open at once, the rest on demand. */
function gateList() {
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

const ANSWERS = {
  shut: ['bad', 'Refused by'],
  unread: ['bad', 'Not seen by'],
  ignored: ['warn', 'Ignored'],
  told: ['warn', 'Note of'],
  open: ['good', 'Open'],
};

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
