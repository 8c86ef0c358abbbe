// The translog of the worst replicas before and after, drawn as a picture and told as a table.

import { arrange, byId, el, svg, tell } from './dom.js';
import { nameOf } from './tables.js';
import { bytes } from './words.js';

const MOST = 8;
const ROW = 46;
const BAR = 9;

/** The tables of most interest: what is known before and after, then what is worst. */
function chosen(tables) {
  return tables
    .filter(table => typeof table.bytes_before === 'number')
    .map(table => ({
      name: nameOf(table),
      before: table.bytes_before,
      after: typeof table.bytes_after === 'number' ? table.bytes_after : null,
    }))
    .sort((one, other) => (one.after === null) - (other.after === null) || other.before - one.before)
    .slice(0, MOST);
}

export class Chart {
  #rows = [];
  #drawn = '';

  constructor() {
    new ResizeObserver(() => this.#draw()).observe(byId('chart'));
  }

  show(tables) {
    this.#rows = chosen(tables);
    byId('chart-section').hidden = this.#rows.length === 0;
    this.#draw();
  }

  #draw() {
    const width = Math.floor(byId('chart').clientWidth);
    const drawn = JSON.stringify([width, this.#rows]);
    if (width === 0 || drawn === this.#drawn) {
      return;
    }
    this.#drawn = drawn;
    const most = Math.max(1, ...this.#rows.map(row => Math.max(row.before, row.after ?? 0)));
    const picture = svg('svg', {
      width,
      height: this.#rows.length * ROW,
      viewBox: `0 0 ${width} ${this.#rows.length * ROW}`,
      role: 'img',
      'aria-label': summary(this.#rows),
    });
    this.#rows.forEach((row, place) => picture.append(rowOf(row, place, width, most)));
    arrange(byId('chart'), [picture]);
    arrange(byId('chart-table'), this.#rows.map(line));
    tell(byId('chart-summary'), summary(this.#rows));
  }
}

function summary(rows) {
  const known = rows.filter(row => row.after !== null);
  const sum = (list, value) => bytes(list.reduce((total, row) => total + value(row), 0));
  if (known.length === 0) {
    return `${sum(rows, row => row.before)} before; none was looked at afterwards yet.`;
  }
  const before = sum(known, row => row.before);
  return `${before} before, ${sum(known, row => row.after)} after, of those looked at again.`;
}

function rowOf({ name, before, after }, place, width, most) {
  const values = after === null ? bytes(before) : `${bytes(before)} → ${bytes(after)}`;
  const wide = amount => Math.max(amount > 0 ? 2 : 0, (amount / most) * width);
  const room = Math.floor((width - values.length * 7 - 12) / 7.2);
  const shape = (amount, y, kind) =>
    svg('rect', { x: 0, y, width: wide(amount), height: BAR, rx: 2, class: kind });
  const row = svg(
    'g',
    { transform: `translate(0 ${place * ROW})` },
    text(shortened(name, room), { x: 0, y: 13 }),
    text(values, { x: width, y: 13, 'text-anchor': 'end', class: 'chart-value' }),
    shape(before, 19, 'chart-before'),
  );
  if (after !== null) {
    row.append(shape(after, 19 + BAR + 2, 'chart-after'));
  }
  return row;
}

function text(words, attributes) {
  const node = svg('text', attributes);
  node.textContent = words;
  return node;
}

/** The end of a name tells more than its beginning. */
function shortened(name, room) {
  const letters = [...name];
  return letters.length <= room ? name : `…${letters.slice(1 - Math.max(2, room)).join('')}`;
}

function line({ name, before, after }) {
  return el(
    'tr',
    {},
    el('th', { scope: 'row' }, name),
    el('td', {}, bytes(before)),
    el('td', {}, after === null ? 'not known yet' : bytes(after)),
  );
}
