// Pause, continue and abort, and the token they need; it is kept in this tab only.

import { byId, set, tell, tellOrHide } from './dom.js';
import { isOver } from './head.js';
import { said } from './stream.js';

const KEPT = 'xmover-token';
/** What a header can carry; XMover takes no other token. */
const TOKEN = /^[\x21-\x7e]*$/;
const TOLD = {
  pause: 'Asked to pause: no new table is started, those under way go on.',
  continue: 'Asked to go on.',
  abort: 'Asked to abort: tables at zero replicas are put back at once.',
};

export class Control {
  #token = kept();
  #asking = null;
  #busy = false;

  constructor() {
    byId('pause').addEventListener('click', event => this.#order(event.target.dataset.order));
    byId('abort').addEventListener('click', () => this.#abort());
    byId('forget').addEventListener('click', () => this.forget());
    byId('token-form').addEventListener('submit', event => {
      event.preventDefault();
      if (TOKEN.test(byId('token').value.trim())) {
        byId('token-dialog').close('given');
      } else {
        this.#wrong('A token has ASCII letters and signs alone, and no spaces.');
        byId('token').select();
      }
    });
    for (const button of document.querySelectorAll('dialog [data-close]')) {
      button.addEventListener('click', () => button.closest('dialog').close(button.dataset.close));
    }
    this.#showForget();
  }

  /** The headers that show the token, where there is one. */
  headers() {
    return this.#token ? { Authorization: `Bearer ${this.#token}` } : {};
  }

  forget() {
    this.#keep('');
  }

  /** Offers what can be ordered now. */
  show(head) {
    byId('controls').hidden = head.kind !== 'run' || isOver(head);
    const order = head.paused === undefined ? 'pause' : 'continue';
    byId('pause').dataset.order = order;
    tell(byId('pause'), order === 'pause' ? 'Pause' : 'Continue');
    set(byId('pause'), 'disabled', head.stopping === undefined ? null : '');
  }

  /**
   * Asks for the token; true when one was given.
   *
   * @param wrong why it is asked for again
   */
  ask(wrong = '') {
    this.#asking ??= this.#dialog(wrong).finally(() => (this.#asking = null));
    return this.#asking;
  }

  async #dialog(wrong) {
    this.#wrong(wrong);
    const answer = await asked(byId('token-dialog'), byId('token'));
    const given = byId('token').value.trim();
    byId('token').value = '';
    if (answer !== 'given' || given === '') {
      return false;
    }
    this.#keep(given);
    return true;
  }

  #wrong(why) {
    tellOrHide(byId('token-wrong'), why);
    set(byId('token'), 'aria-invalid', why ? 'true' : null);
  }

  async #abort() {
    if ((await asked(byId('abort-dialog'), byId('abort-not'))) === 'abort') {
      await this.#order('abort');
    }
  }

  async #order(word) {
    if (this.#busy) {
      return;
    }
    this.#busy = true;
    try {
      await this.#send(word);
    } catch {
      this.#say('', `No answer to ${word}: it may have been heard or not. Look at the state.`);
    } finally {
      this.#busy = false;
    }
  }

  async #send(word) {
    this.#say('', '');
    let wrong = '';
    while (this.#token || (await this.ask(wrong))) {
      const url = `/api/control/${word}`;
      const answer = await fetch(url, { method: 'POST', headers: this.headers() });
      if (answer.ok) {
        this.#say(TOLD[word], '');
        return;
      }
      if (answer.status !== 401) {
        const why = said((await answer.text()).trim()) || `it answered ${answer.status}`;
        this.#say('', `Could not ${word}: ${why}`);
        return;
      }
      this.forget();
      wrong = 'That is not the token.';
    }
  }

  #say(good, bad) {
    tellOrHide(byId('said'), good);
    tellOrHide(byId('refused'), bad);
  }

  #keep(token) {
    this.#token = token;
    try {
      sessionStorage.setItem(KEPT, token);
    } catch {
      // Storage may be switched off; then it is asked for again after a reload.
    }
    this.#showForget();
  }

  #showForget() {
    byId('forget').hidden = this.#token === '';
  }
}

function kept() {
  try {
    const token = sessionStorage.getItem(KEPT) ?? '';
    return TOKEN.test(token) ? token : '';
  } catch {
    return '';
  }
}

/** Opens a dialog; what it was closed with. */
function asked(dialog, first) {
  dialog.returnValue = '';
  dialog.showModal();
  first.focus();
  return new Promise(resolve => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue), { once: true });
  });
}
