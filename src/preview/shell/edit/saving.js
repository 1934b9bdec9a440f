// Sends what is typed, one request after the other, and tries again what could not be written.

import { askWritten } from './messages.js';

/** After so many milliseconds it is said that something is being saved. */
const PATIENCE = 200;
/** How long after a failure it is tried again. */
const AGAIN = 2000;

export class Saving {
  #told;
  #busy = false;
  #waiting = [];
  /** Whether the first that waits could not be written, and is tried again. */
  #failing = false;

  /** Calls `told` with each answer, and with `{ state: 'saving' }` when it takes long. */
  constructor(told) {
    this.#told = told;
    addEventListener('beforeunload', event => { if (this.isBusy) event.preventDefault(); });
  }

  get isBusy() {
    return this.#busy || this.#waiting.length > 0;
  }

  /** Whether something is about to be written; not while it is tried again for long, since nobody should wait for that. */
  get isWriting() {
    return this.isBusy && !this.#failing;
  }

  /** Sends a request that `make` makes when it is its turn; of several of one key only the last. */
  send({ key = null, path = 'change', make, done = () => {} }) {
    if (key !== null) this.#waiting = this.#waiting.filter(one => one.key !== key);
    this.#waiting.push({ key, path, make, done });
    this.#next();
  }

  async #next() {
    if (this.#busy || !this.#waiting.length) return;
    this.#busy = true;
    const one = this.#waiting.shift();
    const slow = setTimeout(() => this.#told({ state: 'saving' }), PATIENCE);
    const answer = await askWritten(one.path, one.make());
    clearTimeout(slow);
    this.#failing = answer.state === 'failed';
    this.#busy = false;
    one.done(answer);
    this.#told(answer);
    if (answer.state === 'failed' && one.key !== null && !this.#waiting.some(({ key }) => key === one.key)) {
      this.#waiting.unshift(one);
      setTimeout(() => this.#next(), AGAIN);
      return;
    }
    this.#next();
  }
}
