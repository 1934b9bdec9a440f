// Write where you read: what is clicked on the page is edited in the panel, and saved at once.

import { chosen, state } from './newest.js';
import { find, make } from './tools.js';
import { askWritten } from './messages.js';
import { describe, Panel, shortened } from './panel.js';
import { listChanges } from './compared.js';
import { Due } from './due.js';
import { Paper } from './paper.js';
import { askPicture } from './picture.js';
import './highlight.js';
import { Places } from './places.js';
import { Room } from './room.js';
import { Saving } from './saving.js';

const MOST_LISTED = 40;
const TABS = ['edit', 'findings', 'due', 'compared'];
const places = new Places();
const paper = new Paper();
const frame = find('frame');
let conflict = null;
/** How many changes had been written when this window wrote last. */
let lastSaved = 0;

const pageDocument = () => frame.contentDocument;

// ---- What is said of saving ----

const at = () => new Date().toLocaleTimeString('en-GB');
function say(state, words) {
  find('saved').dataset.state = state;
  find('saved').textContent = words;
}

function showHistory({ undo, redo }) {
  for (const [id, words, name] of [['undo', undo, 'Undo'], ['redo', redo, 'Redo']]) {
    find(id).disabled = !words;
    find(id).title = words ? `${name}: ${words}` : '';
  }
}

const saving = new Saving(answer => {
  if (answer.state === 'saving') say('saving', 'Saving…');
  if (answer.state === 'saved') {
    lastSaved = answer.saved;
    say('saved', `Saved ${at()}`);
    showHistory(answer);
  }
  if (answer.state === 'refused') {
    say('refused', 'Not saved: this cannot be written so');
    panel.refuse(answer.reasons);
  }
  if (answer.state === 'failed') say('failed', `Not saved: ${answer.message}. What you typed is kept in this window; it is tried again.`);
  if (answer.state === 'conflict') showConflict(answer);
  if (answer.state !== 'saving' && answer.state !== 'saved') pickWanted();
});

// ---- What is changed ----

/** What a change names, as the place is called when it is sent. */
const named = ({ id, revision }) => ({ id, revision });

/**
 * The place is called otherwise after it was written; also where another one is shown by now, since what was typed last
 * may still wait to be sent.
 */
function learnNames(item, { state, ids, revisions }) {
  if (state !== 'saved') return;
  item.revision = revisions[item.id.split('-')[0]] ?? item.revision;
  item.id = ids[item.id] ?? item.id;
}

function type(item, text) {
  const kind = item.format === 'figure' ? 'figure' : 'text';
  saving.send({
    key: item.key,
    make: () => ({ typing: true, changes: [{ kind, ...named(item), text }] }),
    done: answer => {
      learnNames(item, answer);
      if (answer.state === 'conflict') conflict = { item, text, revision: answer.revision };
    },
  });
}

const change = (...changes) => saving.send({ make: () => ({ changes }), done: answer => { if (answer.state === 'saved') wait(); } });
/** After a change of form the places are found anew. */
function wait() {
  panel.show(null);
  find('picked-kind').focus();
}

function step(path) {
  saving.send({ path, make: () => ({}), done: () => {} });
}

function paste(item, cells) {
  saving.send({ make: () => ({ changes: [{ kind: 'cells', ...named(item), cells }] }) });
}

function addPicture(item) {
  const alternative = item.kind === 'Alternative text' ? item.source : '';
  askPicture(alternative, picture => saving.send({ path: 'picture', make: () => ({ ...named(item), ...picture }), done: answer => { if (answer.state === 'saved') wait(); } }));
}

/** Goes to the next figure of the file, or of the same column: those whose addresses end alike. Whether there is one. */
function next(by, inColumn = false) {
  const last = ({ address }) => address.split('.').at(-1);
  const figures = places.items
    .filter(item => item.format === 'figure' && item.file === panel.item.file && (!inColumn || last(item) === last(panel.item)))
    .sort((one, other) => startOf(one) - startOf(other));
  const here = figures.findIndex(item => startOf(item) === startOf(panel.item));
  const item = figures[here + by];
  if (item) pick(item);
  return item !== undefined;
}
const startOf = ({ id }) => Number(id.split('-')[1]);

// ---- What is picked ----

let keys = 0;
/** What was picked while something was being written, or places were known that are older; it is picked when they are new. */
let wanted = null;

function pickWanted() {
  if (!wanted) return;
  const { item, address } = wanted;
  wanted = null;
  const now = item && knownNow(item);
  if (now || !item) pick(now, address);
}

/** The same text or figure among the places that are known now: it has the same words, or begins where it began. */
function knownNow(item) {
  const same = places.items.filter(({ file, words, kind }) => file === item.file && words === item.words && kind === item.kind);
  return same.find(({ id }) => id === item.id) ?? same[0] ?? places.follow(item);
}

function pick(item, address = item?.address) {
  if (saving.isWriting || places.saved < lastSaved) return void (wanted = { item, address });
  const keyed = item && { ...item, key: ++keys };
  panel.show(keyed, address);
  selectTab('edit');
  mark();
  panel.focus();
}

/** Shows on the page what is picked, and where else its figure stands. */
function mark() {
  const page = pageDocument();
  if (!page) return;
  page.querySelectorAll('[data-picked]').forEach(element => delete element.dataset.picked);
  if (!panel.item) return;
  const seen = places.find(page, panel.item);
  seen.forEach((element, place) => { element.dataset.picked = place === 0 ? panel.item.kind : ''; });
  const { top, bottom } = seen[0]?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
  if (seen[0] && (bottom < 0 || top > frame.clientHeight)) seen[0].scrollIntoView({ block: 'center' });
}

function leave() {
  panel.show(null);
  mark();
  find('find-place').focus();
}

const panel = new Panel(places, {
  type, change, next, paste, leave, pick,
  choose: address => {
    const item = places.item(places.figures[address]?.item);
    pick(item ?? null, address);
  },
  insert: openFigures,
  note: item => room.note(item, id => panel.insert(` {{ note ${id} }}`)),
  picture: addPicture,
  mend: changes => change(...changes),
  goTo,
});

function goTo({ place }) {
  const [file, start] = [place.id.split('-')[0], Number(place.id.split('-')[1])];
  const inFile = places.items.filter(item => item.id.startsWith(`${file}-`));
  const holds = inFile.find(item => startOf(item) <= start && Number(item.id.split('-')[2]) >= start);
  const item = holds ?? inFile.findLast(item => startOf(item) <= start) ?? inFile[0];
  if (item) pick(item);
}

// ---- The page ----

const STYLE = `
[data-picked] { outline: 2px solid #005eb8 !important; outline-offset: 4px !important; }
[data-fact][data-picked=""] { outline-style: dotted !important; }
main :is(p, li, h1, h2, h3, h4, th, td, dt, dd, caption, figcaption):hover { cursor: text; }
`;

/** Documents in which what is clicked is picked. */
const ready = new WeakSet();

/** Lets what is clicked on the page be picked. */
function readyPage() {
  const page = pageDocument();
  // Before its places are known nothing could be picked.
  if (!page?.body || ready.has(page) || places.report !== chosen()?.id) return;
  ready.add(page);
  const sheet = new frame.contentWindow.CSSStyleSheet();
  sheet.replaceSync(STYLE);
  page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
  page.addEventListener('click', event => {
    if (event.target.closest('a[href], summary, button') && !event.altKey) return;
    const found = places.at(event.target);
    if (!found) return;
    event.preventDefault();
    pick(found.item ?? null, found.address);
  }, true);
  page.addEventListener('keydown', keysEverywhere);
}

// ---- Lists to choose from ----

function listed(list, entries, search, choose) {
  const wanted = search.trim().toLowerCase();
  const found = wanted ? entries.filter(entry => entry.words.toLowerCase().includes(wanted)) : entries;
  const row = ({ value, words, beside }) => make('li', {}, make('button', { type: 'button', onclick: () => choose(value) },
    make('span', { textContent: shortened(words) }), make('small', { textContent: beside })));
  list.replaceChildren(...found.slice(0, MOST_LISTED).map(row));
  list.hidden = !found.length;
  if (found.length > MOST_LISTED) list.append(make('li', { className: 'location', textContent: `and ${found.length - MOST_LISTED} more: type some letters of it` }));
}

function listPlaces() {
  const search = find('find-place').value;
  if (!search.trim()) {
    find('places-list').hidden = true;
    return;
  }
  const entries = places.items.map(item => ({
    value: item, words: item.format === 'figure' ? `${item.words} ${item.address}` : item.words, beside: item.kind,
  }));
  listed(find('places-list'), entries, search, item => {
    find('places-list').hidden = true;
    find('find-place').value = '';
    pick(item);
  });
}

function openFigures() {
  find('insert-figure').showModal();
  find('figure-search').value = '';
  listFigures();
  find('figure-search').focus();
}

function listFigures() {
  const entries = Object.entries(places.figures).map(([address, card]) => ({
    value: address, words: `${card.printed} ${address}`, beside: card.last ? `last year ${card.last}` : '',
  }));
  listed(find('figure-list'), entries, find('figure-search').value, address => {
    find('insert-figure').close();
    panel.insertFigure(address);
  });
}

/** Arrow keys walk a list from its field. */
function walk(field, list) {
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

// ---- What is added ----

/** The words of something that was added; it is picked as soon as it is known. */
let expected = null;
let lastKey = null;

const room = new Room({
  change,
  send: (changes, done) => saving.send({ make: () => ({ changes }), done }),
  expect: words => { expected = words; },
});

document.addEventListener('tally-picked', ({ detail }) => {
  // Who picks something else meanwhile does not wait for it any more.
  if (detail && detail.key !== lastKey) expected = null;
  lastKey = detail?.key ?? lastKey;
});

function pickExpected() {
  const item = expected && places.items.find(({ source }) => source.trim() === expected || source.startsWith(`${expected}\n`));
  if (!item) return;
  expected = null;
  pick(item);
}

// ---- What stands beside ----

const due = new Due({ goTo, confirm: (request, done) => saving.send({ path: 'confirm', make: () => request, done }) });

/** Leads to a figure by its address, as the comparison has it: with the report's name before it. */
function goToFigure(address) {
  const own = address.replace(`${chosen().id}.`, '');
  pick(places.item(places.figures[own]?.item) ?? null, own);
}

// ---- Conflicts ----

function showConflict({ file, yours, theirs }) {
  say('conflict', `Not saved: ${file} was changed by another program`);
  find('conflict-words').textContent = `${file} was changed in the same place meanwhile. Nothing that you typed is lost.`;
  const [from, mine, other] = differing(yours, theirs);
  find('conflict-yours').textContent = around(yours, from, mine);
  find('conflict-theirs').textContent = around(theirs, from, other);
  find('conflict').showModal();
}

/** Where two texts differ: the first letter, and the ends in both. */
function differing(one, other) {
  let from = 0;
  while (from < one.length && one[from] === other[from]) from++;
  let back = 0;
  while (back < Math.min(one.length, other.length) - from && one.at(-1 - back) === other.at(-1 - back)) back++;
  return [from, one.length - back, other.length - back];
}
const around = (text, from, to) => text.slice(Math.max(text.lastIndexOf('\n', from - 1) + 1, 0), text.indexOf('\n', to) < 0 ? undefined : text.indexOf('\n', to));

/** What the writer chose, until the file is known as it is on the disk. */
let settled = null;

function settle(isMine) {
  find('conflict').close();
  settled = conflict && { ...conflict, isMine };
  conflict = null;
  panel.show(null);
  settleNow();
}

function settleNow() {
  const item = settled && places.follow(settled.item);
  if (!item || item.revision !== settled.revision) return;
  const { isMine, text } = settled;
  settled = null;
  pick(item);
  if (isMine) type(panel.item, text);
}

// ---- Tabs and keys ----

function selectTab(name) {
  for (const one of TABS) {
    const isOpen = one === name;
    find(`tab-${one}`).ariaSelected = isOpen;
    find(`tab-${one}`).tabIndex = isOpen ? 0 : -1;
    find(`panel-${one}`).hidden = !isOpen;
  }
}

let walked = -1;
function keysEverywhere(event) {
  const isTyping = event.target.closest?.('.cm-editor, input, textarea, select');
  const withControl = event.ctrlKey || event.metaKey;
  if (event.key === 'F8' && state.findings.length) {
    event.preventDefault();
    const placed = state.findings.filter(({ place }) => place);
    walked = (walked + (event.shiftKey ? -1 : 1) + placed.length) % placed.length;
    if (placed[walked]) goTo(placed[walked]);
  } else if (withControl && !isTyping && event.key.toLowerCase() === 'z') {
    event.preventDefault();
    step(event.shiftKey ? 'redo' : 'undo');
  } else if (withControl && !isTyping && event.key.toLowerCase() === 'y') {
    event.preventDefault();
    step('redo');
  }
}

// ---- What the server tells ----

async function renew() {
  const report = chosen();
  if (!report || !state) return;
  readyPage();
  find('findings-count').textContent = state.findings.length || '';
  if (state.state !== 'building') {
    find('findings-list').replaceChildren(...state.findings.map(finding => describe(finding, { mend: changes => change(...changes), goTo })));
  }
  if (state.edit) showHistory(state.edit);
  const ended = ['done', 'faulty'].includes(state.state);
  if ((ended || report.id !== places.report) && await places.learn(report.id, state.edition)) {
    listPlaces();
    due.show(places);
    pickExpected();
    if (panel.item && !saving.isBusy && places.saved >= lastSaved) {
      const item = places.follow(panel.item);
      if (item) panel.follow({ ...item, key: panel.item.key });
    }
  }
  readyPage();
  panel.showFindings(state.findings);
  listChanges(goToFigure);
  settleNow();
  if (!saving.isWriting && places.saved >= lastSaved) pickWanted();
  mark();
}

find('sheets').addEventListener('click', async event => {
  const found = await paper.at(event, places);
  if (found) pick(found.item ?? null, found.address);
});
document.addEventListener('tally-state', renew);
frame.addEventListener('load', () => { readyPage(); mark(); });
addEventListener('keydown', keysEverywhere);
find('compared-show').addEventListener('click', () => document.querySelector('.tabs button[value="changes"]').click());
find('undo').addEventListener('click', () => step('undo'));
find('redo').addEventListener('click', () => step('redo'));
find('find-place').addEventListener('input', listPlaces);
find('figure-search').addEventListener('input', listFigures);
find('figure-cancel').addEventListener('click', () => find('insert-figure').close());
find('conflict-theirs-stay').addEventListener('click', () => settle(false));
find('conflict-yours-again').addEventListener('click', () => settle(true));
walk(find('find-place'), find('places-list'));
walk(find('figure-search'), find('figure-list'));
for (const name of TABS) {
  find(`tab-${name}`).addEventListener('click', () => selectTab(name));
  find(`tab-${name}`).addEventListener('keydown', event => {
    if (!['ArrowLeft', 'ArrowRight'].includes(event.key)) return;
    const step = event.key === 'ArrowRight' ? 1 : TABS.length - 1;
    const other = TABS[(TABS.indexOf(name) + step) % TABS.length];
    selectTab(other);
    find(`tab-${other}`).focus();
  });
}
renew();
