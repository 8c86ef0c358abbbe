// A table of a cluster that is looked at without a run: how much translog it holds, where, and why.

import { badge, nameColumn, text } from './cells.js';
import { copyable } from './copyable.js';
import { el, facts, tellOrHide } from './dom.js';
import { shardTable } from './shards.js';
import { bytes, count, dated, moment, percent, sentence, until } from './words.js';

const ACTIONS = {
  reset: ['Needs a reset', 'bad', 'reset', 0],
  early: ['Misses an operation', 'warn', 'early', 1],
  refused: ['Would be refused', 'warn', 'refused', 2],
  skip: ['Left alone', 'quiet', 'skip', 4],
  watched: ['Watched', 'quiet', 'others', 3],
};

const size = value => (typeof value === 'number' ? bytes(value) : null);
const worst = table => table.max_uncommitted_bytes ?? table.bytes_before;

/** How findings are listed; also what is shown of a kind that this page does not know. */
export const FINDINGS = {
  name: 'findings',
  groups: {
    reset: 'Need a reset',
    early: 'Miss an operation',
    refused: 'Would be refused',
    others: 'Others',
    skip: 'Left alone',
  },
  folds: { skip: many => `${many} left alone` },
  look,
  drawer,
  columns: [
    { id: 'state', head: 'State', sort: table => look(table).order, make: badge(look) },
    { ...nameColumn, sort: table => table.name },
    { id: 'replicas', head: 'Replicas', sort: table => table.number_of_replicas, make: text(table => table.number_of_replicas) },
    { id: 'bad', head: 'Problematic', sort: table => table.problematic_replicas, largest: true, make: text(problematic) },
    { id: 'worst', head: 'Worst replica', sort: worst, largest: true, make: text(table => size(worst(table))) },
    { id: 'share', head: 'Of its threshold', sort: table => table.percent_of_threshold, largest: true, make: text(share) },
    { id: 'growth', head: 'Grows', sort: speed, largest: true, make: text(grows) },
    { id: 'reaches', head: 'Reaches', sort: soonest, ticks: true, make: text(reaches) },
    { id: 'why', head: 'Why', sort: table => table.reason, make: text(table => table.reason) },
  ],
};

function look(table) {
  const word = table.action ?? table.stage ?? (table.heal ? 'reset' : 'watched');
  const [name, tone, group, order] = ACTIONS[word] ?? [sentence(word), 'quiet', 'others', 3];
  return { name, tone, group, order };
}

function problematic({ problematic_replicas: bad, replicas }) {
  return bad === undefined ? null : `${bad} of ${replicas}`;
}

function share({ percent_of_threshold: value }) {
  return typeof value === 'number' ? percent(value) : null;
}

function speed({ growth }) {
  return growth?.bytes_per_hour;
}

/** What one look can't tell is said to be unknown. */
function grows({ growth }) {
  if (!growth) {
    return null;
  }
  const hourly = growth.bytes_per_hour;
  return typeof hourly === 'number' ? `${bytes(hourly)}/h` : 'not known yet';
}

function soonest({ growth }) {
  const times = [growth?.qualifies_at, growth?.disk_full?.at].filter(Boolean).map(Date.parse);
  return times.length ? Math.min(...times) : null;
}

/** What it reaches first, where it goes on as it did. */
function reaches({ growth }, now) {
  const { qualifies_at: limit, disk_full: disk } = growth ?? {};
  if (limit && !(disk && Date.parse(disk.at) < Date.parse(limit))) {
    return `its limit in ${until(limit, now)}`;
  }
  return disk ? `disk of ${disk.node} in ${until(disk.at, now)}` : null;
}

function drawer(name) {
  const why = el('p', { class: 'why' });
  const list = el('dl', { class: 'facts' });
  const heal = copyable('To heal it:');
  const shards = shardTable(name, 'copy');
  return {
    node: el(
      'div',
      { class: 'inside' },
      el('h3', { class: 'whole' }, name),
      heal.node,
      list,
      why,
      shards.node,
    ),
    show(table, now) {
      tellOrHide(why, table.reason);
      heal.show(table.heal);
      facts(list, known(table, now));
      shards.show(table);
    },
    happened() {},
    tick() {},
  };
}

function known(table, now) {
  const bad = table.problematic_replicas;
  return [
    ['Replicas', table.number_of_replicas],
    ['Problematic', bad === undefined ? null : `${bad} of ${count(table.replicas, 'replica')}`],
    ['Worst replica', size(worst(table))],
    ['Of its threshold', share(table)],
    ['Flush threshold', size(table.flush_threshold_bytes)],
    ['Qualifies above', size(table.qualifies_above_bytes)],
    ['Primaries', size(table.primary_bytes)],
    ...growth(table, now),
  ];
}

function growth({ growth: seen, qualifies_above_bytes: most }, now) {
  const disk = seen?.disk_full;
  return seen
    ? [
        [`Grows, since ${dated(seen.since, now)}`, grows({ growth: seen })],
        [`Reaches ${size(most)}`, seen.qualifies_at ? moment(seen.qualifies_at, now) : null],
        disk ? [`${disk.node} reaches its ${disk.watermark}`, moment(disk.at, now)] : ['', null],
      ]
    : [];
}
