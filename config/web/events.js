// What happened, the latest first; what is there already is not written again.

import { byId, el, tellOrHide } from './dom.js';
import { clock, count } from './words.js';

const SHOWN = 200;
const SIGN = { warn: '! Warning', error: '✕ Error' };

export class Events {
  #run = null;
  #last = null;

  constructor() {
    byId('serious').addEventListener('change', event => {
      byId('log').classList.toggle('serious-only', event.target.checked);
    });
  }

  /** Shows these; begins anew where they do not go on from what is shown. */
  show(events, run) {
    const log = byId('log');
    if (run !== this.#run || !events.some(event => isSame(event, this.#last))) {
      this.#run = run;
      this.#last = null;
      log.replaceChildren();
    }
    const shown = this.#last?.number ?? 0;
    for (const event of events.filter(event => event.number > shown).slice(-SHOWN)) {
      log.prepend(line(event));
    }
    while (log.children.length > SHOWN) {
      log.lastElementChild.remove();
    }
    this.#last = events.at(-1) ?? null;
    const more = events.length - log.children.length;
    const dropped = (this.#last?.number ?? 0) - events.length;
    const older = [
      more > 0 ? `${count(more, 'older event')} in the drawers of the tables` : '',
      dropped > 0 ? `${count(dropped, 'older event')} not kept` : '',
    ];
    tellOrHide(byId('dropped'), older.filter(Boolean).join(', '));
    tellOrHide(byId('no-events'), events.length === 0 ? 'Nothing happened yet.' : '');
  }
}

/** Another monitor at the same address counts its events from 1 as well, at other times. */
function isSame(event, last) {
  return event.number === last?.number && event.at === last.at && event.text === last.text;
}

/** One of them; its table is left out where all are of the same. */
export function line({ at, severity, table, text }, named = true) {
  return el(
    'li',
    { 'data-severity': severity },
    el('time', { datetime: at }, clock(at)),
    ' ',
    SIGN[severity] ? el('strong', {}, `${SIGN[severity]} `) : null,
    table && named ? el('b', { class: 'log-table' }, `${table} `) : null,
    el('span', {}, text),
  );
}
