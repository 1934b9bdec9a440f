// What is still as in the edition before, file by file: looked at, changed, or confirmed.

import { chosen } from './newest.js';
import { shortened } from './panel.js';
import { find, make, memory } from './tools.js';

const today = () => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(part => `${part}`.padStart(2, '0')).join('-');
};

export class Due {
  #acts;
  #shown = '';

  /** `acts.goTo(place)` looks at something, `acts.confirm(request, done)` confirms it. */
  constructor(acts) {
    this.#acts = acts;
    find('due-by').value = memory.read('by', '');
    find('due-form').addEventListener('submit', event => {
      event.preventDefault();
      this.#confirm();
    });
  }

  /** @param {{due: import('./messages.js').DueItem[], status: import('./messages.js').FileStatus[]}} places */
  show({ due, status }) {
    // What was ticked stays ticked while the page is renewed.
    const said = JSON.stringify([due, status]);
    if (said === this.#shown) return;
    this.#shown = said;
    find('due-count').textContent = due.length || '';
    find('due-words').textContent = due.length ? 'Still as in the edition before. Choose one to look at it; tick what was looked at and still holds.' : 'Nothing is due.';
    for (const id of ['due-tools', 'due-files']) find(id).hidden = !due.length;
    const files = Map.groupBy(due, item => item.file);
    find('due-files').replaceChildren(...[...files].map(([file, items]) => this.#file(file, items)));
    find('due-status').hidden = !status.length;
    find('due-status-rows').replaceChildren(...status.map(({ file, new: fresh, confirmed, due }) => make('tr', {},
      make('th', { scope: 'row', textContent: file }), ...[fresh, confirmed, due].map(number => make('td', { textContent: number })))));
  }

  #file(file, items) {
    const figures = items.filter(({ address }) => address);
    const texts = items.filter(({ address }) => !address);
    const row = (item, before) => make('li', {}, ...before, make('button', { type: 'button', onclick: () => this.#acts.goTo({ place: item }) },
      make('span', { textContent: shortened(item.words) }), make('small', { textContent: `${item.kind}, line ${item.line}` })));
    const tick = (ids, ariaLabel, isOfTexts) => Object.assign(make('input', { type: 'checkbox', ariaLabel }), { ids, isOfTexts });
    // The texts of a file are confirmed all at once.
    const all = texts.length ? [make('label', { className: 'tick' }, tick(texts.map(({ id }) => id), null, true), `All texts of this file (${texts.length})`)] : [];
    return make('fieldset', { className: 'asked' }, make('legend', { textContent: file }), ...all,
      make('ul', { className: 'places-list' }, ...texts.map(item => row(item, [])), ...figures.map(item => row(item, [tick([item.id], `Still holds: ${item.words}`, false)]))));
  }

  /** Figures are one confirmation, the texts of each file are one. */
  #confirm() {
    const by = find('due-by').value.trim();
    const ticked = [...find('due-files').querySelectorAll('input:checked')];
    const say = words => { find('due-said').textContent = words; };
    if (!by || !ticked.length) return say(by ? 'Tick what still holds.' : 'Write who confirms it.');
    memory.write('by', by);
    const figures = ticked.filter(({ isOfTexts }) => !isOfTexts).flatMap(({ ids }) => ids);
    const parts = [...ticked.filter(({ isOfTexts }) => isOfTexts).map(({ ids }) => ids), ...figures.length ? [figures] : []];
    const next = answer => {
      if (answer && answer.state !== 'saved') return say(answer.reasons?.[0]?.message ?? answer.message ?? 'It could not be written.');
      const ids = parts.shift();
      if (!ids) return say('Confirmed, in checks.yaml.');
      this.#acts.confirm({ report: chosen().id, ids, by, date: today() }, next);
    };
    next(null);
  }
}
