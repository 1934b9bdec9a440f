// From what is seen on the page to where it stands in the files, and back.

import { askPlaces } from './messages.js';

/** The letters of a text alone: pages break lines, join words and hide marks, but keep these. */
export const letters = text => text.normalize('NFKC').replace(/[\s\u00ad\u200b-\u200f\u2060-\u206f\ufeff]+/g, '').toLowerCase();

/** What of an element is its own text: marks of notes and what only listeners hear belong to no text. */
function lettersOf(element) {
  if (!element.querySelector('sup.ref, .hidden')) return letters(element.textContent);
  const copy = element.cloneNode(true);
  copy.querySelectorAll('sup.ref, .hidden').forEach(one => one.remove());
  return letters(copy.textContent);
}

const TEXTS = 'p, li, h1, h2, h3, h4, h5, h6, th, td, dt, dd, caption, figcaption, summary, b, strong, span, a, small, text, title';

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
  #marks = {};
  #byId = new Map();
  #byLetters = new Map();
  /** Items by the elements that show them, for each document that was asked about. */
  #byElement = new WeakMap();

  /** Asks for the places of a report, unless they are known; whether they are new. */
  async learn(report, edition) {
    if (!report || report === this.report && edition === this.edition) return false;
    const places = await askPlaces(report);
    if (!places) return false;
    Object.assign(this, { report, edition, items: places.items, figures: places.figures, due: places.due, status: places.status, saved: places.saved });
    this.#marks = places.marks;
    this.#byElement = new WeakMap();
    this.#byId = new Map(places.items.map(item => [item.id, item]));
    this.#byLetters = Map.groupBy(places.items.filter(item => item.format !== 'figure'), item => letters(item.words));
    return true;
  }

  item(id) {
    return this.#byId.get(id);
  }

  /** The item of this place after its file has become another one: it begins where it began. */
  follow({ file, id }) {
    const start = id.split('-')[1];
    return this.items.find(item => item.file === file && item.id.split('-')[1] === start);
  }

  /** What a reader who points at an element means: an item, or the address of a figure that follows from others. */
  at(element) {
    const marked = element.closest('[data-fact]');
    const address = marked && this.#marks[marked.dataset.fact];
    if (address) {
      const typed = this.item(this.figures[address]?.item);
      return typed ? { item: typed, element: marked, address } : { element: marked, address };
    }
    for (let one = element; one && one.localName !== 'main' && one.localName !== 'body'; one = one.parentElement) {
      const item = this.#shownBy(one) ?? this.#textOf(one);
      if (item) return { item, element: one };
    }
    return this.#near(element);
  }

  /** The text that an element shows, as the server found it. */
  #shownBy(element) {
    const document = element.ownerDocument;
    if (!this.#byElement.has(document)) {
      const known = new Map();
      for (const item of this.items.filter(one => one.format !== 'figure')) {
        for (const { selector } of item.page) {
          const shown = document.querySelector(selector);
          // Of several texts in one element the longest is meant.
          if (shown && !(known.get(shown)?.words.length > item.words.length)) known.set(shown, item);
        }
      }
      this.#byElement.set(document, known);
    }
    return this.#byElement.get(document).get(element);
  }

  /** The item that is seen at a point of a page of the PDF, both in per cent: the smallest one. */
  onPaper(number, x, y) {
    const holds = ({ page, left, top, width, height }) => page === number && x >= left && x <= left + width && y >= top && y <= top + height;
    const size = item => item.paper.filter(holds)[0];
    const here = this.items.filter(item => item.paper.some(holds));
    return here.sort((one, other) => size(one).width - size(other).width)[0];
  }

  #textOf(element) {
    const own = lettersOf(element);
    const found = own && this.#byLetters.get(own);
    if (!found) return null;
    const here = this.#inSection(found, element);
    if (here.length === 1) return here[0];
    const same = [...element.ownerDocument.querySelectorAll(element.localName)].filter(other => lettersOf(other) === own && sectionOf(other) === sectionOf(element));
    return here[Math.min(same.indexOf(element), here.length - 1)];
  }

  #inSection(items, element) {
    const section = sectionOf(element);
    const here = items.filter(item => item.section === section);
    return here.length ? here : items;
  }

  /** A text that is printed in parts, or with other words around it. */
  #near(element) {
    const block = element.closest('p, li, h1, h2, h3, h4, h5, h6, th, td, dt, dd, caption, figcaption');
    const own = block && lettersOf(block);
    if (!own) return null;
    const texts = this.#inSection(this.items.filter(item => item.format !== 'figure' && item.words.length > 3), block);
    const holds = texts.filter(item => own.includes(letters(item.words))).sort((one, other) => other.words.length - one.words.length)[0];
    const held = own.length > 8 && texts.find(item => letters(item.words).includes(own));
    const item = held || holds;
    return item ? { item, element: block } : null;
  }

  /** Where an item is seen in a document. */
  find(document, item) {
    const shown = item.page.map(({ selector }) => document.querySelector(selector)).filter(Boolean);
    if (shown.length) return shown;
    if (item.format === 'figure') {
      const mark = Object.keys(this.#marks).find(mark => this.#marks[mark] === item.address);
      return mark ? [...document.querySelectorAll(`[data-fact="${CSS.escape(mark)}"]`)] : [];
    }
    const wanted = letters(item.words);
    const scope = item.section && document.getElementById(item.section) || document;
    const all = [...scope.querySelectorAll(TEXTS)].filter(element => lettersOf(element) === wanted);
    const inner = all.filter(element => !all.some(other => other !== element && element.contains(other)));
    const twins = this.#inSection(this.#byLetters.get(wanted) ?? [], scope.querySelector('*') ?? document.body);
    return inner.length > 1 && twins.length > 1 ? inner.slice(twins.indexOf(item), twins.indexOf(item) + 1) : inner.slice(0, 1);
  }
}

function sectionOf(element) {
  return element.closest('main section[id], section[id]')?.id ?? '';
}
