// The runs so far, from the history that the journal keeps: each a line that unfolds.

import { arrange, byId, el, tell } from './dom.js';
import { bytes, clock, count, sentence, took } from './words.js';

const OUTCOMES = [
  ['cured', 'healed', 'good'],
  ['completed', 'done, not awaited', 'quiet'],
  ['not_cured', 'not cured', 'warn'],
  ['failed', 'failed', 'bad'],
];

export class PastRuns {
  #told = '';
  #open = new Set();

  show({ runs }) {
    byId('runs-section').hidden = !runs;
    const told = JSON.stringify(runs);
    if (!runs || told === this.#told) {
      return;
    }
    this.#told = told;
    tell(byId('runs-words'), runs.length === 0
      ? 'No run that healed something is remembered.'
      : `${count(runs.length, 'run')} of the last 30 days, the latest first; of one at work what is done so far`);
    arrange(byId('runs'), runs.map(run => this.#run(run)));
  }

  #run(run) {
    const tones = OUTCOMES.filter(([name]) => run.outcomes[name] > 0);
    const worst = tones.at(-1)?.[2] ?? 'quiet';
    const words = tones.map(([name, word]) => `${run.outcomes[name]} ${word}`).join(', ');
    const summary = el(
      'summary',
      {},
      el('span', {}, `${day(run.started)} · ${run.user}@${run.host} · ${count(run.tables, 'table')}: `),
      el('b', {}, words),
      sizes(run),
    );
    const details = el('details', {}, summary, el('p', { class: 'muted' }, `Run ${run.run}`), table(run));
    details.open = this.#open.has(run.run);
    details.addEventListener('toggle', () =>
      details.open ? this.#open.add(run.run) : this.#open.delete(run.run));
    return el('li', { 'data-tone': worst }, details);
  }
}

function day(iso) {
  const time = new Date(iso);
  const two = number => String(number).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${clock(iso)}`;
}

function sizes({ bytes_before: before, bytes_after: after }) {
  if (before === undefined) {
    return '';
  }
  return ` · ${bytes(before)}${after === undefined ? '' : ` → ${bytes(after)}`}`;
}

function table(run) {
  const size = value => (value === null || value === undefined ? 'unknown' : bytes(value));
  const head = ['Table', 'Remedy', 'Outcome', 'At zero', 'Translog', 'Ended'];
  const lines = run.resets.map(reset => [
    reset.name,
    sentence(reset.remedy),
    sentence(reset.outcome),
    reset.at_zero_ms === null ? 'unknown' : took(reset.at_zero_ms),
    `${size(reset.bytes_before)} → ${size(reset.bytes_after)}`,
    clock(reset.ended),
  ]);
  const left = run.tables - run.resets.length;
  const label = `Run ${run.run}: its tables`;
  return el(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label },
    el(
      'table',
      { class: 'wide', 'aria-label': label },
      el('thead', {}, el('tr', {}, ...head.map(word => el('th', { scope: 'col' }, word)))),
      el('tbody', {}, ...lines.map(([name, ...rest]) =>
        el('tr', {}, el('th', { scope: 'row' }, name), ...rest.map(word => el('td', {}, word))))),
    ),
    left > 0 ? el('p', { class: 'muted' }, `${left} more are told by xmover history.`) : null,
  );
}
