// The live page: brings together what the server tells, those that show it, and those that ask.

import { Announcer } from './announcer.js';
import { Chart } from './chart.js';
import { Control } from './control.js';
import { byId, set, tell, tellOrHide } from './dom.js';
import { Events } from './events.js';
import { FINDINGS } from './finding.js';
import { PastRuns } from './history.js';
import { isOver, phase, showHead, tickHead } from './head.js';
import { Model } from './model.js';
import { Nodes } from './nodes.js';
import { Report } from './report.js';
import { riskWord, showRisk } from './risk.js';
import { RUN } from './run-table.js';
import { Stream } from './stream.js';
import { Tables } from './tables.js';
import { TimeCharts } from './time-chart.js';
import { clock } from './words.js';

/** How tables are shown, by the kind of what is served; others as findings. */
const VIEWS = { run: RUN };

const CONNECTION = {
  connecting: '○ Connecting',
  live: '● Live',
  lost: '! Reconnecting',
  locked: '✕ Locked',
  ended: '■ Ended',
};

const model = new Model();
const control = new Control();
const tables = new Tables(now);
const chart = new Chart();
const timeCharts = new TimeCharts();
const nodes = new Nodes();
const pastRuns = new PastRuns();
const report = new Report(() => control.headers());
const events = new Events();
const announcer = new Announcer();
let frozen = null;
let planned = false;
let connection = 'connecting';

/** The server's time; it stands still while nobody knows what happens there. */
function now() {
  return frozen ?? model.now();
}

const stream = new Stream({
  url: '/api/events',
  headers: () => control.headers(),
  onEvent(event, told) {
    if (model.take(event, told)) {
      plan();
    }
    // A server that goes while its run does not is expected back.
    return event === 'end' && isOver(model.head) ? 'over' : '';
  },
  onState(is, why) {
    connection = is;
    frozen = is === 'live' ? null : now();
    tell(byId('connection'), CONNECTION[is]);
    set(byId('connection'), 'data-is', is);
    tellOrHide(byId('stale'), stale(is, why));
    byId('again').hidden = is !== 'ended';
    byId('unlock').hidden = is !== 'locked';
    set(document.body, 'data-stale', is === 'lost' || is === 'locked' ? '' : null);
    if (is === 'locked') {
      unlock();
    }
  },
});

function stale(is, why) {
  const seen = frozen === null ? '' : ` What you see is how it was at ${clock(frozen)}.`;
  switch (is) {
    case 'lost':
      return `Not live, ${why}.${seen} Trying again.`;
    case 'locked':
      return `The server shows nothing without its token.${seen}`;
    case 'ended':
      return 'The server has ended; this is the last it told.';
    default:
      return '';
  }
}

async function unlock() {
  const had = control.headers().Authorization !== undefined;
  control.forget();
  if (await control.ask(had ? 'That is not the token.' : '')) {
    stream.start();
  }
}

/** However much is told at once, it is shown once. */
function plan() {
  if (!planned) {
    planned = true;
    requestAnimationFrame(show);
  }
}

function show() {
  planned = false;
  const { head } = model;
  byId('content').hidden = false;
  showRisk(head, now());
  showHead(head, model.tables);
  tickHead(head, now());
  control.show(head);
  tables.show(model.tables, VIEWS[head.kind] ?? FINDINGS, model.events);
  chart.show(model.tables);
  timeCharts.show(head, now());
  nodes.show(head);
  pastRuns.show(head);
  report.show(head, connection);
  events.show(model.events, head.run?.id);
  byId('events-section').hidden = model.events.length === 0 && head.kind !== 'run';
  announcer.show(model.tables, [phase(head)[0], riskWord(head)]);
}

setInterval(() => {
  if (connection === 'live') {
    tables.tick();
    tickHead(model.head, now());
    showRisk(model.head, now());
    timeCharts.show(model.head, now());
  }
}, 1000);

byId('again').addEventListener('click', () => stream.start());
byId('unlock').addEventListener('click', unlock);
stream.start();
