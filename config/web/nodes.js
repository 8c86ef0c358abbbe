// The nodes: how full their disks are against the watermark, and the copies of the tables under way.

import { arrange, byId, el, set, tell } from './dom.js';
import { bytes, clock, count, percent } from './words.js';

const KINDS = { STARTED: 'started', INITIALIZING: 'building', RELOCATING: 'moving', UNASSIGNED: 'missing' };

export class Nodes {
  #nodes = new Map();
  #missing = squares();

  constructor() {
    byId('unassigned').append(el('p', { class: 'muted' }, 'Without a node'), this.#missing.node);
  }

  show({ nodes: told }) {
    byId('nodes-section').hidden = !told?.all.length;
    if (!told) {
      return;
    }
    arrange(byId('nodes'), told.all.map(node => this.#of(node)));
    this.#missing.show(told.unassigned);
    byId('unassigned').hidden = told.unassigned.copies.length === 0;
    const copies = [...told.all, told.unassigned].reduce(
      (sum, { copies: own, more_copies: more = 0 }) => sum + own.length + more, 0);
    byId('squares-key').hidden = copies === 0;
    const when = told.looked ? `disks as seen at ${clock(told.looked)}` : 'disks not looked at yet';
    tell(byId('nodes-words'), `${count(copies, 'copy', 'copies')} of the tables under way; ${when}`);
  }

  #of(told) {
    let node = this.#nodes.get(told.name);
    if (node === undefined) {
      node = nodeOf(told.name);
      this.#nodes.set(told.name, node);
    }
    node.show(told);
    return node.node;
  }
}

function nodeOf(name) {
  const words = el('span', { class: 'bar-value' });
  const mark = el('i', { class: 'mark' });
  const fill = el('progress', { max: 1, value: 0, 'aria-label': `${name}: disk used` });
  const own = squares();
  const node = el(
    'li',
    { class: 'node' },
    el('p', { class: 'bar-head' }, el('b', {}, name), words),
    el('span', { class: 'disk' }, fill, mark),
    own.node,
  );
  return {
    node,
    show(told) {
      const { size_bytes: size, used_bytes: used, low_bytes: low, high_bytes: high } = told;
      const known = size > 0;
      tell(words, known ? diskWords(told) : 'disk unknown');
      set(fill, 'aria-valuetext', words.textContent);
      fill.value = known ? used / size : 0;
      const level = !known || low === undefined ? '' : used >= high ? 'over' : used >= low ? 'near' : '';
      set(node, 'data-level', level || null);
      mark.hidden = !known || low === undefined;
      mark.style.left = known && low !== undefined ? `${(low / size) * 100}%` : '0';
      own.show(told);
    },
  };
}

function diskWords({ size_bytes: size, used_bytes: used, low_bytes: low }) {
  const limit = low === undefined ? 'watermark unknown' : `watermark ${percent((100 * low) / size)}`;
  return `${percent((100 * used) / size)} of ${bytes(size)}, ${limit}`;
}

/** A square for each copy; a primary is filled, what is not STARTED is marked. */
function squares() {
  const list = el('ul', { class: 'squares' });
  let last = '';
  return {
    node: list,
    show({ copies, more_copies: more = 0 }) {
      const now = JSON.stringify([copies, more]);
      if (now === last) {
        return;
      }
      last = now;
      const rest = more > 0 ? [el('li', { class: 'more-squares' }, `${more} more`)] : [];
      list.replaceChildren(...copies.map(square), ...rest);
      list.hidden = copies.length === 0;
    },
  };
}

function square({ table, shard, primary, state }) {
  const words = `${table} shard ${shard}, ${primary ? 'primary' : 'replica'}, ${state}`;
  return el(
    'li',
    { title: words, 'data-copy': primary ? 'primary' : 'replica', 'data-is': KINDS[state] ?? 'building' },
    el('span', { class: 'visually-hidden' }, words),
  );
}
