// What changed in a report since the last commit, in its frame.

import { state } from './newest.js';
import { PagePane } from './page.js';
import { find, make, write } from './tools.js';

const changesOf = ({ id }) => state.changes.reports[id];

/** The pages that say what changed, as one kind of documents. */
const COMPARED = {
  pathOf: report => changesOf(report) && `/~preview/changes/${report.id}/index.html`,
  partsOf: report => ({ page: changesOf(report).digest, sheet: state.changes.stylesheet_digest }),
};

export class ChangesPane {
  #pane;

  constructor({ told }) {
    this.#pane = new PagePane({ documents: COMPARED, frame: find('changes-frame'), open: find('open-changes'), told });
  }

  show(report) {
    const known = changesOf(report);
    const { since, notes } = state.changes;
    write('changes-count', known ? known.number : '');
    write('changes-since', known ? `since ${since}` : '');
    for (const id of ['changes-frame', 'open-changes']) find(id).hidden = !known;
    this.#explain(known ? [] : notes);
    if (known) this.#pane.show(report);
  }

  /** Says why there is nothing to show. */
  #explain(notes) {
    const words = find('changes-words');
    words.hidden = notes.length === 0;
    if (words.textContent === notes.join('')) return;
    words.replaceChildren(...notes.map(textContent => make('p', { textContent })));
  }

  distrust() {
    this.#pane.distrust();
  }

  get trouble() {
    if (state.state === 'done' && state.changes.edition !== state.edition) return 'is being compared…';
    const isShown = !find('changes-frame').hidden;
    return isShown && this.#pane.trouble || (isShown ? state.changes.notes.join(' ') : '');
  }
}
