// Write where you read: what is clicked on the page is edited in the panel, and saved at once.

import { ConflictDialog } from './conflict.js';
import { Errand } from './errand.js';
import { errorsOf } from './findings.js';
import { chosen, state } from './newest.js';
import { count, find, renewList, write } from './tools.js';
import { listed, walk } from './lists.js';
import { listChanges, readyCompared } from './compared.js';
import { Due } from './due.js';
import './highlight.js';
import { describe, mayHavePicture, Panel } from './panel.js';
import { askPicture } from './picture.js';
import { askFile } from './messages.js';
import { isFile, Places } from './places.js';
import { Room } from './room.js';
import { Saving } from './saving.js';

const TABS = ['edit', 'findings', 'due', 'compared'];
const places = new Places();
const frame = find('frame');
/** How many changes had been written when this window wrote last, and when it changed last what stands where. */
let lastSaved = 0;
let lastMoved = 0;

const pageDocument = () => frame.contentDocument;

// ---- What is said of saving ----

const at = () => new Date().toLocaleTimeString('en-GB');
/** What is heard is that it is saved, and not each letter that is. */
function say(state, words, heard = words) {
  find('saved').dataset.state = state;
  find('saved').textContent = words;
  if (heard) write('saved-heard', heard);
}

/** What was saved last, and when. */
let savedAt = '';
/** Says with it how many errors wait to be mended before anything is published. */
function sayErrors() {
  const errors = errorsOf(state).length;
  if (find('saved').dataset.state === 'saved') write('saved', errors ? `${savedAt}, with ${count(errors, 'error')}` : savedAt);
}

function showHistory({ undo, redo }) {
  const hadFocus = document.activeElement;
  for (const [id, words, name] of [['undo', undo, 'Undo'], ['redo', redo, 'Redo']]) {
    find(id).disabled = !words;
    find(id).title = words ? `${name}: ${words}` : '';
  }
  if (hadFocus.disabled) (['undo', 'redo'].map(find).find(button => !button.disabled) ?? find('find-place')).focus();
}

const saving = new Saving(answer => {
  if (answer.state === 'saving') say('saving', 'Saving…', '');
  if (answer.state === 'saved') {
    lastSaved = answer.saved;
    savedAt = `Saved ${at()}`;
    say('saved', savedAt, answer.heard ?? 'Saved');
    panel.taken();
    showHistory(answer);
  }
  if (answer.state === 'refused') {
    say('refused', 'Not saved: this cannot be written so');
    panel.refuse(answer.reasons);
  }
  if (answer.state === 'failed') {
    const then = answer.isTriedAgain ? 'What you typed is kept in this window; it is tried again.' : 'Nothing was changed.';
    say('failed', `Not saved: ${answer.message}. ${then}`);
  }
  if (answer.state === 'conflict') {
    say('conflict', `Not saved: ${answer.file} was changed by another program`);
    if (!conflicts.show(answer)) panel.refuse([{ message: `${answer.file} was changed in the same place meanwhile`, help: 'look at it, then do it again' }]);
  }
  if (answer.state !== 'saving' && !saving.isBusy) renew();
});

// ---- What is changed ----

/** What a change names, as the place is called when it is sent. */
const named = ({ id, revision }) => ({ id, revision });

/** The place is called otherwise after it was written; also where another one is shown by now. */
function learnNames(item, { state, ids, revisions }) {
  if (state !== 'saved') return;
  item.revision = revisions[item.id.split('-')[0]] ?? item.revision;
  item.id = ids[item.id] ?? item.id;
}

/** Findings are told before it is known what stands where: then a mend waits. */
const mend = changes => want(() => change(...changes), isStill);

let keys = 0;
/** Names what is picked now: all that is typed in it is taken back in one step. */
let pickName = '';
/** Whoever picks the place again finds what was typed, though it may not be written yet. */
function type(item, text) {
  const kind = { figure: 'figure', file: 'file' }[item.format] ?? 'text';
  item.written ??= item.source;
  item.source = text;
  const typing = pickName;
  saving.send({
    key: item.key ??= ++keys,
    make: () => ({ typing, changes: [{ kind, ...named(item), text }] }),
    done: answer => {
      learnNames(item, answer);
      if (answer.state === 'saved') item.written = text;
      if (answer.state === 'refused' && panel.item !== item) item.source = item.written;
      if (answer.state === 'conflict') conflicts.note({ item, text, revision: answer.revision });
    },
  });
}

/**
 * Changes what stands where. Then the same place is picked again, with the button that was pressed; what was added, when it is
 * known; or the list of places, when there is no such place any more.
 */
function change(...changes) {
  if (!isStill()) return;
  const { item } = panel;
  const was = item && named(item);
  const pressed = document.activeElement?.textContent;
  const isOwn = one => item && one.id === was.id && one.revision === was.revision;
  const isOf = kind => changes.some(one => one.kind === kind);
  changePlaces({
    make: () => ({ changes: changes.map(one => (isOwn(one) ? { ...one, ...named(item) } : one)) }),
    again: () => {
      if (isFile(item)) return stay();
      // What was mended says something else now.
      const same = item && !isOf('remove') && (places.alike(item) ?? (isOf('mend') ? places.near(item) : undefined));
      const shown = same && isOf('insert') ? places.after(same) : same;
      if (!shown) return leave();
      pick(shown);
      if (!isOf('insert')) panel.focusButton(pressed);
    },
  });
}

/** How many requests are under way that change what stands where. */
let moving = 0;

/**
 * Sends what changes what stands where, calls `done` with the answer, and does `again` when it is known where all stands; until
 * then nothing is typed or moved.
 */
function changePlaces({ path = 'change', make, again = stay, done = () => {} }) {
  moving += 1;
  panel.rest();
  saving.send({
    path, make,
    done: answer => {
      done(answer);
      moving -= 1;
      const isSaved = answer.state === 'saved';
      if (isSaved) lastMoved = answer.saved;
      follows ??= isSaved ? again : () => panel.wake();
      doWanted();
    },
  });
}

/** Does what follows from a change; who writes in another field by then goes on there. */
function beside(work) {
  const { activeElement } = document;
  const tab = TABS.find(name => !find(`panel-${name}`).hidden);
  work();
  if (!activeElement.matches('input, select, textarea')) return;
  selectTab(tab);
  activeElement.focus();
}

/** What is picked stays, unless it is gone. */
function stay() {
  if (panel.item && !isFile(panel.item) && !places.items.includes(panel.item)) panel.show(null);
  else panel.wake();
}

function step(path) {
  changePlaces({ path, make: () => ({}), done: answer => { answer.heard = path === 'undo' ? 'Taken back' : 'Done again'; } });
}

function paste(item, cells) {
  const again = () => pick(places.itemOf(item.address) ?? item);
  changePlaces({ make: () => ({ changes: [{ kind: 'cells', ...named(item), cells }] }), again });
}

function addPicture(item, files = null) {
  const alternative = item.kind === 'Alternative text' ? item.source : '';
  const again = () => pick(places.alike(item) ?? item);
  askPicture(alternative, picture => changePlaces({ path: 'picture', make: () => ({ ...named(item), ...picture }), again }), files);
}

/** Lets a picture be dropped on a text of its figure; `itemAt(event)` says on which, as soon as it `isKnown`. */
function readyDrop(target, itemAt, isKnown) {
  const hasFiles = ({ dataTransfer }) => dataTransfer.types.includes('Files');
  const isOfField = ({ target }) => target.closest?.('input[type="file"]');
  // What is dropped elsewhere would be shown in the place of the preview.
  target.addEventListener('dragover', event => { if (hasFiles(event) && !isOfField(event)) event.preventDefault(); });
  target.addEventListener('drop', event => {
    if (!hasFiles(event) || isOfField(event)) return;
    event.preventDefault();
    // A form has a field for it.
    if (document.querySelector('dialog[open]')) return;
    // The event forgets them when it is over.
    const { files } = event.dataTransfer;
    want(() => {
      const item = itemAt(event);
      if (!item || !mayHavePicture(item)) return;
      if (item !== panel.item) pick(item);
      addPicture(item, files);
    }, isKnown);
  });
}

/** Goes to the next figure of the file, or of the same column: those whose addresses end alike. Whether there is one. */
function next(by, inColumn = false) {
  const last = address => address.split('.').at(-1);
  const { file, address } = panel.item;
  const figures = places.inFile(file).filter(one => one.format === 'figure' && (!inColumn || last(one.address) === last(address)));
  const item = figures[figures.findIndex(one => one.address === address) + by];
  if (item) pick(item);
  return item !== undefined;
}

// ---- What is picked ----

/** What is done as soon as it is known what stands where. @type {?{work: () => void, isKnown: () => boolean}} */
let wanted = null;
/** What follows from the last change, as soon as it is known what stands where. @type {?function} */
let follows = null;

/** Whether it is known what stands where after what was changed last. */
const isStill = () => moving === 0 && places.saved >= lastMoved;
/** Whether that is the page, or the PDF, that is seen. */
const isOfPage = () => isStill() && frame.dataset.shown === places.pageDigest;
const isOfPaper = () => isStill() && chosen()?.pdf_digest === places.pdfDigest;
/** Whether that is what the findings were found in: they are told first. */
const isOfFindings = () => isStill() && (!chosen() || places.edition >= state.checked);

function want(work, isKnown) {
  wanted = { work, isKnown };
  doWanted();
}

function doWanted() {
  if (follows && isStill()) {
    const [work, later] = [follows, wanted];
    follows = null;
    beside(work);
    wanted = later;
  }
  if (!wanted?.isKnown()) return;
  const { work } = wanted;
  wanted = null;
  work();
}

function pick(item, address = item?.address) {
  if (!isStill()) return want(() => pick(isFile(item) ? item : item && places.alike(item), address), isStill);
  wanted = follows = null;
  pickName = crypto.randomUUID();
  panel.show(item ?? null, address);
  selectTab('edit');
  mark();
  panel.focus();
}

/** Whether all that was typed here is read and checked; of what cannot be saved nothing is. */
const isRead = () => saving.isFailing || !saving.isBusy && places.saved >= lastSaved && ['done', 'faulty'].includes(state?.state);

const pickFound = found => { if (found) pick(found.item, found.address); };

/** Shows on the page what is picked, and where else its figure stands. */
function mark() {
  const page = pageDocument();
  if (!page) return;
  page.querySelectorAll('[data-picked]').forEach(element => delete element.dataset.picked);
  if (!panel.item || !isOfPage()) return;
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
  choose: address => pick(places.itemOf(address), address),
  insert: openFigures,
  note: item => room.note(item, id => panel.insert(` {{ note ${id} }}`)),
  picture: addPicture,
  mend,
  goTo, openFile, makeNote, isRead,
});

const conflicts = new ConflictDialog(places, async ({ item, text, isMine }) => {
  const now = isFile(item) ? await askFile(item) : await places.follow(item) ?? places.near(item);
  if (!now) throw new Error('it is not known where it stands');
  if (isMine) [now.written, now.source] = [now.source, text];
  pick(now);
  if (isMine) type(now, text);
});

/** Where nothing is known of a file, since it cannot be read, all of it is shown. */
function goTo(finding) {
  want(() => {
    const item = places.around(finding.place);
    if (item) pick(item);
    else openFile(finding);
  }, isOfFindings);
}

/** Asks for the words of a note, or which one is meant, and puts it in the place of a mark that was typed by hand. */
function makeNote({ place }) {
  want(() => {
    const item = places.around(place);
    if (!item) return;
    pick(item);
    room.note(item, id => mend([{ kind: 'mend', ...named(place), text: `{{ note ${id} }}` }]));
  }, isOfFindings);
}

/** Shows all of a file, with the caret at a place in it. */
async function openFile({ place, line, column }) {
  const item = await askFile(place);
  if (!item) return;
  selectTab('edit');
  want(() => {
    pick(item);
    panel.reveal(line, column);
  }, isStill);
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
  // The page may have been renewed by the time that its places are known.
  const elementOf = ({ target, clientX, clientY }) => (target.isConnected ? target : page.elementFromPoint(clientX, clientY) ?? page.body);
  page.addEventListener('click', event => {
    // Of other pages, such as that of a data file, nothing is known.
    if (page.location.pathname !== `/${chosen()?.page}`) return;
    if (event.target.closest('a[href], summary, button') && !event.altKey) return;
    event.preventDefault();
    want(() => pickFound(places.at(elementOf(event))), isOfPage);
  }, true);
  page.addEventListener('keydown', keysEverywhere);
  readyDrop(page, event => places.at(elementOf(event))?.item, isOfPage);
}

// ---- Lists to choose from ----

function listPlaces() {
  const search = find('find-place').value;
  if (!search.trim()) {
    find('places-list').hidden = true;
    write('places-heard', '');
    return;
  }
  const entries = places.items.map(item => ({
    value: item, words: item.format === 'figure' ? `${item.words} ${item.address}` : item.words, beside: item.kind,
  }));
  const found = listed(find('places-list'), entries, search, item => {
    find('places-list').hidden = true;
    find('find-place').value = '';
    write('places-heard', '');
    pick(item);
  });
  write('places-heard', count(found, 'place'));
}

function openFigures() {
  find('insert-figure').showModal();
  find('figure-search').value = '';
  listFigures();
  find('figure-search').focus();
}

function listFigures() {
  const entries = Object.entries(places.figures).map(([address, card]) => ({
    value: address, words: `${card.printed} ${card.name}`, beside: address,
  }));
  listed(find('figure-list'), entries, find('figure-search').value, address => {
    find('insert-figure').close();
    panel.insertFigure(address);
  });
}

// ---- What is added, and what stands beside ----

/** Sends what a form said. What is new says `words`, and is picked when it is known. */
function fillIn(changes, { done, words = null }) {
  const again = () => {
    const item = words && places.saying(words);
    if (item) return pick(item);
    stay();
    panel.focus();
  };
  changePlaces({ path: 'form', make: () => ({ changes }), again, done });
}

const room = new Room({ change, fillIn, send: (changes, done) => saving.send({ make: () => ({ changes }), done }) });
const due = new Due({ goTo, confirm: (request, done) => saving.send({ path: 'confirm', make: () => request, done }) });

/** Leads to a figure by its address, as the comparison has it: with the report's name before it. */
function goToFigure(address) {
  const own = address.replace(`${chosen().id}.`, '');
  pick(places.itemOf(own), own);
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
  const placed = state?.findings.filter(({ place }) => place) ?? [];
  if (event.key === 'F8' && placed.length) {
    event.preventDefault();
    walked = (walked + (event.shiftKey ? -1 : 1) + placed.length) % placed.length;
    goTo(placed[walked]);
  } else if (withControl && !isTyping && event.key.toLowerCase() === 'z') {
    event.preventDefault();
    step(event.shiftKey ? 'redo' : 'undo');
  } else if (withControl && !isTyping && event.key.toLowerCase() === 'y') {
    event.preventDefault();
    step('redo');
  }
}

// ---- What the server tells ----

/** Learns what stands where in what is shown, when all that was typed here is in it. */
const learning = new Errand(async () => {
  const report = chosen();
  const hasEnded = ['done', 'faulty'].includes(state?.state);
  await renewFile();
  // Of content that cannot be read nothing is known that could move.
  if (!report && state) {
    places.saved = state.edit?.saved ?? 0;
    doWanted();
  }
  if (!report || saving.isBusy || !hasEnded && report.id === places.report) return;
  const isWanted = ({ saved }) => !saving.isBusy && saved >= lastSaved && report.id === chosen()?.id;
  if (await places.learn(report.id, state.edition, isWanted)) {
    listPlaces();
    due.show(places);
  }
  readyPage();
  await followPicked();
  conflicts.settleNow();
  doWanted();
  mark();
}, () => {});

/** What is picked is what it has become, unless somebody is typing there. */
async function followPicked() {
  const was = panel.item;
  if (!was || isFile(was) || places.items.includes(was)) return;
  const now = await places.follow(was);
  // Meanwhile it may have been written again.
  if (now && panel.item === was && !saving.isBusy && places.saved >= lastSaved) panel.follow(now);
}

/** All of a file is what it has become, where all that was typed there is written. */
async function renewFile() {
  const [was, saved] = [panel.item, lastSaved];
  const isTaken = () => panel.item === was && lastSaved === saved && !saving.isBusy && panel.text === (was.written ?? was.source);
  if (!isFile(was) || !isTaken()) return;
  const now = await askFile(was);
  if (now && now.revision !== was.revision && isTaken()) panel.renew(now);
}

/** The findings that are listed: they are told as soon as everything is checked. */
let findingsShown = '';

function renew() {
  if (!state) return;
  readyPage();
  find('findings-count').textContent = state.findings.length || '';
  find('findings-words').hidden = state.findings.length > 0;
  const said = JSON.stringify(state.findings);
  const areNew = said !== findingsShown;
  if (areNew) renewList(find('findings-list'), state.findings.map(finding => describe(finding, { mend, goTo, openFile, makeNote })));
  if (areNew || state.state !== 'building') panel.showFindings(state.findings);
  findingsShown = said;
  // Where nothing can be shown, what is wrong is.
  if (areNew && state.state === 'faulty' && !chosen() && !panel.item) selectTab('findings');
  if (state.state !== 'building') sayErrors();
  // What the stream tells can be older than what was answered.
  if (state.edit?.saved >= lastSaved) showHistory(state.edit);
  listChanges(goToFigure);
  learning.run();
}

/** A preview that is begun anew counts anew. */
function distrust() {
  lastSaved = lastMoved = 0;
  places.edition = -1;
}

find('sheets').addEventListener('click', event => {
  const sheet = event.target.closest('.sheet');
  if (!sheet) return;
  const number = [...sheet.parentElement.children].indexOf(sheet) + 1;
  const { left, top, width, height } = sheet.getBoundingClientRect();
  const [x, y] = [(event.clientX - left) / width * 100, (event.clientY - top) / height * 100];
  want(() => pickFound(places.onPaper(number, x, y)), isOfPaper);
});
document.addEventListener('tally-lost', distrust);
document.addEventListener('tally-page', () => { doWanted(); mark(); });
document.addEventListener('tally-state', renew);
frame.addEventListener('load', () => { readyPage(); mark(); });
addEventListener('keydown', keysEverywhere);
readyCompared(goToFigure);
readyDrop(document, () => panel.item, isStill);
find('compared-show').addEventListener('click', () => document.querySelector('.tabs button[value="changes"]').click());
find('undo').addEventListener('click', () => step('undo'));
find('redo').addEventListener('click', () => step('redo'));
find('find-place').addEventListener('input', listPlaces);
find('figure-search').addEventListener('input', listFigures);
find('figure-cancel').addEventListener('click', () => find('insert-figure').close());
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
