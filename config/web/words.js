// Puts sizes, times, states and stages into words; what is unknown stays as the server wrote it.

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];

/** As XMover writes it everywhere: 1 KB = 1024 bytes. */
export function bytes(value) {
  let amount = value;
  let unit = 0;
  while (amount >= 1023.95 && unit < UNITS.length - 1) {
    amount /= 1024;
    unit++;
  }
  return unit === 0 ? `${value} B` : `${amount.toFixed(1)} ${UNITS[unit]}`;
}

/** A time that goes on: whole seconds. */
export function duration(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours > 0) {
    return `${hours} h ${minutes % 60} min`;
  }
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

/** The same where there is little room, as the log writes it: `9m12s`. */
export function brief(ms) {
  return limit(ms).replaceAll(/ (min|h|s)/g, (all, unit) => unit[0]).replaceAll(' ', '');
}

/** A bound: what it has no seconds of is not told. */
export function limit(ms) {
  return duration(ms).replace(/ 0 (s|min)$/, '');
}

/** A time that is over: with tenths where they tell something. */
export function took(ms) {
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : limit(ms);
}

/** The time of day here. */
export function clock(iso) {
  const time = new Date(iso);
  const two = number => String(number).padStart(2, '0');
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':');
}

/** The same; of another day than this one with it. */
export function dated(iso, now, today = clock(iso)) {
  const then = new Date(iso);
  const two = number => String(number).padStart(2, '0');
  const day = [then.getFullYear(), two(then.getMonth() + 1), two(then.getDate())].join('-');
  const same = new Date(now).toDateString() === then.toDateString();
  return same ? today : `${day} ${clock(iso).slice(0, 5)}`;
}

/** A time to come with its day where that is another one, and how long it is until then. */
export function moment(iso, now) {
  return `${dated(iso, now, clock(iso).slice(0, 5))}, in ${until(iso, now)}`;
}

/** How long it is until then. */
export function until(iso, now) {
  return brief(Math.max(0, Date.parse(iso) - now));
}

export function percent(value) {
  return `${Math.round(value)} %`;
}

export function count(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}

/** The five steps of the handbook, of which the last has two ends, and every copy STARTED. */
export const STEPS = [
  ['DETECTED', 'Detected'],
  ['SETTING_REPLICAS_ZERO', 'Setting replicas to zero', 'Setting to zero'],
  ['MONITORING_LEASES', 'Monitoring leases'],
  ['RESTORING_REPLICAS', 'Restoring replicas'],
  ['COMPLETED', 'Completed'],
  ['RECOVERED', 'Recovered'],
];

/** What people call a stage, how it is meant, where it is filed and how early it is shown. */
const STAGES = {
  critical: ['Critical', 'bad', 'problems', 0],
  resetting: ['Resetting', 'busy', 'active', 1],
  recovering: ['Recovering', 'busy', 'active', 2],
  starting: ['Starting', 'busy', 'active', 3],
  failed: ['Failed', 'bad', 'problems', 4],
  not_cured: ['Not cured', 'warn', 'problems', 5],
  queued: ['Waiting', 'quiet', 'waiting', 6],
  not_started: ['Not started', 'warn', 'left', 7],
  completed: ['Completed', 'good', 'done', 8],
};

export function stage(word) {
  const [name, tone, group, order] = STAGES[word] ?? [sentence(word), 'quiet', 'active', 4];
  return { name, tone, group, order };
}

/** `not_cured` as `Not cured`. */
export function sentence(word) {
  const text = String(word ?? '').replaceAll('_', ' ').toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A sign beside each tone, so that no colour has to be seen. */
export const SIGNS = { good: '✓', busy: '▸', quiet: '○', warn: '!', bad: '✕' };

/** What XMover's exit codes mean, as the handbook says. */
export const EXITS = {
  0: 'all done',
  1: 'general error',
  2: 'nothing succeeded, leases timed out; the replicas are back',
  3: 'some tables failed or are not cured',
  4: 'critical: the replicas of some table could not be restored',
  130: 'stopped by Ctrl-C; what was at risk was put back',
  143: 'stopped by SIGTERM; what was at risk was put back',
};
