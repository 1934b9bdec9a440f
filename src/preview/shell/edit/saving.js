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
  /** Whether what is not written yet could not be written, and is tried again. */
  isFailing = false;

  /**
   * Calls `told` with each answer, and with `{ state: 'saving' }` when it takes long; a failure says whether it `isTriedAgain`.
   */
  constructor(told) {
    this.#told = told;
    addEventListener('beforeunload', event => { if (this.isBusy) event.preventDefault(); });
  }

  /** Whether something is not written yet. */
  get isBusy() {
    return this.#busy || this.#waiting.length > 0;
  }

  /**
   * Sends a request that `make` makes when it is its turn; of several of one key only the last, and that until it is written.
   */
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
    this.#busy = false;
    const isTriedAgain = this.isFailing = answer.state === 'failed' && one.key !== null;
    // What was typed there since takes its place.
    if (isTriedAgain && !this.#waiting.some(({ key }) => key === one.key)) this.#waiting.unshift(one);
    one.done(answer);
    this.#told({ ...answer, isTriedAgain });
    if (isTriedAgain) setTimeout(() => this.#next(), AGAIN);
    else this.#next();
  }
}
