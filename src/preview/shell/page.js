// The page of a report in its frame, renewed in place.

import { mark, renewDocument, renewStylesheets } from './document.js';
import { Errand } from './errand.js';
import { chosen, isTakenBack, state } from './newest.js';
import { find, PATIENCE } from './tools.js';

/** The report whose page has that path, if there is one. */
const reportAt = path => state?.reports.find(report => `/${report.page}` === path);

/** A document that stands in the frame. What was begun for it ends with it: a stylesheet of a document that was left never answers. */
class Page {
  #document;
  #isLeft = false;
  #shown = {};
  #isMissing = false;
  #errand;

  constructor(document, told) {
    this.#document = document;
    this.#errand = new Errand(() => this.#renew(), told);
  }

  /** Whether no other document has taken its place. */
  get stands() {
    return !this.#isLeft && find('frame').contentDocument === this.#document;
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
    const report = reportAt(this.path);
    return { page: report ? report.page_digest : `${state.edition} ${state.state}`, pictures: report?.pictures_digest, sheet: state.stylesheet_digest };
  }

  async #renew() {
    if (!this.stands || !state) return;
    const { page, pictures, sheet } = this.#wanted;
    // A document does not load a picture of the same name again.
    if (pictures && 'pictures' in this.#shown && pictures !== this.#shown.pictures) return this.#document.location.reload();
    this.#shown.pictures = pictures;
    if (page !== this.#shown.page) {
      await this.#renewText();
      this.#shown.page = page;
    }
    if (sheet !== this.#shown.sheet && this.stands) {
      await renewStylesheets(this.#document);
      this.#shown.sheet = sheet;
    }
  }

  async #renewText() {
    const answer = await fetch(this.path, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
    const text = await answer.text();
    if (!this.stands) return;
    this.#isMissing = answer.status === 404;
    if (this.#isMissing) return;
    if (!answer.ok) throw new Error(answer.statusText);
    const changed = renewDocument(this.#document, new DOMParser().parseFromString(text, 'text/html'));
    if (!isTakenBack()) mark(changed);
  }
}

export class PagePane {
  #frame = find('frame');
  #reportId = null;
  /** The document that arrived last, and the page that it is if it is one of ours. */
  #arrived = null;
  #page = null;
  #patience;
  #told;

  /** Calls `chose` with a report whose page the reader went to, and `told` when there is something to say. */
  constructor({ chose, told }) {
    this.#told = told;
    this.#frame.addEventListener('load', () => this.#arrive(chose));
    find('back').addEventListener('click', () => this.#visit(chosen()));
  }

  show(report) {
    find('open-page').href = `/${report.page}`;
    if (report.id !== this.#reportId) {
      this.#reportId = report.id;
      if (this.#standing?.path !== `/${report.page}`) this.#visit(report);
    }
    this.#standing?.renew();
  }

  /** After the server was away, what stands is renewed, and what could not be loaded is loaded again. */
  distrust() {
    if (this.#standing) this.#standing.distrust();
    else this.#reportId = null;
  }

  /** The report whose page stands in the frame, if one's does. */
  get report() {
    return this.#standing && reportAt(this.#standing.path);
  }

  get trouble() {
    if (this.#standing) return this.#standing.trouble;
    return this.#page || this.#arrived !== this.#frame.contentDocument ? 'is being loaded…' : '';
  }

  get #standing() {
    return this.#page?.stands ? this.#page : null;
  }

  #visit(report) {
    this.#page?.leave();
    this.#frame.contentWindow.location.replace(`/${report.page}`);
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => chosen() && this.#visit(chosen()), PATIENCE);
  }

  #arrive(chose) {
    clearTimeout(this.#patience);
    this.#arrived = this.#frame.contentDocument;
    const isOurs = this.#arrived?.contentType === 'text/html' && this.#arrived.location.host === location.host;
    this.#page = isOurs ? new Page(this.#arrived, this.#told) : null;
    if (isOurs) this.#arrived.addEventListener('click', openElsewhere);
    const { report } = this;
    find('back').hidden = Boolean(report) || !state?.reports.length;
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
  const link = event.target.closest('a[href]');
  if (!link || !/^https?:$/.test(link.protocol)) return;
  if (link.host === location.host && /(\.html|\/)$/.test(link.pathname)) return;
  event.preventDefault();
  window.open(link.href, '_blank', 'noopener');
}
