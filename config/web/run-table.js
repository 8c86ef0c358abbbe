// A table on its way through a run, in a row: its step, its copies, the time at zero, leases, its end.

import { badge, nameColumn, text } from './cells.js';
import { el, set, tell } from './dom.js';
import { refusal } from './gates.js';
import { drawer, waiting, zeroTime } from './run-drawer.js';
import { stepBar, stepsDone } from './steps.js';
import { STEPS, brief, bytes, stage, took } from './words.js';

/** How a run's tables are listed. */
export const RUN = {
  name: 'run',
  groups: {
    active: 'Under way',
    problems: 'Problems',
    waiting: 'Waiting',
    left: 'Not started',
    done: 'Completed',
  },
  folds: {
    waiting: (many, next) => `${many} waiting, next ${next}`,
    done: many => `${many} done`,
  },
  look,
  drawer,
  columns: [
    { id: 'state', head: 'State', sort: table => look(table).order, make: badge(look) },
    { ...nameColumn, sort: table => table.name },
    { id: 'steps', head: 'Steps', sort: stepsDone, largest: true, make: way },
    { id: 'bytes', head: 'Bytes', sort: size, largest: true, make: text(copied) },
    { id: 'copies', head: 'Copies', sort: share, make: text(copies) },
    { id: 'zero', head: 'At zero', sort: atZero, largest: true, ticks: true, make: zero },
    { id: 'leases', head: 'Leases', sort: table => table.leases?.now, largest: true, make: text(leases) },
    { id: 'translog', head: 'Translog', sort: table => table.bytes_before, largest: true, make: text(translog) },
    { id: 'result', head: 'Result', sort: table => table.result, ticks: true, make: text(outcome) },
  ],
};

function look(table) {
  if (table.failing && !table.result) {
    return { name: 'Restore failing', tone: 'bad', group: 'problems', order: 0 };
  }
  const { name, tone, group, order } = stage(table.stage);
  if (table.treating && table.stage === 'starting') {
    return { name: `Trying ${table.treating.replaceAll('_', ' ')}`, tone, group, order };
  }
  const step = STEPS.find(([state]) => state === table.state);
  const called = table.stage === 'resetting' ? step?.[2] ?? step?.[1] ?? table.state : name;
  return { name: called, tone, group, order };
}

/** The steps of a reset; for a gentler remedy from where to where its copy goes. */
function way() {
  const bar = stepBar();
  const move = text(moved)();
  return {
    node: el('span', { class: 'way-cell' }, bar.node, move.node),
    show(table) {
      const gentle = moved(table) !== '';
      bar.node.hidden = gentle;
      move.node.hidden = !gentle;
      bar.show(table);
      move.show(table);
    },
  };
}

/** Empty once its reset begins. */
export function moved({ step, state }) {
  if (!step || state !== 'DETECTED') {
    return '';
  }
  return step.to ? `${step.from} → ${step.to}` : `anew on ${step.from}`;
}

function size(table) {
  return (moved(table) ? table.step.bytes : undefined) ?? table.recovery?.bytes ?? table.primary_bytes;
}

/** How many bytes of all are copied; the size of the table where nothing is. */
function copied(table) {
  const all = size(table);
  if (all === undefined) {
    return '';
  }
  if (table.result || !table.recovery?.bytes || moved(table)) {
    return bytes(all);
  }
  const there = bytes(Math.round((all * table.recovery.percent) / 100));
  const [, unit] = bytes(all).split(' ');
  return `${there.replace(` ${unit}`, '')} of ${bytes(all)}`;
}

function share({ recovery }) {
  return recovery?.copies ? recovery.started / recovery.copies : null;
}

function copies({ recovery }) {
  return recovery ? `${recovery.started} of ${recovery.copies}` : '';
}

/** One that is at zero comes before all that were. */
function atZero(table) {
  const since = Date.parse(table.zero_since);
  return table.at_zero && since ? 1e15 - since : table.at_zero_ms;
}

/** The clock at zero against its limit. */
function zero() {
  const words = el('span', { class: 'text' });
  const note = el('span', { class: 'visually-hidden' });
  const share = el('progress', { 'aria-hidden': 'true', max: 1, value: 0, hidden: '' });
  const node = el('span', { class: 'zero' }, words, note, share);
  return {
    node,
    show(table, now) {
      const time = zeroTime(table, now);
      set(node, 'data-level', time?.level || null);
      share.hidden = !time?.limit;
      share.value = time?.share ?? 0;
      tell(note, time?.note ?? '');
      const most = time?.limit ? ` of ${brief(time.limit)}` : '';
      const was = table.at_zero_ms === undefined ? '' : took(table.at_zero_ms);
      tell(words, time ? brief(time.ms) + most : was);
    },
  };
}

function leases({ leases: seen }) {
  if (!seen) {
    return '';
  }
  const toGo = Math.max(0, seen.most - seen.expected);
  return toGo === 0 && seen.cleared === 1 ? 'none to go' : `${Math.max(0, seen.most - seen.now)} of ${toGo} gone`;
}

function translog({ bytes_before: before, bytes_after: after }) {
  if (before === undefined) {
    return '';
  }
  return bytes(before) + (after === undefined ? '' : ` → ${bytes(after)}`);
}

/** How it ended and why; before that what it waits for. */
function outcome(table, now) {
  if (!table.result) {
    return (table.waiting || table.failing ? waiting(table, now) : table.error) || '';
  }
  const why = refusal(table) || table.error || (table.stage === 'completed' ? '' : table.cure) || '';
  return why ? `${table.result}: ${why}` : table.result;
}
