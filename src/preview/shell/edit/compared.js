// What changed since an earlier state, as a list beside the page.

import { changesSince, earlierOf, readyChoice, whyNothing } from './earlier.js';
import { chosen } from './newest.js';
import { count, find, make, renewList, write } from './tools.js';

let shown = '';

/** Lists the changes of the report that is looked at; `goTo(line)` leads to a figure of them. */
export function listChanges(goTo) {
  const report = chosen();
  if (!report) return;
  const known = changesSince(report).reports[report.id];
  const why = known ? [] : whyNothing(report);
  find('compared-earlier').value = earlierOf(report);
  const said = JSON.stringify([known, why]);
  if (said === shown) return;
  shown = said;
  find('compared-count').textContent = known?.number || '';
  const words = known ? [`${count(known.number, 'change')} since ${known.before}.`] : why;
  find('compared-words').replaceChildren(...(words.length ? words : ['Nothing was compared yet.']).map(textContent => make('p', { textContent })));
  find('compared-show').hidden = !known?.number;
  renewList(find('compared-list'), (known?.lines ?? []).map(line => entry(line, goTo)));
}

/** Lists them anew when another earlier state is chosen. */
export function readyCompared(goTo) {
  document.addEventListener('tally-earlier', () => listChanges(goTo));
  readyChoice(find('compared-earlier'));
  find('compared-earlier').addEventListener('change', () => write('compared-heard', find('compared-words').innerText));
}

function entry({ section, what, was, is, difference, address }, goTo) {
  const became = [was && `was ${was}`, is && `is ${is}`, difference].filter(Boolean).join(', ');
  const words = [make('b', { textContent: what }), make('span', { textContent: became }), make('small', { textContent: section })];
  return make('li', {}, ...address ? [make('button', { type: 'button', onclick: () => goTo(address) }, ...words)] : words);
}
