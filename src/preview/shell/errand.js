// Work that follows what changes.

import { RETRY } from './tools.js';

/** Repeats `step` for as long as there is something new, never twice at once, tries again what failed, and calls `told` after each. */
export class Errand {
  failed = false;
  #step;
  #told;
  #asked = false;
  #running = false;
  #wake = () => {};

  constructor(step, told) {
    this.#step = step;
    this.#told = told;
  }

  async run() {
    this.#asked = true;
    this.#wake();
    if (this.#running) return;
    this.#running = true;
    while (this.#asked) {
      this.#asked = false;
      this.failed = await this.#step().then(() => false, () => true);
      this.#told();
      if (this.failed) await this.#rest();
    }
    this.#running = false;
  }

  async #rest() {
    if (!this.#asked) await new Promise(done => { this.#wake = done; setTimeout(done, RETRY); });
    this.#asked = true;
  }
}
