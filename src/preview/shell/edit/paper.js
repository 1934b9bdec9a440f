// From what is seen in the PDF to where it stands in the files.

import { chosen } from './newest.js';
import { askWords } from './messages.js';
import { letters } from './places.js';

/** So many words on each side tell the text in which a word stands. */
const AROUND = 8;
/** How far beside a word a click still means it, in per cent of the page. */
const NEAR = 1.2;

export class Paper {
  #known = new Map();

  /** What a reader who clicks on a page means: an item, or the address of a figure. */
  async at(event, places) {
    const sheet = event.target.closest('.sheet');
    const number = sheet ? [...sheet.parentElement.children].indexOf(sheet) + 1 : 0;
    const report = chosen();
    const page = report?.pdf_pages[number - 1];
    if (!page) return null;
    const box = sheet.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width * 100;
    const y = (event.clientY - box.top) / box.height * 100;
    const item = places.onPaper(number, x, y);
    if (item) return { item };
    const words = await this.#words(report.id, number, page.digest);
    const near = ({ left, top, width, height }) => Math.max(left - x, x - left - width, top - y, y - top - height, 0);
    const hit = words.reduce((best, word, place) => near(word) < near(words[best] ?? word) || best < 0 ? place : best, -1);
    if (hit < 0 || near(words[hit]) > NEAR) return null;
    return meant(words.map(({ text }) => text), hit, page.section ?? '', places);
  }

  async #words(report, number, digest) {
    const key = `${report} ${digest}`;
    if (!this.#known.has(key)) this.#known.set(key, await askWords(report, number));
    return this.#known.get(key);
  }
}

/** The text in which a word stands with most of the words around it, or the figure that it is. */
function meant(words, hit, section, places) {
  const texts = places.items.filter(item => item.format !== 'figure').map(item => [item, letters(item.words)]);
  const own = letters(words[hit]);
  let found = texts.filter(([, text]) => text.includes(own));
  let [from, to] = [hit, hit];
  const grow = (nextFrom, nextTo) => {
    const held = letters(words.slice(nextFrom, nextTo + 1).join(''));
    const left = found.filter(([, text]) => text.includes(held));
    if (!left.length) return false;
    [found, from, to] = [left, nextFrom, nextTo];
    return true;
  };
  for (let step = 0; step < AROUND; step++) {
    if (from > 0) grow(from - 1, to);
    if (to < words.length - 1) grow(from, to + 1);
  }
  const held = letters(words.slice(from, to + 1).join(''));
  const whole = found.filter(([, text]) => text === held);
  const [item] = (whole[0] ?? (to > from || own.length > 5 ? found[0] : null)) ?? [];
  if (item) return { item };
  const figures = places.items.filter(one => one.format === 'figure' && letters(one.words) === own);
  const nth = words.slice(0, hit).filter(word => letters(word) === own).length;
  return figures.length ? { item: figures[Math.min(nth, figures.length - 1)] } : null;
}
