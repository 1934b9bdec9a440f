// The surface of `tally preview`: the page or what changed on the left, the PDF on the right, all renewed in place.
// Each part works its way towards what the server told last; here stands what is said while it is not there yet.

import { ChangesPane } from './changes.js';
import { errorsOf, readyFaults, showFindings } from './findings.js';
import { chosen, chosenId, isLost, listen, state } from './newest.js';
import { PagePane, PUBLISHED } from './page.js';
import { PdfPane } from './pdf.js';
import { count, find, limit, make, memory, write } from './tools.js';

const isEdited = document.body.classList.contains('edits');
/** Whether there is room for one pane at a time only: where is edited, the panel takes the place of the second. */
const narrow = isEdited ? matchMedia('all') : matchMedia('(width < 50rem)');

// ---- What there is to say ----

const duration = milliseconds => milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

/** What of a report that is being made is new already. */
function proofLine() {
  const { page_is_proof, pdf_is_proof } = chosen() ?? {};
  if (pdf_is_proof) return 'PDF is new, its figures are being read back…';
  return page_is_proof ? 'Page is new, PDF is being made…' : 'Building…';
}

function stateLine() {
  if (isLost) return 'Connection lost: is tally preview still running?';
  return {
    building: 'Building…',
    proof: proofLine(),
    done: state.milliseconds == null ? 'Done' : `Done in ${duration(state.milliseconds)}`,
    faulty: count(errorsOf(state).length, 'error'),
  }[state.state] ?? '';
}

function showState() {
  const name = isLost ? 'lost' : state.state;
  const passing = !isLost && ['building', 'proof'].includes(name);
  find('state').dataset.state = name;
  find('state').textContent = stateLine();
  if (!passing) write('said', isEdited && name === 'done' ? 'No errors' : stateLine());
  const alarm = ['faulty', 'lost'].includes(name) ? `${stateLine().split(':')[0]} – ` : '';
  document.title = `${alarm}${chosen()?.title ?? 'Reports'} – Tally preview`;
}

/** Says of each pane in words when what it shows is older than the content. */
function showNotes() {
  if (!state) return;
  const old = isProof => isLost || ['building', 'faulty'].includes(state.state) || state.state === 'proof' && !isProof;
  const note = (isOld, trouble) => !isLost && trouble || (isOld ? 'as of the last good build' : '');
  write('page-note', note(old(pagePane.report?.page_is_proof), pagePane.trouble));
  write('pdf-note', note(old(chosen()?.pdf_is_proof), pdfPane.trouble));
  write('changes-note', note(old(true) || state.state === 'proof', changesPane.trouble));
}

function showReports(report) {
  const choice = find('choice');
  choice.hidden = state.reports.length < 2;
  find('only').hidden = state.reports.length !== 1;
  find('only').textContent = report?.title ?? '';
  const key = JSON.stringify(state.reports.map(({ id, title }) => [id, title]));
  if (choice.dataset.key !== key) {
    choice.dataset.key = key;
    choice.replaceChildren(...state.reports.map(({ id, title }) => make('option', { value: id, textContent: title })));
  }
  choice.value = report?.id ?? '';
}

function showWaiting() {
  const main = find('main');
  if (state.reports.length) return delete main.dataset.waiting;
  main.dataset.waiting = find('faults').hidden ? state.state : 'faulty';
  find('waiting-words').textContent = find('faults').hidden
    ? 'The reports are being built for the first time.'
    : `Mend what stands ${isEdited ? 'under “Findings”' : 'above and save'}: the page and the PDF then appear here by themselves.`;
}

function choose(id) {
  if (id !== chosenId()) history.replaceState(null, '', `#${id}`);
  show();
}

function show() {
  if (!state) return;
  const report = chosen();
  showReports(report);
  showFindings();
  showWaiting();
  showState();
  if (report) {
    pagePane.show(report);
    pdfPane.show(report);
    changesPane.show(report);
  }
  showNotes();
}

// ---- The window ----

function setSplit(percent) {
  const split = Math.round(limit(percent, 20, 80));
  find('main').style.setProperty('--split', split);
  find('divider').ariaValueNow = split;
  memory.write('split', split);
}

function readyDivider() {
  const divider = find('divider');
  const split = () => Number(divider.ariaValueNow);
  const keys = { ArrowLeft: () => split() - 2, ArrowRight: () => split() + 2, Home: () => 20, End: () => 80, Enter: () => 50 };
  divider.addEventListener('keydown', event => {
    if (!keys[event.key]) return;
    event.preventDefault();
    setSplit(keys[event.key]());
  });
  divider.addEventListener('pointerdown', event => divider.setPointerCapture(event.pointerId));
  // Or else the browser would drag what happens to be selected.
  divider.addEventListener('mousedown', event => { event.preventDefault(); divider.focus(); });
  divider.addEventListener('pointermove', event => {
    if (divider.hasPointerCapture(event.pointerId)) setSplit(event.clientX / innerWidth * 100);
  });
  divider.addEventListener('dblclick', () => setSplit(50));
  setSplit(Number(memory.read('split', 50)));
}

function readyTabs() {
  const tabs = [...document.querySelectorAll('.tabs button')];
  const select = value => {
    memory.write('shown', value);
    // Where there is room the PDF stands beside the others.
    const shown = value === 'pdf' && !narrow.matches ? 'page' : value;
    find('main').dataset.shown = shown;
    for (const tab of tabs) tab.ariaPressed = tab.value === shown;
  };
  const selectAgain = () => select(memory.read('shown', 'page'));
  for (const tab of tabs) tab.addEventListener('click', () => select(tab.value));
  narrow.addEventListener('change', selectAgain);
  selectAgain();
}

const pagePane = new PagePane({ documents: PUBLISHED, frame: find('frame'), open: find('open-page'), back: find('back'), chose: report => choose(report.id), told: showNotes });
const pdfPane = new PdfPane({ told: showNotes });
const changesPane = new ChangesPane({ told: showNotes });
readyFaults();
readyDivider();
readyTabs();
find('choice').addEventListener('change', event => choose(event.target.value));
addEventListener('hashchange', show);
listen({ told: show, regained: () => { pagePane.distrust(); changesPane.distrust(); } });
