// Follows server-sent events with fetch: EventSource can show no token and tells no reason.

/** Longest silence; the server says something every 15 s. */
const PATIENCE = 40_000;
const SHORTEST = 500;
const LONGEST = 15_000;

/** Takes text in pieces of any size and tells each event that is complete: {id, event, data}. */
export function parser(onEvent) {
  let rest = '';
  let event = {};
  function line(text) {
    if (text === '') {
      if (event.data !== undefined) {
        onEvent({ id: event.id ?? '', event: event.event ?? 'message', data: event.data });
      }
      event = {};
      return;
    }
    const colon = text.indexOf(':');
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') {
      event.data = event.data === undefined ? value : `${event.data}\n${value}`;
    } else if (field === 'id' || field === 'event') {
      event[field] = value;
    }
  }
  return piece => {
    rest += piece;
    // A carriage return at the very end may be half of a line's end.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    lines.forEach(line);
  };
}

/** How long to wait before another attempt: longer each time, and not all pages at once. */
export function backoff(attempt, random = Math.random()) {
  return Math.min(LONGEST, SHORTEST * 2 ** Math.min(attempt, 10)) * (0.5 + random / 2);
}

/**
 * A connection that comes back by itself. It tells events to `onEvent` and how it stands to
 * `onState`: connecting, live, lost (with `why`, and comes back), locked (needs another token) or
 * ended (nothing more comes).
 */
export class Stream {
  #options;
  #last = '';
  #attempt = 0;
  #over = false;
  #abort = null;
  #wake = null;

  constructor({ url, headers, onEvent, onState, patience = PATIENCE }) {
    this.#options = { url, headers, onEvent, onState, patience };
    addEventListener('online', () => this.#wake?.());
    addEventListener('pagehide', () => this.#abort?.abort());
    document.addEventListener('visibilitychange', () => document.hidden || this.#wake?.());
  }

  /** Connects, also after an end; does nothing while it is at it. */
  async start() {
    if (this.#abort !== null) {
      return;
    }
    this.#over = false;
    this.#tell('connecting');
    for (;;) {
      const why = await this.#listen();
      if (why === null) {
        break;
      }
      this.#tell('lost', why.text);
      await this.#pause(why.after ?? backoff(this.#attempt++));
    }
    this.#abort = null;
  }

  /** Listens as long as it lasts; tells why to come back, null when not to. */
  async #listen() {
    const { url, headers, patience } = this.#options;
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    let timer = 0;
    const heard = () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.#abort.abort(), patience);
    };
    heard();
    try {
      const resume = this.#last ? { 'Last-Event-ID': this.#last } : {};
      const asked = { headers: { ...headers(), ...resume }, signal, cache: 'no-store' };
      const answer = await fetch(url, asked);
      if (!answer.ok) {
        return await this.#refused(answer);
      }
      this.#tell('live');
      await this.#read(answer.body, heard);
      return this.#over ? null : { text: 'the server closed the connection' };
    } catch {
      const silent = `nothing was heard for ${Math.round(patience / 1000)} s`;
      return { text: signal.aborted ? silent : 'the server can not be reached' };
    } finally {
      clearTimeout(timer);
    }
  }

  async #read(body, heard) {
    const take = parser(event => this.#take(event));
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      heard();
      this.#attempt = 0;
      take(piece.value);
    }
  }

  #take({ id, event, data }) {
    this.#last = id || this.#last;
    if (this.#options.onEvent(event, read(data)) === 'over') {
      this.#over = true;
      this.#tell('ended');
    }
  }

  async #refused(answer) {
    if (answer.status === 401) {
      this.#tell('locked');
      return null;
    }
    const text = (await answer.text()).trim();
    const seconds = Number(answer.headers.get('Retry-After'));
    return { text: said(text) || `it answered ${answer.status}`, after: seconds * 1000 || undefined };
  }

  #pause(ms) {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    }).finally(() => (this.#wake = null));
  }

  #tell(is, why = '') {
    this.#options.onState(is, why);
  }
}

/** What is not seen, or would turn the reading direction. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Reads JSON; whatever a text hides is spelled out, as everywhere else. */
function read(json) {
  const spelled = hidden =>
    hidden.split('').map(half => '\\u' + half.charCodeAt(0).toString(16).padStart(4, '0')).join('');
  return JSON.parse(json, (key, value) =>
    typeof value === 'string' ? value.replace(HIDDEN, spelled) : value);
}

/** The sentence of a refusal, which is JSON or plain text. */
export function said(text) {
  try {
    return read(text).error ?? '';
  } catch {
    return text.slice(0, 300);
  }
}
