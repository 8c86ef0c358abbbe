// What is told of the whole: whose cluster, which run, how it stands, what is wrong, how it ended.

import { arrange, byId, el, facts, set, tell, tellOrHide } from './dom.js';
import { nameOf } from './tables.js';
import { EXITS, SIGNS, clock, count, duration, took } from './words.js';

/** Further ones are told by their tables. */
const STEPS_SHOWN = 6;

/** What stands beside the number of tables that are done; a zero is not shown. */
const TILES = [
  ['critical', 'critical', 'bad'],
  ['failed', 'failed', 'bad'],
  ['not_cured', 'not cured', 'warn'],
  ['at_zero', 'at zero replicas', 'busy'],
  ['recovering', 'recovering', 'busy'],
  ['queued', 'waiting', 'quiet'],
  ['not_started', 'not started', 'warn'],
  ['completed', 'completed', 'good'],
];

/** Whether nothing more will happen. */
export function isOver(head) {
  return head.report !== undefined || head.exit_code !== undefined;
}

/** How a run stands, in words and in its tone. */
export function phase(head) {
  if (isOver(head)) {
    return wentWell(head) ? ['Done', 'good'] : ['Over', 'bad'];
  }
  if (head.stopping !== undefined) {
    return [`Stopping: ${head.stopping}`, 'warn'];
  }
  if (head.paused !== undefined) {
    return [`Paused since ${clock(head.paused)}: no new table is started`, 'warn'];
  }
  if (head.cluster === undefined) {
    return ['Connecting to the cluster', 'quiet'];
  }
  return head.run === undefined ? ['Watching', 'busy'] : ['Running', 'busy'];
}

function wentWell({ report, exit_code: exit }) {
  const bad = report ? report.failed + report.critical + report.not_cured : 1;
  return exit === undefined ? bad === 0 : exit === 0;
}

export function showHead(head, tables) {
  tell(byId('cluster'), head.cluster?.name ?? 'XMover');
  tell(byId('about'), about(head));
  const told = head.trouble && head.risk?.failing === undefined;
  tellOrHide(byId('trouble'), told ? `Not all is well: ${head.trouble}` : '');
  tellOrHide(byId('breaker'), breaker(head.breaker));
  const numbers = head.counts ?? {};
  showTiles(numbers);
  showDone(head);
  showResult(head, tables);
  document.title = title(head, numbers);
}

function title(head, { ended, all }) {
  const far = all > 0 ? `${ended}/${all} · ` : '';
  const worst = head.risk?.failing ? '✕ RESTORE FAILING · ' : head.trouble ? '⚠ ' : '';
  return `${worst}${far}${head.cluster?.name ?? 'live'} · XMover`;
}

function about({ run, cluster }) {
  const parts = [];
  if (run) {
    parts.push(`Run ${run.id}`, `by ${run.user}@${run.host}`, `since ${clock(run.started)}`);
  }
  if (cluster) {
    parts.push(`CrateDB ${(cluster.versions ?? []).join(', ')}`);
    parts.push(count(cluster.nodes?.length ?? 0, 'node'));
  }
  return parts.join(' · ');
}

function breaker(state) {
  const quiet = state === undefined || state === 'closed';
  return quiet ? '' : `The circuit breaker is ${state}: the cluster is given time to come back.`;
}

function showTiles(numbers) {
  const tiles = TILES.filter(([name]) => numbers[name] > 0).map(([name, word, tone]) =>
    el(
      'li',
      { 'data-tone': tone },
      el('strong', {}, `${SIGNS[tone]} ${numbers[name]}`),
      ` ${word}`,
    ),
  );
  arrange(byId('tiles'), tiles);
}

/** A cluster that is only looked at comes to no end. */
function showDone({ run, counts: { all = 0, ended = 0 } = {} }) {
  byId('done').hidden = all === 0 || run === undefined;
  byId('done-bar').max = Math.max(1, all);
  byId('done-bar').value = ended;
  tell(byId('done-words'), `${ended} of ${all} tables done`);
}

/** What a look at a cluster found, and when that was. */
function seen({ counts = {}, looked }, now) {
  const parts = [
    [counts.reset, counts.reset === 1 ? 'needs a reset' : 'need a reset'],
    [counts.refused, 'refused'],
    [counts.early, counts.early === 1 ? 'misses an operation' : 'miss an operation'],
    [counts.skip, 'left alone'],
    [counts.named, 'watched by name'],
  ]
    .filter(([many]) => many > 0)
    .map(([many, word]) => `${many} ${word}`);
  const ago = Math.max(0, (now ?? 0) - Date.parse(looked));
  return [...(parts.length ? parts : ['Nothing found']), `looked ${duration(ago)} ago`].join(' · ');
}

/** What goes on by itself: how long it has been at work, how long it may take. */
export function tickHead(head, now) {
  const [words, tone] = phase(head);
  set(byId('phase'), 'data-tone', tone);
  tell(byId('phase'), `${SIGNS[tone]} ${head.looked && !head.run ? seen(head, now) : words}`);
  const ago = now === null ? 0 : Math.max(0, now - Date.parse(head.now));
  const pausing = head.paused !== undefined || isOver(head);
  const parts = [];
  if (head.worked_ms > 0) {
    parts.push(`at work for ${duration(head.worked_ms + (pausing ? 0 : ago))}`);
  }
  if (head.remaining_ms !== undefined && !isOver(head)) {
    const left = Math.max(0, head.remaining_ms - ago);
    const until = clock(new Date(Date.parse(head.now) + head.remaining_ms));
    parts.push(left > 0 ? `about ${duration(left)} left, until ${until}` : 'nearly done');
  }
  tell(byId('times'), parts.join(', '));
}

function showResult(head, tables) {
  const { report, exit_code: exit } = head;
  const section = byId('result');
  section.hidden = !isOver(head);
  if (section.hidden) {
    return;
  }
  const tone = wentWell(head) ? 'good' : 'bad';
  set(section, 'data-tone', tone);
  const ended = report ? 'The run is over' : 'The run ended by an error, see the events';
  tell(byId('result-title'), `${SIGNS[tone]} ${ended}`);
  facts(byId('result-facts'), [
    ['Exit code', exit === undefined ? null : `${exit}${EXITS[exit] ? `, ${EXITS[exit]}` : ''}`],
    ['Succeeded', report?.succeeded],
    ['Not cured', report?.not_cured || null],
    ['Failed', report?.failed],
    ['Critical', report?.critical || null],
    ['Left for another run', report?.beyond_limit || null],
    ['Took', report ? took(report.elapsed_ms) : null],
    ['Ended', report ? clock(report.ended) : null],
  ]);
  const steps = tables.flatMap(table => (table.next_steps ?? []).map(step => [table, step]));
  byId('result-next').hidden = steps.length === 0;
  arrange(
    byId('result-steps'),
    steps
      .slice(0, STEPS_SHOWN)
      .map(([table, step]) => el('li', {}, el('b', {}, nameOf(table)), `: ${step}`)),
  );
  const more = steps.length - STEPS_SHOWN;
  tellOrHide(byId('result-more'), more > 0 ? `${more} more stand at their tables.` : '');
}
