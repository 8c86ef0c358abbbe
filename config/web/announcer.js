// Says to screen readers what changed its state: few words, not often, and nothing that only ticks.

import { byId, tell } from './dom.js';
import { keyOf } from './model.js';
import { nameOf } from './tables.js';
import { STEPS, stage } from './words.js';

/** The shortest time between two announcements, in milliseconds. */
const PAUSE = 2000;
const MOST = 3;

export class Announcer {
  #known = null;
  #news = new Map();
  #timer = 0;

  /**
   * Compares with what it saw before; the first time it says nothing.
   *
   * @param run how the run itself stands, in some words each
   */
  show(tables, run) {
    const seen = new Map(tables.map(table => [keyOf(table), [nameOf(table), stateOf(table)]]));
    run.forEach((state, place) => seen.set(place, ['', state]));
    if (this.#known !== null) {
      for (const [key, [name, state]] of seen) {
        if (state !== this.#known.get(key)?.[1]) {
          this.#news.set(key, name ? `${name}: ${state}` : state);
        }
      }
    }
    this.#known = seen;
    if (this.#news.size > 0 && this.#timer === 0) {
      this.#timer = setTimeout(() => this.#say(), PAUSE);
    }
  }

  #say() {
    const news = [...this.#news.values()];
    this.#news.clear();
    this.#timer = 0;
    const more = news.length - MOST;
    const rest = more > 0 ? `. ${more} more changed` : '';
    tell(byId('announced'), news.slice(-MOST).join('. ') + rest);
  }
}

function stateOf(table) {
  if (table.stage === 'resetting') {
    return STEPS.find(([state]) => state === table.state)?.[1] ?? String(table.state);
  }
  return stage(table.stage ?? table.action).name;
}
