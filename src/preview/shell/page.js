// A page of a report in its frame, renewed in place.

import { mark, renewDocument, renewStylesheets } from './document.js';
import { Errand } from './errand.js';
import { chosen, isTakenBack, state } from './newest.js';
import { find, PATIENCE } from './tools.js';

/** The pages that are published, as one kind of documents: where that of a report is, and what it is made of. */
export const PUBLISHED = {
  pathOf: report => `/${report.page}`,
  partsOf: report => ({ page: report.page_digest, pictures: report.pictures_digest, sheet: state.stylesheet_digest }),
};

/** A document that stands in the frame. What was begun for it ends with it: a stylesheet of a document that was left never answers. */
class Page {
  #document;
  #pane;
  #isLeft = false;
  #shown = {};
  #isMissing = false;
  #errand;

  constructor(document, pane, told) {
    this.#document = document;
    this.#pane = pane;
    this.#errand = new Errand(() => this.#renew(), told);
  }

  /** Whether no other document has taken its place. */
  get stands() {
    return !this.#isLeft && this.#pane.document === this.#document;
  }

  get path() {
    return this.#document.location.pathname;
  }

  get trouble() {
    if (this.#errand.failed) return 'could not be loaded, trying again…';
    if (this.#isMissing) return 'is no longer built';
    const wanted = this.#wanted;
    return Object.keys(wanted).some(part => wanted[part] !== this.#shown[part]) ? 'is being renewed…' : '';
  }

  renew() {
    this.#errand.run();
  }

  /** After the server was away, nothing that was loaded before can be trusted, but its pictures are those that it was told of. */
  distrust() {
    this.#shown = { pictures: this.#shown.pictures };
  }

  /** Another document is on its way, and is not to be stopped by anything that is done to this one. */
  leave() {
    this.#isLeft = true;
  }

  get #wanted() {
    const report = this.#pane.reportAt(this.path);
    return report ? this.#pane.documents.partsOf(report) : { page: `${state.edition} ${state.state}`, sheet: state.stylesheet_digest };
  }

  async #renew() {
    if (!this.stands || !state) return;
    const { page, pictures, sheet } = this.#wanted;
    // A document does not load a picture of the same name again.
    if (pictures && 'pictures' in this.#shown && pictures !== this.#shown.pictures) return this.#document.location.reload();
    this.#shown.pictures = pictures;
    if (page !== this.#shown.page) {
      const renewed = await this.#renewText();
      if (!this.stands) return;
      this.#shown.page = renewed ?? page;
      this.#pane.tell(this.#shown.page);
    }
    // With a page that is no longer built its style sheet is gone too.
    if (sheet !== this.#shown.sheet && !this.#isMissing) {
      await renewStylesheets(this.#document);
      this.#shown.sheet = sheet;
    }
  }

  /** Renews what is read. Gives back which page of a report it is by now: not always the one that was told last. */
  async #renewText() {
    const answer = await fetch(this.path, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
    const text = await answer.text();
    if (!this.stands) return;
    this.#isMissing = answer.status === 404;
    if (this.#isMissing) return;
    if (!answer.ok) throw new Error(answer.statusText);
    const changed = renewDocument(this.#document, new DOMParser().parseFromString(text, 'text/html'));
    if (!isTakenBack()) mark(changed);
    return this.#pane.reportAt(this.path) && answer.headers.get('etag')?.replaceAll('"', '');
  }
}

export class PagePane {
  documents;
  #frame;
  #back;
  #open;
  #reportId = null;
  /** The document that arrived last, and the page that it is if it is one of ours. */
  #arrived = null;
  #page = null;
  #patience;
  #told;

  /** Calls `chose` with a report whose page the reader went to, and `told` when there is something to say. */
  constructor({ documents, frame, open, back, chose = () => {}, told }) {
    this.documents = documents;
    this.#frame = frame;
    this.#open = open;
    this.#back = back;
    this.#told = told;
    frame.addEventListener('load', () => this.#arrive(chose));
    back?.addEventListener('click', () => this.#visit(chosen()));
  }

  show(report) {
    const path = this.documents.pathOf(report);
    this.#open.href = path;
    if (report.id !== this.#reportId) {
      this.#reportId = report.id;
      if (this.#standing?.path !== path) this.#visit(report);
    }
    this.#standing?.renew();
  }

  /** After the server was away, what stands is renewed, and what could not be loaded is loaded again. */
  distrust() {
    if (this.#standing) this.#standing.distrust();
    else this.#reportId = null;
  }

  /** Says which page stands in the frame. */
  tell(digest) {
    this.#frame.dataset.shown = digest;
    document.dispatchEvent(new Event('tally-page'));
  }

  /** The report whose page stands in the frame, if one's does. */
  get report() {
    return this.#standing && this.reportAt(this.#standing.path);
  }

  /** The document in the frame. */
  get document() {
    return this.#frame.contentDocument;
  }

  /** The report whose page has that path, if there is one. */
  reportAt(path) {
    return state?.reports.find(report => this.documents.pathOf(report) === path);
  }

  get trouble() {
    if (this.#standing) return this.#standing.trouble;
    return this.#page || this.#arrived !== this.document ? 'is being loaded…' : '';
  }

  get #standing() {
    return this.#page?.stands ? this.#page : null;
  }

  #visit(report) {
    this.#page?.leave();
    this.#frame.contentWindow.location.replace(this.documents.pathOf(report));
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => chosen() && this.#visit(chosen()), PATIENCE);
  }

  #arrive(chose) {
    clearTimeout(this.#patience);
    this.#arrived = this.document;
    delete this.#frame.dataset.shown;
    const isOurs = this.#arrived?.contentType === 'text/html' && this.#arrived.location.host === location.host;
    this.#page = isOurs ? new Page(this.#arrived, this, this.#told) : null;
    if (isOurs) this.#arrived.addEventListener('click', openElsewhere);
    const { report } = this;
    if (this.#back) this.#back.hidden = Boolean(report) || !state?.reports.length;
    if (report) {
      this.#reportId = report.id;
      chose(report);
    }
    this.#page?.renew();
    this.#told();
  }
}

/** Pages stay in the frame; whatever else a link leads to opens beside the preview. */
function openElsewhere(event) {
  if (event.defaultPrevented) return;
  const link = event.target.closest('a[href]');
  if (!link || !/^https?:$/.test(link.protocol)) return;
  if (link.host === location.host && /(\.html|\/)$/.test(link.pathname)) return;
  event.preventDefault();
  window.open(link.href, '_blank', 'noopener');
}
