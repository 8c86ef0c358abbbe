// The report of a run that is over: a page to read and JSON for programs. A token is shown by fetch.

import { byId, tellOrHide } from './dom.js';

const WHERE = { html: ['/report', 'text/html'], json: ['/api/report', 'application/json'] };

export class Report {
  #headers;

  constructor(headers) {
    this.#headers = headers;
    for (const form of Object.keys(WHERE)) {
      byId(`report-${form}`).addEventListener('click', event => {
        // A link shows no token; without one it is a link like any other.
        if (this.#headers().Authorization) {
          event.preventDefault();
          this.#save(form);
        }
      });
    }
  }

  /** Offers it once the run is over, as long as its server is there. */
  show({ report, exit_code: exit }, connection) {
    byId('report').hidden = (report ?? exit) === undefined || connection === 'ended';
  }

  async #save(form) {
    const [path, type] = WHERE[form];
    try {
      const answer = await fetch(path, { headers: this.#headers() });
      if (!answer.ok) {
        throw new Error((await answer.text()).trim());
      }
      const address = URL.createObjectURL(new Blob([await answer.text()], { type }));
      const link = document.createElement('a');
      link.href = address;
      link.download = `xmover-report.${form}`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), 10_000);
    } catch (failure) {
      tellOrHide(byId('refused'), `The report could not be fetched: ${failure.message}`);
    }
  }
}
