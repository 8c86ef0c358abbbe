// The handbook's five steps and a sixth, every copy STARTED: which are done, which is under way, where
// it failed. In a row they are a bar, in its drawer a list.

import { el, set, tell, tellOrHide } from './dom.js';
import { STEPS } from './words.js';

const SAID = { done: 'done', now: 'under way', failed: 'failed', todo: 'to come', skipped: 'not done' };
const LAST = STEPS.length - 1;

/** How each of the six steps stands. */
export function progress(table) {
  return [...reset(table), recovered(table)];
}

function reset(table) {
  const ended = table.result !== undefined;
  const at = STEPS.findIndex(([state]) => state === table.state);
  if (table.state === 'FAILED') {
    const touched = table.zero_since !== undefined;
    const restore = table.stage === 'critical' ? 'failed' : 'done';
    return [
      'done',
      touched ? 'done' : 'skipped',
      table.leases ? 'done' : 'skipped',
      touched ? restore : 'skipped',
      'failed',
    ];
  }
  return STEPS.slice(0, LAST).map((step, place) => {
    if (place < at || table.state === 'COMPLETED') {
      return 'done';
    }
    if (place > at) {
      return ended ? 'skipped' : 'todo';
    }
    return ended ? 'done' : 'now';
  });
}

/** Nothing but every copy seen STARTED ticks it. */
function recovered(table) {
  if (table.recovered) {
    return table.stage === 'resetting' ? 'todo' : 'done';
  }
  if (table.result !== undefined) {
    return 'skipped';
  }
  return table.stage === 'recovering' ? 'now' : 'todo';
}

/** How many are done, to sort by. */
export function stepsDone(table) {
  return progress(table).filter(is => is === 'done').length;
}

/** In words: where it is, or how far it came. */
export function whereItIs(table) {
  const at = progress(table);
  const now = at.indexOf('now');
  if (now >= 0) {
    return `Step ${now + 1} of 6: ${STEPS[now][1]}`;
  }
  const failed = at.indexOf('failed');
  return failed >= 0
    ? `Failed at step ${failed + 1} of 6: ${label(table, failed)}`
    : `${stepsDone(table)} of 6 steps done${at[LAST] === 'done' ? ', every copy is STARTED' : ''}`;
}

function label(table, place) {
  return place === LAST - 1 && table.state === 'FAILED' ? 'Failed' : STEPS[place][1];
}

/** Six bits of a bar, which is one picture to a screen reader. */
export function stepBar() {
  const bits = STEPS.map(() => el('i'));
  const node = el('span', { class: 'step-bar', role: 'img' }, ...bits);
  return {
    node,
    show(table) {
      progress(table).forEach((is, place) => set(bits[place], 'data-is', is));
      set(node, 'aria-label', whereItIs(table));
      set(node, 'title', whereItIs(table));
    },
  };
}

/** All six with their names. */
export function steps(named) {
  const list = el('ol', { class: 'steps', 'aria-label': `${named}: steps` });
  const items = STEPS.map(() => {
    const name = el('span', { class: 'step-name' });
    const how = el('span', { class: 'visually-hidden' });
    const item = el('li', {}, el('span', { class: 'step-mark', 'aria-hidden': 'true' }), name, how);
    list.append(item);
    return { item, name, how };
  });
  // Where there is no room for six names, the one that counts has a line of its own.
  const here = el('p', { class: 'step-here', 'aria-hidden': 'true' });
  return {
    node: el('div', { class: 'way' }, list, here),
    show(table) {
      progress(table).forEach((is, place) => {
        const { item, name, how } = items[place];
        set(item, 'data-is', is);
        set(item, 'aria-current', is === 'now' ? 'step' : null);
        tell(name, label(table, place));
        tell(how, `: ${SAID[is]}`);
      });
      tellOrHide(here, whereItIs(table));
    },
  };
}
