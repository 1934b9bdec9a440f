// From what is seen on the page and the PDF to where it stands in the files, and back. What is seen where, the server finds.

import { askFollowed, askPlaces } from './messages.js';

/** How far beside a word of the PDF a click still means it, in per cent of the page. */
const NEAR = 1.2;
/** What a click means that meets no text: around a rating, a drawing or a date stands what it is of. */
const AROUND = 'p, li, h1, h2, h3, h4, h5, h6, th, td, dt, dd, caption, figcaption, tr, figure, section, header';

/** Whether all of a file is meant, which stands in no list. */
export const isFile = item => item?.format === 'file';
const fileOf = id => id.split('-')[0];
const rangeOf = id => id.split('-').slice(1).map(Number);

export class Places {
  edition = -1;
  report = null;
  /** @type {import('./messages.js').Item[]} */
  items = [];
  figures = {};
  due = [];
  status = [];
  /** How many changes had been written when they were found. */
  saved = 0;
  /** The page and the PDF that they were found in. */
  pageDigest = null;
  pdfDigest = null;
  #marks = {};
  #byId = new Map();
  #bySelector = new Map();

  /** Asks for the places of a report, unless they are known; `isWanted` says whether the answer serves. Whether they are new. */
  async learn(report, edition, isWanted) {
    if (report === this.report && edition === this.edition) return false;
    const places = await askPlaces(report);
    if (!places || !isWanted(places)) return false;
    const { items, figures, due, status, saved, page_digest: pageDigest, pdf_digest: pdfDigest, marks } = places;
    Object.assign(this, { report, edition, items, figures, due, status, saved, pageDigest, pdfDigest });
    this.#marks = marks;
    // Names change when something is written; the order does not.
    for (const item of items) [item.start, item.end] = rangeOf(item.id);
    this.#byId = new Map(items.map(item => [item.id, item]));
    this.#bySelector = new Map();
    for (const item of items) {
      for (const { selector } of item.page) {
        // Of several texts in one element the longest is meant.
        if (!(this.#bySelector.get(selector)?.words.length > item.words.length)) this.#bySelector.set(selector, item);
      }
    }
    return true;
  }

  item(id) {
    return this.#byId.get(id);
  }

  /** The item of a figure, if it was typed. */
  itemOf(address) {
    return this.item(this.figures[address]?.item) ?? this.items.find(one => one.address === address);
  }

  /** The item of the same place, after its file has become another one; none where that is in doubt. */
  async follow(item) {
    const exact = ({ id, revision }) => this.items.find(one => one.id === id && one.revision === revision);
    const own = exact(item) ?? (item.address && this.itemOf(item.address));
    if (own) return own;
    const followed = await askFollowed(item);
    return followed && exact(followed) || this.alike(item);
  }

  /** The item that says the same in the same file, the nearest of them. */
  alike({ start, file, kind, source }) {
    return nearest(start, this.items.filter(one => one.file === file && one.kind === kind && one.source === source));
  }

  /** The nearest item of the same kind in the same file. */
  near({ start, file, kind }) {
    return nearest(start, this.items.filter(one => one.file === file && one.kind === kind));
  }

  /** The item of some words, or whose text begins with them. */
  saying(words) {
    return this.items.find(({ source }) => source.trim() === words || source.startsWith(`${words}\n`));
  }

  /** All items of a file in their order. */
  inFile(file) {
    return this.items.filter(one => one.file === file).sort((one, other) => one.start - other.start);
  }

  /** The item that stands behind another one. */
  after({ file, start }) {
    return this.inFile(file).find(one => one.start > start && one.format !== 'figure');
  }

  /** The smallest item that holds some letters of a file; else the last one before them, else the first one. */
  around({ id }) {
    const [start, end] = rangeOf(id);
    const inFile = this.inFile(this.items.find(one => fileOf(one.id) === fileOf(id))?.file);
    const holding = inFile.filter(one => one.start <= start && one.end >= end);
    const [smallest] = holding.sort((one, other) => one.end - one.start - (other.end - other.start));
    return smallest ?? inFile.findLast(one => one.start <= start) ?? inFile[0];
  }

  /** What a reader who points at an element of the page means: an item, or the address of a figure that follows from others. */
  at(element) {
    const { fact, draws } = element.closest('[data-fact], [data-draws]')?.dataset ?? {};
    const address = this.#marks[fact ?? draws];
    if (address) return { item: this.itemOf(address), address };
    for (let one = element; one && !['main', 'body'].includes(one.localName); one = one.parentElement) {
      const item = this.#bySelector.get(selectorOf(one));
      if (item) return { item };
    }
    for (let around = element.closest(AROUND); around; around = around.parentElement?.closest(AROUND)) {
      for (const one of around.querySelectorAll('*')) {
        const item = this.#bySelector.get(selectorOf(one));
        if (item) return { item };
      }
    }
    return null;
  }

  /** What is seen at a point of a page of the PDF, both in per cent: what is nearest, and of that the smallest. */
  onPaper(number, x, y) {
    const away = ({ left, top, width, height }) => Math.max(left - x, x - left - width, top - y, y - top - height, 0);
    const areas = (paper, meant) => paper.filter(({ page }) => page === number).map(area => ({ away: away(area), width: area.width, meant }));
    const computed = Object.entries(this.figures).flatMap(([address, { paper }]) => areas(paper, { address }));
    const all = [...this.items.flatMap(item => areas(item.paper, { item })), ...computed].filter(one => one.away <= NEAR);
    return all.sort((one, other) => one.away - other.away || one.width - other.width)[0]?.meant ?? null;
  }

  /** Where an item is seen in a document. */
  find(document, item) {
    return item.page.map(({ selector }) => document.querySelector(selector)).filter(Boolean);
  }
}

const nearest = (start, items) => items.sort((one, other) => Math.abs(one.start - start) - Math.abs(other.start - start))[0];

/** What finds this element and it alone, in the words of the server: steps down from the nearest element that has an id. */
function selectorOf(element) {
  const steps = [];
  for (let one = element; one; one = one.parentElement) {
    if (one.id) {
      steps.push(`[id="${one.id.replace(/["\\]/g, '\\$&')}"]`);
      break;
    }
    steps.push(one.parentElement ? `${one.localName}:nth-of-type(${placeOf(one)})` : one.localName);
  }
  return steps.reverse().join(' > ');
}

const placeOf = element => [...element.parentElement.children].filter(one => one.localName === element.localName).indexOf(element) + 1;
