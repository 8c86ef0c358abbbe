// The banner: what has one copy, for how long, and what keeps a table at zero replicas.

import { copyText } from './copyable.js';
import { byId, set, tell, tellOrHide } from './dom.js';
import { SIGNS, bytes, count, duration, limit } from './words.js';

const TONES = { none: 'good', one_copy: 'warn', restore_failing: 'bad' };

const WORDS = {
  none: 'Nothing is at one copy',
  one_copy: 'Tables are at one copy',
  restore_failing: 'A restore fails',
};

byId('risk-copy').addEventListener('click', () => copyText(byId('risk-statement'), byId('risk-copy')));

// On a phone the banner must leave room for the rest; what it folds is one touch away.
const phone = matchMedia('(max-width: 40rem)');
byId('risk-more').open = !phone.matches;
phone.addEventListener('change', () => (byId('risk-more').open = !phone.matches));

/** How bad it is, in a word that screen readers hear. */
export function riskWord({ risk }) {
  return WORDS[risk?.level] ?? '';
}

/** Shows it as it is now; times in it go on by themselves. */
export function showRisk({ risk }, now) {
  byId('risk').hidden = risk === undefined;
  if (risk === undefined) {
    return;
  }
  const tone = TONES[risk.level] ?? 'warn';
  set(byId('risk'), 'data-tone', tone);
  tell(byId('risk-words'), `${SIGNS[tone]} ${words(risk, now)}`);
  tell(byId('risk-why'), risk.failing?.reason ?? '');
  byId('risk-more').hidden = !risk.failing;
  const statement = risk.failing?.statement;
  byId('risk-type').hidden = !statement;
  tellOrHide(byId('risk-statement'), statement);
}

function words(risk, now) {
  if (risk.failing) {
    return failing(risk.failing, now);
  }
  return risk.tables === 0 ? 'Nothing is at one copy' : exposed(risk, now);
}

function exposed({ tables, bytes: size, longest, next_look: next }, now) {
  const parts = [`${count(tables, 'table')}, ${bytes(size)} at one copy`];
  if (longest) {
    const most = longest.limit_ms === undefined ? '' : ` of ${limit(longest.limit_ms)}`;
    const time = duration(since(longest.since, now));
    parts.push(`${tables === 1 ? '' : 'the longest '}for ${time}${most}`);
  }
  if (next) {
    parts.push(`next look in ${duration(until(next, now))}`);
  }
  return parts.join(', ');
}

function failing({ table, since: began, attempt, again, others }, now) {
  const more = others > 0 ? ` and ${others} more` : '';
  const first = `Restore failing: ${table}${more}, at one copy for ${duration(since(began, now))}.`;
  return again
    ? `${first} Attempt ${attempt} failed, next try in ${duration(until(again, now))}.`
    : first;
}

function since(iso, now) {
  return Math.max(0, (now ?? Date.parse(iso)) - Date.parse(iso));
}

function until(iso, now) {
  return Math.max(0, Date.parse(iso) - (now ?? Date.parse(iso)));
}
