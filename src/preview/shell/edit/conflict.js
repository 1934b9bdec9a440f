// Shows side by side what was typed and what another program wrote in the same place, and lets the writer choose.

import { state } from './newest.js';
import { isFile } from './places.js';
import { differing, find } from './tools.js';

export class ConflictDialog {
  #places;
  #settle;
  /** What was typed, with the revision of the file that it is to be settled against, and the edition that was shown. */
  #open = null;
  /** The same, once the writer has chosen. */
  #chosen = null;

  /** Calls `settle` with what was typed and whether it is to be written, when the file is known as it is on the disk. */
  constructor(places, settle) {
    this.#places = places;
    this.#settle = settle;
    find('conflict-theirs-stay').addEventListener('click', () => this.#choose(false));
    find('conflict-yours-again').addEventListener('click', () => this.#choose(true));
  }

  /** What was typed, to be shown next. */
  note(typed) {
    this.#open = { ...typed, edition: state.edition };
  }

  /** Shows both texts; whether there is something that was typed. */
  show({ file, yours, theirs }) {
    if (!this.#open) return false;
    find('conflict-words').textContent = `${file} was changed in the same place meanwhile. Nothing that you typed is lost.`;
    const [from, mine, other] = differing(yours, theirs);
    find('conflict-yours').textContent = around(yours, from, mine);
    find('conflict-theirs').textContent = around(theirs, from, other);
    if (!find('conflict').open) find('conflict').showModal();
    return true;
  }

  #choose(isMine) {
    find('conflict').close();
    this.#chosen = this.#open && { ...this.#open, isMine };
    this.#open = null;
    this.settleNow();
  }

  /** Settles what was chosen, if the places are of the file as it was then on the disk, or newer. */
  async settleNow() {
    const { items, edition } = this.#places;
    const chosen = this.#chosen;
    const isOfDisk = ({ file, revision }) => file === chosen.item.file && revision === chosen.revision;
    // A build that ran at the time may have read the file before it was changed. All of a file is asked for anew.
    if (!chosen || !isFile(chosen.item) && edition <= chosen.edition + 1 && !items.some(isOfDisk)) return;
    this.#chosen = null;
    // What cannot be settled now is settled when more is known.
    await this.#settle(chosen).catch(() => { this.#chosen ??= chosen; });
  }
}

/** The lines that hold some letters. */
function around(text, from, to) {
  const end = text.indexOf('\n', to);
  return text.slice(text.lastIndexOf('\n', from - 1) + 1, end < 0 ? undefined : end);
}
