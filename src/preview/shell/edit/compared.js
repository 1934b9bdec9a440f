// What changed since the last commit, as a list beside the page.

import { chosen, state } from './newest.js';
import { count, find, make } from './tools.js';

let shown = '';

/** Lists the changes of the report that is looked at; `goTo(line)` leads to a figure of them. */
export function listChanges(goTo) {
  const report = chosen();
  const known = report && state.changes.reports[report.id];
  const said = JSON.stringify([known?.lines, state.changes.since, state.changes.notes]);
  if (said === shown) return;
  shown = said;
  find('compared-count').textContent = known?.number || '';
  find('compared-words').textContent = known ? `${count(known.number, 'change')} since ${state.changes.since}.` : state.changes.notes.join(' ') || 'Nothing was compared yet.';
  find('compared-show').hidden = !known?.number;
  find('compared-list').replaceChildren(...(known?.lines ?? []).map(line => entry(line, goTo)));
}

function entry({ section, what, was, is, difference, address }, goTo) {
  const became = [was && `was ${was}`, is && `is ${is}`, difference].filter(Boolean).join(', ');
  const words = [make('b', { textContent: what }), make('span', { textContent: became }), make('small', { textContent: section })];
  return make('li', {}, ...address ? [make('button', { type: 'button', onclick: () => goTo(address) }, ...words)] : words);
}
