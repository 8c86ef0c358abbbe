// Two sizes over the time of a run: what had one copy, and what translog was uncommitted.

import { arrange, byId, el, svg, tell } from './dom.js';
import { brief, bytes } from './words.js';

const HEIGHT = 132;
const TOP = 18;
const BOTTOM = 18;
/** Rows of the table that tells the same; a screen reader should come to its end. */
const ROWS = 12;

/** What each chart draws: its size at a point, the most in between, and the size now. */
const CHARTS = [
  {
    id: 'exposed',
    title: 'Bytes at one copy since the start',
    value: point => point.one_copy,
    most: point => point.most,
    now: head => head.risk?.bytes,
  },
  {
    id: 'uncommitted',
    title: "Uncommitted translog of the run's tables",
    value: point => point.uncommitted,
    most: point => point.uncommitted,
    now: () => undefined,
  },
];

export class TimeCharts {
  #told = null;
  #now = 0;
  #drawn = new Map();

  constructor() {
    const watch = new ResizeObserver(() => this.#draw());
    CHARTS.forEach(({ id }) => watch.observe(byId(`${id}-chart`)));
  }

  /** Shows how it went until now; a run that is over goes on no more. */
  show(head, now) {
    const { over_time: told } = head;
    byId('time-section').hidden = told === undefined;
    if (told === undefined) {
      return;
    }
    this.#told = { ...told, head };
    const end = head.report ? Date.parse(head.report.ended) : now ?? Date.parse(head.now);
    this.#now = Math.max(1000, end - Date.parse(told.began), told.points.at(-1).ms);
    this.#draw();
  }

  #draw() {
    if (this.#told !== null) {
      CHARTS.forEach(chart => this.#drawOne(chart));
    }
  }

  #drawOne(chart) {
    const box = byId(`${chart.id}-chart`);
    const width = Math.floor(box.clientWidth);
    const { points, limit_bytes: limit, head } = this.#told;
    const line = chart.id === 'exposed' ? limit : undefined;
    const last = chart.now(head) ?? chart.value(points.at(-1));
    const drawn = JSON.stringify([width, this.#now >> 10, last, points, line]);
    if (width === 0 || drawn === this.#drawn.get(chart.id)) {
      return;
    }
    this.#drawn.set(chart.id, drawn);
    const words = inWords(chart, points, last, line, head.report === undefined);
    arrange(box, [picture(chart, points, last, line, width, this.#now, words)]);
    tell(byId(`${chart.id}-words`), words);
    arrange(byId(`${chart.id}-table`), rows(chart, points, last, this.#now));
  }
}

function largest(chart, points, last) {
  return Math.max(last, ...points.map(chart.most));
}

function inWords(chart, points, last, limit, goesOn) {
  const most = bytes(largest(chart, points, last));
  if (chart.id === 'uncommitted') {
    const first = chart.value(points[0]);
    return `${bytes(last)} now in the worst replica of each table, summed; ${bytes(first)} at the start.`;
  }
  const bound = limit === undefined ? 'No limit is set' : `The limit is ${bytes(limit)}`;
  return `${bytes(last)} now, ${most} at most${goesOn ? ' so far' : ''}. ${bound}.`;
}

function picture(chart, points, last, limit, width, end, words) {
  const top = Math.max(1, limit ?? 0, largest(chart, points, last)) * 1.05;
  const x = ms => ((ms / end) * width).toFixed(1);
  const y = size => (HEIGHT - BOTTOM - (size / top) * (HEIGHT - TOP - BOTTOM)).toFixed(1);
  const title = svg('title', { id: `${chart.id}-title` });
  title.textContent = chart.title;
  const desc = svg('desc', { id: `${chart.id}-desc` });
  desc.textContent = words;
  const node = svg(
    'svg',
    {
      width,
      height: HEIGHT,
      viewBox: `0 0 ${width} ${HEIGHT}`,
      role: 'img',
      'aria-labelledby': `${chart.id}-title`,
      'aria-describedby': `${chart.id}-desc`,
    },
    title,
    desc,
    svg('line', { x1: 0, x2: width, y1: y(0), y2: y(0), class: 'axis' }),
  );
  const path = steps(chart, points, last, end, x, y);
  node.append(svg('path', { d: `${path} V${y(0)} H0 Z`, class: 'area' }));
  node.append(svg('path', { d: path, class: 'curve' }));
  const highest = largest(chart, points, last);
  if (highest > 0 && (limit === undefined || Math.abs(y(limit) - y(highest)) > 14)) {
    node.append(text(bytes(highest), { x: 0, y: Math.max(11, y(highest) - 4) }));
  }
  if (limit !== undefined) {
    node.append(svg('line', { x1: 0, x2: width, y1: y(limit), y2: y(limit), class: 'limit' }));
    node.append(text(`limit ${bytes(limit)}`, { x: width, y: Math.max(11, y(limit) - 4), 'text-anchor': 'end', class: 'limit-word' }));
  }
  node.append(
    text('start', { x: 0, y: HEIGHT - 4, class: 'chart-value' }),
    text(brief(end), { x: width, y: HEIGHT - 4, 'text-anchor': 'end', class: 'chart-value' }),
  );
  return node;
}

/** From each point on its size stays until the next one; the most in between is a peak. */
function steps(chart, points, last, end, x, y) {
  const moves = points.map((point, place) => {
    const begin = place === 0 ? `M${x(point.ms)} ${y(chart.value(point))}` : `H${x(point.ms)}`;
    const peak = chart.most(point) > chart.value(point) ? ` V${y(chart.most(point))}` : '';
    return `${begin}${peak} V${y(chart.value(point))}`;
  });
  return `${moves.join(' ')} H${x(end)} V${y(last)}`;
}

function text(words, attributes) {
  const node = svg('text', attributes);
  node.textContent = words;
  return node;
}

function rows(chart, points, last, end) {
  const every = Math.max(1, Math.ceil(points.length / ROWS));
  const told = points.filter((point, place) => place % every === 0 || place === points.length - 1);
  return [
    ...told.map(point => [brief(point.ms), chart.value(point)]),
    [`${brief(end)} (now)`, last],
  ].map(([time, size]) =>
    el('tr', {}, el('th', { scope: 'row' }, time), el('td', {}, bytes(size))));
}
