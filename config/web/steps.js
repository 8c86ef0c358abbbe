// The five steps of the handbook as an indicator: which are done, which is under way, where it failed.

import { el, set, tell, tellOrHide } from './dom.js';
import { STEPS } from './words.js';

const SAID = { done: 'done', now: 'under way', failed: 'failed', todo: 'to come', skipped: 'not done' };

/** How each of the five steps stands. */
export function progress(table) {
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
  return STEPS.map((step, place) => {
    if (place < at || table.state === 'COMPLETED') {
      return 'done';
    }
    if (place > at) {
      return ended ? 'skipped' : 'todo';
    }
    return ended ? 'done' : 'now';
  });
}

/** Five steps that can be shown again and again. */
export function steps(named) {
  const list = el('ol', { class: 'steps', 'aria-label': `${named}: steps` });
  const items = STEPS.map(([, label]) => {
    const name = el('span', { class: 'step-name' }, label);
    const how = el('span', { class: 'visually-hidden' });
    const item = el('li', {}, el('span', { class: 'step-mark', 'aria-hidden': 'true' }), name, how);
    list.append(item);
    return { item, name, how };
  });
  // Where there is no room for five names, the one that counts has a line of its own.
  const here = el('p', { class: 'step-here', 'aria-hidden': 'true' });
  return {
    node: el('div', { class: 'way' }, list, here),
    show(table) {
      const at = progress(table);
      at.forEach((is, place) => {
        const { item, how } = items[place];
        set(item, 'data-is', is);
        set(item, 'aria-current', is === 'now' ? 'step' : null);
        tell(how, `: ${SAID[is]}`);
      });
      tell(items.at(-1).name, table.state === 'FAILED' ? 'Failed' : 'Completed');
      const now = at.indexOf('now');
      tellOrHide(here, now < 0 ? '' : `Step ${now + 1} of 5: ${STEPS[now][1]}`);
    },
  };
}
