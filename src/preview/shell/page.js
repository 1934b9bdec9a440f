// The page of a report in its frame, renewed in place.

import { mark, renewDocument, renewStylesheets } from './document.js';
import { Errand } from './errand.js';
import { chosen, isTakenBack, state } from './newest.js';
import { find } from './tools.js';

/** How long an answer is waited for, in milliseconds. */
const PATIENCE = 15_000;

/** The report whose page has that path, if it is one's. */
const reportAt = path => state?.reports.find(report => `/${report.page}` === path);

/** A document that stands in the frame. What was begun for it ends with it: a file that it no longer waits for never comes. */
class Page {
  #document;
  #shown = {};
  #isMissing = false;
  #errand;

  constructor(document, told) {
    this.#document = document;
    this.#errand = new Errand(() => this.#renew(), told);
  }

  /** Whether no other document has taken its place. */
  get stands() {
    return find('frame').contentDocument === this.#document;
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

  /** After the server was away, nothing that was loaded before can be trusted. */
  distrust() {
    this.#shown = {};
  }

  get #wanted() {
    const report = reportAt(this.path);
    return { page: report ? report.page_digest : `${state.edition} ${state.state}`, pictures: report?.pictures_digest, sheet: state.stylesheet_digest };
  }

  async #renew() {
    if (!this.stands || !state) return;
    const { page, pictures, sheet } = this.#wanted;
    // A document does not load a picture of the same name again.
    if ('pictures' in this.#shown && pictures !== this.#shown.pictures) return this.#document.location.reload();
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
  #page = null;
  #isAwaited = false;
  #told;

  /** Calls `arrived` with a report whose page the reader went to, and `told` when there is something to say. */
  constructor({ arrived, told }) {
    this.#told = told;
    this.#frame.addEventListener('load', () => this.#arrive(arrived));
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

  distrust() {
    this.#standing?.distrust();
  }

  get trouble() {
    return this.#isAwaited ? 'is being loaded…' : this.#standing?.trouble ?? '';
  }

  /** The page in the frame, if one stands there. */
  get #standing() {
    return this.#page?.stands ? this.#page : null;
  }

  #visit(report) {
    this.#isAwaited = true;
    this.#frame.contentWindow.location.replace(`/${report.page}`);
  }

  #arrive(arrived) {
    const doc = this.#frame.contentDocument;
    const isOurs = doc?.contentType === 'text/html' && doc.location.host === location.host;
    this.#isAwaited = false;
    this.#page = isOurs ? new Page(doc, this.#told) : null;
    if (isOurs) doc.addEventListener('click', openElsewhere);
    const report = isOurs && reportAt(this.#page.path);
    find('back').hidden = Boolean(report) || !state?.reports.length;
    if (report) {
      this.#reportId = report.id;
      arrived(report);
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
