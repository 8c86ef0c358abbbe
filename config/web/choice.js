// What is searched for, shown, unfolded, opened and sorted by: it is kept in the address, so that a reload or
// a link shows the same. What else stands in the address stays.

/** Browsers refuse an address that changes with every key. */
const PAUSE = 150;

const NAMES = ['q', 'show', 'sort', 'unfold'];

/** Each table whose drawer is open, by its name. */
const OPEN = 'open';
/** A longer address is refused somewhere on its way. */
const MOST = 20;

export class Choice {
  #values = new Map();
  #open = new Set();
  #timer = 0;

  constructor() {
    const asked = new URLSearchParams(location.search);
    NAMES.forEach(name => this.#values.set(name, asked.get(name) ?? ''));
    asked.getAll(OPEN).slice(0, MOST).forEach(name => this.#open.add(name));
    addEventListener('pagehide', () => this.#keep());
  }

  get(name) {
    return this.#values.get(name);
  }

  /** Sets it; what is empty is not in the address. */
  set(name, value) {
    this.#values.set(name, value);
    this.#later();
  }

  /** Whether the drawer of a table is open. */
  isOpen(table) {
    return this.#open.has(table);
  }

  setOpen(table, open) {
    if (open) {
      this.#open.add(table);
    } else {
      this.#open.delete(table);
    }
    this.#later();
  }

  #later() {
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
    address.searchParams.delete(OPEN);
    [...this.#open].slice(-MOST).forEach(name => address.searchParams.append(OPEN, name));
    if (address.href !== location.href) {
      history.replaceState(history.state, '', address);
    }
  }
}
