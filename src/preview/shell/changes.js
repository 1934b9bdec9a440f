// What changed in a report since an earlier state, in its frame.

import { changesSince, earlierOf, readyChoice, whyNothing } from './earlier.js';
import { state } from './newest.js';
import { PagePane } from './page.js';
import { find, make, write } from './tools.js';

const changesOf = report => changesSince(report).reports[report.id];

/** The pages that say what changed, as one kind of documents. */
const COMPARED = {
  pathOf: report => changesOf(report) && `/~preview/changes/${earlierOf(report)}/${report.id}/index.html`,
  partsOf: report => ({ page: changesOf(report).digest, sheet: changesSince(report).stylesheet_digest }),
};

export class ChangesPane {
  #pane;
  #report = null;

  constructor({ told }) {
    this.#pane = new PagePane({ documents: COMPARED, frame: find('changes-frame'), open: find('open-changes'), told });
    const again = () => {
      if (this.#report) this.show(this.#report);
      told();
    };
    readyChoice(find('changes-earlier'));
    document.addEventListener('tally-earlier', again);
  }

  show(report) {
    this.#report = report;
    const known = changesOf(report);
    find('changes-earlier').value = earlierOf(report);
    write('changes-count', known ? known.number : '');
    write('changes-since', known ? known.before : '');
    for (const id of ['changes-frame', 'open-changes']) find(id).hidden = !known;
    this.#explain(known ? [] : whyNothing(report));
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
    const isShown = this.#report && !find('changes-frame').hidden;
    return isShown && this.#pane.trouble || (isShown ? changesSince(this.#report).notes.join('; ') : '');
  }
}
