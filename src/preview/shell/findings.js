// What is wrong with the content, as a list over the page.

import { state } from './newest.js';
import { count, find, make } from './tools.js';

/** Text in which `backticks` hold code. */
const words = text => text.split('`').map((part, index) => index % 2 ? make('code', { textContent: part }) : part);

export const errorsOf = ({ findings }) => findings.filter(finding => finding.severity === 'error');
const whereIs = ({ file, line, column }) => [file, line, column].filter(Boolean).join(':');

function describe({ code, message, file, line, column, excerpt, help }) {
  const parts = [make('p', { className: 'message' }, ...words(message))];
  if (file) parts.unshift(make('p', { className: 'where' }, make('b', { textContent: whereIs({ file, line, column }) }), code ? ` ${code}` : ''));
  if (excerpt) parts.push(make('pre', { textContent: excerpt, tabIndex: 0, role: 'group', ariaLabel: 'Excerpt' }));
  if (help?.length) parts.push(make('ul', {}, ...help.map(line => make('li', {}, ...words(line)))));
  return make('li', { className: 'finding' }, ...parts);
}

function list(id, findings) {
  const key = JSON.stringify(findings);
  if (find(id).dataset.key === key) return;
  find(id).dataset.key = key;
  find(id).replaceChildren(...findings.map(describe));
  find(id).scrollTop = 0;
}

export function showFindings() {
  const errors = errorsOf(state);
  const warnings = state.findings.filter(finding => finding.severity !== 'error');
  list('faults-list', errors);
  list('warnings-list', warnings);
  find('faults').hidden = errors.length === 0;
  find('warnings-button').hidden = warnings.length === 0;
  find('warnings-button').textContent = count(warnings.length, 'warning');
  expandFaults(errors.length === 0 || !find('faults-list').hidden);
  if (warnings.length === 0) find('warnings').hidePopover();
}

/** Opens the list of errors, or leaves one line of it. */
function expandFaults(open) {
  const errors = errorsOf(state);
  const [{ message, ...first } = {}] = errors;
  find('faults-button').ariaExpanded = open;
  find('faults-list').hidden = !open;
  find('faults-line').textContent = `${count(errors.length, 'error')}${open ? '' : `: ${whereIs(first)} ${message}`}`;
}

export function readyFaults() {
  find('faults-button').addEventListener('click', () => expandFaults(find('faults-list').hidden));
  addEventListener('keydown', event => { if (event.key === 'Escape' && state && errorsOf(state).length) expandFaults(false); });
}
