// The copies of a table by node, and why each of them keeps its translog.

import { arrange, el, tell } from './dom.js';
import { bytes, count } from './words.js';

const size = value => (typeof value === 'number' ? bytes(value) : null);

const COLUMNS = [
  ['Node', shard => shard.node],
  ['Shard', shard => shard.shard],
  ['Copy', shard => (shard.primary === undefined ? null : shard.primary ? 'primary' : 'replica')],
  ['State', shard => (shard.state === 'STARTED' ? null : shard.state)],
  ['Uncommitted', shard => size(shard.uncommitted_bytes)],
  ['Leases', shard => shard.leases],
  ['Recovery', shard => shard.recovery],
  ['Translog', shard => size(shard.translog_bytes)],
  ['Why', shard => shard.diagnosis?.text ?? shard.why],
];

/** A column without a value is left out. */
export function shardTable(name, what) {
  const title = el('h4');
  const table = el('table', { 'aria-label': `${name}: ${what}` });
  const box = el('div', { class: 'scroll', tabindex: 0, role: 'region' }, table);
  box.setAttribute('aria-label', `${name}: ${what}`);
  const node = el('section', { class: 'shards' }, title, box);
  return {
    node,
    show({ shards = [], more_shards: more = 0 }) {
      node.hidden = shards.length === 0;
      tell(title, `${count(shards.length + more, what, plural(what))}${more ? ', the worst:' : ''}`);
      const sorted = [...shards].sort((one, other) =>
        String(one.node).localeCompare(String(other.node)) || one.shard - other.shard);
      const cells = sorted.map(shard => COLUMNS.map(([, value]) => value(shard) ?? ''));
      const used = COLUMNS.map((column, place) => cells.some(row => row[place] !== ''));
      const line = (row, cell) => el('tr', {}, ...row.filter((_, i) => used[i]).map(cell));
      arrange(table, [
        el('thead', {}, line(COLUMNS, ([word]) => el('th', { scope: 'col' }, word))),
        el('tbody', {}, ...cells.map(row => line(row, text => el('td', {}, String(text))))),
      ]);
    },
  };
}

const plural = what => what.replace(/copy$/, 'copie') + 's';
