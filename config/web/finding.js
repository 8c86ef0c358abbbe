// A table of a cluster that is looked at without a run: how much translog it holds, where, and why.

import { arrange, el, facts, set, tell, tellOrHide } from './dom.js';
import { SIGNS, bytes, count, percent, sentence } from './words.js';

const ACTIONS = {
  reset: ['Needs a reset', 'bad', 'reset', 0],
  refused: ['Would be refused', 'warn', 'refused', 1],
  skip: ['Left alone', 'quiet', 'skip', 2],
};

function action(table) {
  const word = table.action ?? table.stage ?? 'found';
  const [name, tone, group, order] = ACTIONS[word] ?? [sentence(word), 'quiet', 'skip', 3];
  return { name, tone, group, order };
}

/** How findings are listed; also what is shown of a kind that this page does not know. */
export const FINDINGS = {
  groups: { reset: 'Need a reset', refused: 'Would be refused', skip: 'Left alone' },
  group: table => action(table).group,
  order: table => action(table).order,
  card,
};

function card(name) {
  const sign = el('span', { 'aria-hidden': 'true' });
  const word = el('span');
  const why = el('p', { class: 'why' });
  const list = el('dl', { class: 'facts' });
  const shards = shardTable(name);
  const node = el(
    'li',
    { class: 'card', 'data-table': name },
    el(
      'div',
      { class: 'card-head' },
      el('h3', { class: 'name' }, name),
      el('p', { class: 'badge' }, sign, word),
    ),
    list,
    why,
    shards.node,
  );
  return {
    node,
    show(table) {
      const { name: called, tone, group } = action(table);
      set(node, 'data-tone', tone);
      set(node, 'data-group', group);
      tell(sign, SIGNS[tone]);
      tell(word, called);
      tellOrHide(why, table.reason);
      facts(list, known(table));
      shards.show(table.shards ?? []);
    },
    tick() {},
  };
}

const size = value => (typeof value === 'number' ? bytes(value) : null);

function known(table) {
  const bad = table.problematic_replicas;
  const share = table.percent_of_threshold;
  const primaries = table.primary_bytes;
  return [
    ['Replicas', table.number_of_replicas],
    ['Problematic', bad === undefined ? null : `${bad} of ${count(table.replicas, 'replica')}`],
    ['Worst replica', size(table.max_uncommitted_bytes ?? table.bytes_before)],
    ['Of its threshold', typeof share === 'number' ? percent(share) : null],
    ['Flush threshold', size(table.flush_threshold_bytes)],
    ['Primaries', size(primaries)],
  ];
}

const COLUMNS = [
  ['Shard', shard => shard.shard],
  ['Node', shard => shard.node],
  ['State', shard => (shard.state === 'STARTED' ? null : shard.state)],
  ['Uncommitted', shard => size(shard.uncommitted_bytes)],
  ['Translog', shard => size(shard.translog_bytes)],
  ['Why', shard => shard.diagnosis?.text],
];

/** The copies of a table; a column without a value is left out. */
function shardTable(name) {
  const summary = el('summary');
  const table = el('table', { 'aria-label': `${name}: shards` });
  const box = el('div', { class: 'scroll', tabindex: 0, role: 'region' }, table);
  box.setAttribute('aria-label', `${name}: shards`);
  const node = el('details', {}, summary, box);
  return {
    node,
    show(shards) {
      node.hidden = shards.length === 0;
      tell(summary, count(shards.length, 'shard'));
      const cells = shards.map(shard => COLUMNS.map(([, value]) => value(shard) ?? ''));
      const used = COLUMNS.map((column, place) => cells.some(row => row[place] !== ''));
      const line = (row, cell) => el('tr', {}, ...row.filter((_, i) => used[i]).map(cell));
      arrange(table, [
        el('thead', {}, line(COLUMNS, ([word]) => el('th', { scope: 'col' }, word))),
        el('tbody', {}, ...cells.map(row => line(row, text => el('td', {}, String(text))))),
      ]);
    },
  };
}
