// All that is known of a table of a run: its steps, bars, gates, copies, statements and events.

import { arrange, bar, el, facts, tellOrHide } from './dom.js';
import { gateList } from './gates.js';
import { shardTable } from './shards.js';
import { steps } from './steps.js';
import { toldOf } from './told.js';
import { bytes, duration, limit, percent, took } from './words.js';

/** The time at zero is shown as near its limit from this share of it on. */
const NEAR = 0.75;
const NOTES = { over: ', over its limit', near: ', near its limit', '': '' };

export function drawer(name) {
  const path = steps(name);
  const zero = bar('At zero replicas', name);
  const leases = bar('Leases', name);
  const copies = bar('Copies', name);
  const bars = el('div', { class: 'bars' }, zero.node, leases.node, copies.node);
  const wait = el('p', { class: 'wait' });
  const error = el('p', { class: 'error' });
  const list = el('dl', { class: 'facts' });
  const gates = gateList();
  const next = el('ul', { class: 'next' });
  const shards = shardTable(name, 'problematic copy');
  const told = toldOf(name);
  const node = el(
    'div',
    { class: 'inside' },
    el('h3', { class: 'whole' }, name),
    path.node, bars, wait, error, next, gates.told, list, gates.more, shards.node, told.node,
  );

  function tick(table, now) {
    showZero(zero, zeroTime(table, now));
    tellOrHide(wait, waiting(table, now));
  }

  return {
    node,
    show(table, now) {
      path.show(table);
      showLeases(leases, table);
      showCopies(copies, table);
      tick(table, now);
      tellOrHide(error, errorOf(table));
      arrange(next, (table.next_steps ?? []).map(step => el('li', {}, step)));
      next.hidden = !table.next_steps?.length;
      gates.show(table);
      facts(list, known(table));
      shards.show(table);
    },
    happened: events => told.show(events),
    tick,
  };
}

/** How long it has been at zero replicas, and what that is of its limit; null while it is not. */
export function zeroTime(table, now) {
  if (!table.at_zero || !table.zero_since) {
    return null;
  }
  const ms = now === null ? 0 : Math.max(0, now - Date.parse(table.zero_since));
  const share = table.limit_ms ? ms / table.limit_ms : 0;
  const level = share >= 1 ? 'over' : share >= NEAR ? 'near' : '';
  return { ms, share, level, note: NOTES[level], limit: table.limit_ms };
}

function showZero(zero, time) {
  if (time === null) {
    zero.hide();
    return;
  }
  const words = duration(time.ms) + (time.limit ? ` of ${limit(time.limit)}` : '') + time.note;
  zero.show(time.share, words, time.level);
}

function showLeases(leases, table) {
  const seen = table.leases;
  if (!seen || table.result || table.state !== 'MONITORING_LEASES') {
    leases.hide();
    return;
  }
  const toGo = Math.max(0, seen.most - seen.expected);
  const gone = Math.max(0, seen.most - seen.now);
  leases.show(seen.cleared, `${gone} of ${toGo} gone, ${seen.now} left, ${seen.expected} expected`);
}

function showCopies(copies, table) {
  const seen = table.recovery;
  if (!seen || table.result) {
    copies.hide();
    return;
  }
  const words = `${seen.started} of ${seen.copies} started, ${percent(seen.percent)} recovered`;
  copies.show(seen.percent / 100, words);
}

/** What it waits for, while it does. */
export function waiting(table, now) {
  const { waiting: wait, failing } = table;
  if (failing && !table.result) {
    const { attempt, reason } = failing;
    return `Next try ${when(failing.again, now)}, attempt ${attempt} to restore failed: ${reason}`;
  }
  if (table.treating && table.stage === 'starting') {
    return `Trying ${table.treating.replaceAll('_', ' ')} first, so that it keeps its replicas`;
  }
  if (!wait) {
    return '';
  }
  return `Look ${wait.attempt} of ${wait.attempts} ${when(wait.next_look, now)}, waiting for ${wait.for}`;
}

function when(iso, now) {
  const left = now === null ? 0 : Date.parse(iso) - now;
  return left > 0 ? `in ${duration(left + 999)}` : 'now';
}

function known(table) {
  const after = table.bytes_after === undefined ? '' : ` → ${bytes(table.bytes_after)}`;
  const over = table.at_zero_ms !== undefined && !table.at_zero;
  const { step } = table;
  const place = step && (step.to ? `from ${step.from} to ${step.to}` : `anew on ${step.from}`);
  return [
    ['Replicas', table.number_of_replicas],
    ['Translog', table.bytes_before === undefined ? null : bytes(table.bytes_before) + after],
    ['Was at zero for', over ? took(table.at_zero_ms) : null],
    ['Result', table.result],
    [step ? `Shard ${step.shard}` : '', step ? `${step.remedy.replaceAll('_', ' ')} ${place}` : null],
  ];
}

/** What went wrong, unless the next steps or the gates tell it. */
function errorOf({ error, next_steps: next = [], gates = [] }) {
  const told = gates.some(gate => ['shut', 'unread'].includes(gate.answer)) || next.some(step => step.includes(error));
  return told ? '' : error;
}
