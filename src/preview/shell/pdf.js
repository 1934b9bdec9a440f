// The pages of the PDF, one under the other, as pictures.

import { Errand } from './errand.js';
import { chosen, isTakenBack } from './newest.js';
import { count, find, limit, make, memory } from './tools.js';

export class PdfPane {
  #scroller = find('sheets');
  #reportId = null;
  #sheets = [];
  #place = null;
  #zoom = Number(memory.read('zoom', 1));
  #errand;

  constructor({ told }) {
    this.#errand = new Errand(() => this.#renew(), told);
    this.#scroller.addEventListener('scroll', () => this.#follow());
    new ResizeObserver(() => this.#goTo(this.#place)).observe(this.#scroller);
    find('smaller').addEventListener('click', () => this.#setZoom(this.#zoom / 1.25));
    find('larger').addEventListener('click', () => this.#setZoom(this.#zoom * 1.25));
    find('fit').addEventListener('click', () => this.#setZoom(1));
    find('next-change').addEventListener('click', () => this.#goToNextChange());
    this.#setZoom(this.#zoom);
  }

  show(report) {
    find('open-pdf').href = `/${report.pdf}`;
    this.#errand.run();
  }

  get trouble() {
    if (this.#errand.failed) return 'could not be loaded, trying again…';
    return chosen()?.pdf_pages.some((page, index) => page.digest !== this.#sheets[index]?.digest) ? 'is being renewed…' : '';
  }

  async #renew() {
    const report = chosen();
    if (!report) return;
    const pages = report.pdf_pages;
    const sameReport = report.id === this.#reportId;
    if (sameReport && pages.length === this.#sheets.length && pages.every(({ digest }, index) => digest === this.#sheets[index].digest)) return;

    const place = sameReport ? this.#place : null;
    const top = place ? locate(place, pages) : 0;
    const unused = new Set(sameReport ? this.#sheets : []);
    const sheets = await Promise.all(pages.map((page, index) => {
      const kept = [...unused].find(sheet => sheet.digest === page.digest);
      unused.delete(kept);
      if (kept?.picture.complete && kept.picture.naturalWidth) return { ...kept, section: page.section, changed: false };
      return drawSheet(report, pages, index, { atOnce: index >= top - 1 && index <= top + this.#inView, changed: sameReport && this.#sheets.length > 0 && !kept && !isTakenBack() });
    }));
    if (report.id !== chosen()?.id) return;
    this.#lay(report, sheets, place);
  }

  #lay(report, sheets, place) {
    const held = place && this.#place;
    this.#reportId = report.id;
    this.#sheets = sheets;
    for (const [index, sheet] of sheets.entries()) {
      sheet.picture.alt = `Page ${index + 1} of ${sheets.length}`;
      sheet.element.replaceChildren(sheet.picture, ...sheet.changed ? [make('p', { textContent: 'Changed' })] : []);
    }
    this.#scroller.replaceChildren(...sheets.map(sheet => sheet.element));
    if (held) this.#goTo(held);
    else this.#scroller.scrollTop = 0;
    const changes = sheets.filter(sheet => sheet.changed).length;
    find('next-change').textContent = `${count(changes, 'page')} changed`;
    find('next-change').hidden = changes === 0;
    this.#follow();
  }

  get #inView() {
    return Math.ceil(this.#scroller.clientHeight / (this.#sheets[0]?.element.offsetHeight || 300)) + 1;
  }

  /** Notes what stands at the top, to come back to it when sizes or pages change. */
  #follow() {
    const { scrollTop, clientHeight } = this.#scroller;
    const below = line => this.#sheets.findIndex(({ element }) => element.offsetTop + element.offsetHeight > line);
    const index = below(scrollTop);
    find('place').textContent = this.#sheets.length ? `page ${Math.max(below(scrollTop + clientHeight / 2), 0) + 1} of ${this.#sheets.length}` : '';
    if (index < 0 || clientHeight === 0) return;
    const { element, digest, section } = this.#sheets[index];
    const ordinal = this.#sheets.slice(0, index).filter(sheet => sheet.section === section).length;
    this.#place = { index, digest, section, ordinal, fraction: (scrollTop - element.offsetTop) / element.offsetHeight };
  }

  #goTo(place) {
    const element = place && this.#sheets[locate(place, this.#sheets)]?.element;
    if (element) this.#scroller.scrollTop = element.offsetTop + place.fraction * element.offsetHeight;
  }

  #goToNextChange() {
    const { scrollTop } = this.#scroller;
    const changed = this.#sheets.filter(sheet => sheet.changed).map(sheet => sheet.element.offsetTop);
    this.#scroller.scrollTop = changed.find(top => top > scrollTop + 1) ?? changed[0];
  }

  #setZoom(zoom) {
    this.#zoom = Math.abs(zoom - 1) < 0.05 ? 1 : limit(zoom, 0.4, 4);
    memory.write('zoom', this.#zoom);
    const place = this.#place;
    this.#scroller.style.setProperty('--zoom', this.#zoom);
    this.#goTo(place);
  }
}

/** Where a page is now: the same picture, else the same part of its section, else the same number. */
function locate({ index, digest, section, ordinal }, pages) {
  const where = test => pages.flatMap((page, at) => test(page) ? [at] : []);
  const same = where(page => digest && page.digest === digest);
  if (same.length) return same.reduce((best, at) => Math.abs(at - index) < Math.abs(best - index) ? at : best);
  const near = where(page => section && page.section === section);
  return near.length ? near[Math.min(ordinal, near.length - 1)] : limit(index, 0, pages.length - 1);
}

/** A sheet with the picture of a page; what is in view is ready to be painted before it takes its place. */
async function drawSheet(report, pages, index, { atOnce, changed }) {
  const { digest, section, width, height } = pages[index];
  const picture = make('img', { decoding: 'async', loading: atOnce ? 'eager' : 'lazy', width, height, src: `/~preview/pages/${report.id}/${index + 1}/${digest}.svg` });
  if (atOnce) await picture.decode();
  return { element: make('div', { className: 'sheet' }), picture, digest, section, changed };
}
