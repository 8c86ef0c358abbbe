// What is searched for, shown, unfolded and sorted by: it is kept in the address, so that a reload or
// a link shows the same. What else stands in the address stays.

/** Browsers refuse an address that changes with every key. */
const PAUSE = 150;

const NAMES = ['q', 'show', 'sort', 'unfold'];

export class Choice {
  #values = new Map();
  #timer = 0;

  constructor() {
    const asked = new URLSearchParams(location.search);
    NAMES.forEach(name => this.#values.set(name, asked.get(name) ?? ''));
    addEventListener('pagehide', () => this.#keep());
  }

  get(name) {
    return this.#values.get(name);
  }

  /** Sets it; what is empty is not in the address. */
  set(name, value) {
    this.#values.set(name, value);
    this.#timer ||= setTimeout(() => this.#keep(), PAUSE);
  }

  #keep() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const address = new URL(location.href);
    for (const [name, value] of this.#values) {
      if (value) {
        address.searchParams.set(name, value);
      } else {
        address.searchParams.delete(name);
      }
    }
    if (address.href !== location.href) {
      history.replaceState(history.state, '', address);
    }
  }
}
