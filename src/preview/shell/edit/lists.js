// Lists to choose from, which arrow keys walk.

import { make, renewList } from './tools.js';
import { shortened } from './panel.js';

const MOST_LISTED = 40;

/**
 * Shows the entries that have each word of the search, first those that have it as it is typed, and calls `choose` with the value
 * of one. Gives back how many there are.
 */
export function listed(list, entries, search, choose) {
  const wanted = search.trim().toLowerCase();
  const said = ({ words, beside }) => `${words} ${beside}`.toLowerCase();
  const hasAll = entry => wanted.split(/\s+/).every(word => said(entry).includes(word));
  const isApart = entry => !said(entry).includes(wanted);
  const found = entries.filter(hasAll).sort((one, other) => isApart(one) - isApart(other));
  const row = ({ value, words, beside }) => make('li', {}, make('button', { type: 'button', onclick: () => choose(value) },
    make('span', { textContent: shortened(words) }), make('small', { textContent: beside })));
  const more = found.length - MOST_LISTED;
  renewList(list, [
    ...found.slice(0, MOST_LISTED).map(row),
    ...more > 0 ? [make('li', { className: 'location', textContent: `and ${more} more: type some letters of it` })] : [],
  ]);
  list.hidden = !found.length;
  return found.length;
}

/** Lets arrow keys walk a list from its field. */
export function walk(field, list) {
  const buttons = () => [...list.querySelectorAll('button')];
  const go = (event, place) => { event.preventDefault(); (buttons()[place] ?? field).focus(); };
  field.addEventListener('keydown', event => {
    if (event.key === 'ArrowDown') go(event, 0);
    if (event.key === 'Enter' && buttons().length) { event.preventDefault(); buttons()[0].click(); }
  });
  list.addEventListener('keydown', event => {
    const here = buttons().indexOf(document.activeElement);
    if (event.key === 'ArrowDown') go(event, Math.min(here + 1, buttons().length - 1));
    if (event.key === 'ArrowUp') go(event, here - 1);
  });
}
