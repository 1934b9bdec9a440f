// What is picked stands in rows, parts and sections: each can be added to, moved, copied, taken out and said more of.

import { ask } from './form.js';
import { askRoom } from './messages.js';
import { shortened } from './panel.js';
import { find, make, renewList, RETRY } from './tools.js';

/** So many milliseconds nothing may be typed before what surrounds it is asked for anew. */
const PATIENCE = 400;
/** The fields of what a figure stands in that are shown with it. */
const TOLD = ['type', 'unit', 'decimals', 'note', 'target', 'rating', 'frequency'];
/** "a row", "an indicator". */
const one = what => `${/^[aeiou]/.test(what) ? 'an' : 'a'} ${what}`;
const first = words => words[0].toUpperCase() + words.slice(1);

export class Room {
  #acts;
  #asked = null;
  /** What is under way: until it is there, nothing is known of what is picked. */
  #loading = null;
  #later = 0;
  #levels = [];
  #notes = [];
  /** What was open, by what it is. */
  #open = new Set();
  /** The button that was pressed, to which the focus goes back when all stands elsewhere. */
  #pressed = null;

  /**
   * `acts.change(change)` asks for a change, `acts.fillIn(changes, { done, words })` for those of a form, calls `done` with the
   * answer and picks what says the words; `acts.send(changes, done)` asks for some that leave all in its place.
   */
  constructor(acts) {
    this.#acts = acts;
    document.addEventListener('tally-picked', ({ detail: { item, isNew } }) => this.#show(item, isNew));
  }

  #show(item, isNew) {
    const asked = item && `${item.id} ${item.revision}`;
    const isKnown = asked === this.#asked;
    // Who types changes its file letter by letter: until that is read, what was known is told.
    if (item?.format === 'figure' && (isKnown || !isNew)) this.#tell();
    if (isKnown) return;
    this.#asked = asked;
    clearTimeout(this.#later);
    // Of something else that is picked nothing is shown until it is known; of the same its old levels stay, since who
    // types changes its file letter by letter.
    if (!isNew) this.#later = setTimeout(() => this.#load(item, asked), PATIENCE);
    else {
      this.#noteOpen();
      [this.#levels, this.#notes] = [[], []];
      find('picked-room').replaceChildren();
      this.#loading = this.#load(item, asked);
    }
  }

  async #load(item, asked) {
    const { levels, notes } = (item ? await askRoom(item) : { levels: [], notes: [] }) ?? {};
    // Meanwhile something else may have been picked; of what is being written the old levels stay until it is read.
    if (asked !== this.#asked) return;
    if (!levels) {
      this.#later = setTimeout(() => this.#load(item, asked), RETRY);
      return;
    }
    [this.#levels, this.#notes] = [levels, notes];
    const place = find('picked-room');
    const held = place.contains(document.activeElement) ? document.activeElement.dataset.does : null;
    this.#noteOpen();
    renewList(place, levels.map((level, depth) => this.#level(level, depth === 0 && item.format !== 'markdown')));
    if (item?.format === 'figure') this.#tell();
    const does = held ?? this.#pressed;
    this.#pressed = null;
    if (does) [...place.querySelectorAll('button')].find(button => button.dataset.does === does)?.focus();
  }

  #noteOpen() {
    for (const { open, dataset } of find('picked-room').querySelectorAll('details')) this.#open[open ? 'add' : 'delete'](dataset.what);
  }

  /** What is said of a figure by what it stands in, its unit or its note, each with a button that changes it. */
  #tell() {
    const row = (level, { name, says }) => {
      const [called, words] = [`${name} of the ${level.what}`, says ? 'Change…' : 'Add a note…'];
      const button = make('button', { type: 'button', className: 'link', textContent: words, ariaLabel: `${words}: ${called}`, onclick: () => this.#details(level, name) });
      return [make('dt', { textContent: first(called) }), make('dd', {}, ...says ? [`${says} `] : [], button)];
    };
    const noted = this.#levels.find(({ fields }) => fields.some(({ name }) => name === 'note'));
    const isTold = (level, { name, says }) => (says ? TOLD.includes(name) : level === noted && name === 'note');
    renewList(find('picked-told'), this.#levels.flatMap(level => level.fields.filter(field => isTold(level, field)).flatMap(field => row(level, field))));
  }

  #level(level, isInnermost) {
    const { what, name, list, place, of, beside, fields, lists } = level;
    const named = () => ({ id: level.id, revision: level.revision });
    const called = shortened(`${what} ${name}`.trim());
    const button = (words, work, disabled = false) => {
      const element = make('button', { type: 'button', textContent: words, disabled, onclick: work, ariaLabel: words.includes(what) ? words : `${words}: ${called}` });
      element.dataset.does = `${list} ${words}`;
      return element;
    };
    const change = more => ({ currentTarget }) => {
      this.#pressed = currentTarget.dataset.does;
      this.#acts.change({ ...named(), list, ...more });
    };
    const tools = [
      ...beside ? [button(`Add ${one(what)} after this…`, () => this.#add(level, named))] : [],
      ...fields.length ? [button('Details…', () => this.#details(level))] : [],
      ...lists.length ? [button(`Add to this ${what}…`, () => this.#within(level, named))] : [],
      ...list ? [
        button('Move up', change({ kind: 'move', by: -1 }), place === 0),
        button('Move down', change({ kind: 'move', by: 1 }), place === of - 1),
        button('Copy', change({ kind: 'duplicate' })),
        button('Remove', () => this.#remove(level, named), of === 1),
      ] : [],
    ];
    const bar = make('div', { className: 'tools', role: 'group', ariaLabel: first(called) }, ...tools);
    if (isInnermost) return make('div', {}, make('p', { className: 'location', textContent: first(called) }), bar);
    const details = make('details', { open: this.#open.has(what) }, make('summary', { textContent: first(called) }), bar);
    details.dataset.what = what;
    return details;
  }

  #add({ what, list, beside }, named) {
    ask({
      heading: `Add ${one(what)}`, asked: beside, submit: 'Add',
      send: (given, done) => this.#acts.fillIn([{ kind: 'add', ...named(), list, before: false, given }], { done, words: wordsIn(given) }),
    });
  }

  /** Asks whether the files go that nothing else shows. */
  #remove({ what, name, list, files }, named) {
    const remove = { kind: 'remove', ...named(), list };
    if (!files.length) return this.#acts.change(remove);
    const names = files.map(({ name }) => name).join(', ');
    const [withFiles, alone] = [`Take away ${names} as well`, `Keep ${names}`];
    const about = `Nothing else shows ${names}. “Undo” brings back what goes, as long as this preview runs.`;
    ask({
      heading: `Remove ${what} ${name}`.trim(), submit: 'Remove', says: { files: withFiles },
      asked: { kind: 'record', fields: [{ name: 'files', about, must: true, asked: { kind: 'text', words: [withFiles, alone], known: [], written: null, is_long: false } }] },
      send: (given, done) => {
        const away = given.files === withFiles ? files.map(({ id, revision }) => ({ kind: 'away', id, revision })) : [];
        this.#acts.fillIn([remove, ...away], { done });
      },
    });
  }

  /** Names a note of the report, or begins one; `named` is called with its id. */
  async note(item, named) {
    await this.#loading;
    const report = this.#levels.find(({ what, list }) => what === 'report' && !list);
    if (!report) return;
    const known = this.#notes.map(({ id, text }) => `${id}: ${text}`);
    const field = (name, about, asked) => ({ name, about, must: false, asked: { kind: 'text', words: [], known: [], written: null, is_long: false, ...asked } });
    const fields = [
      ...known.length ? [field('note-that-is-there', 'Several texts can name one note.', { words: known })] : [],
      field('new-note', 'The words of the note, as readers find them under the page.', { is_long: true }),
    ];
    ask({
      heading: 'Note', asked: { kind: 'record', fields }, submit: 'Add',
      send: (given, done) => {
        const there = given['note-that-is-there']?.split(':')[0];
        const text = given['new-note'].trim();
        const finish = id => answer => {
          done(answer);
          if (answer.state === 'saved') named(id);
        };
        if (there) return finish(there)({ state: 'saved' });
        if (!text) return done({ state: 'refused', reasons: [{ message: 'there is no note yet', help: 'write its words' }] });
        const id = idOf(text, this.#notes.map(({ id }) => id));
        this.#acts.send([{ kind: 'within', id: report.id, revision: report.revision, list: 'notes', given: { id, text } }], finish(id));
      },
    });
  }

  /** A new entry of one of the lists of an entry. */
  #within({ what, name, lists }, named) {
    const ways = lists.map(({ name, about, asked }) => ({ name, about, asked }));
    ask({
      heading: first(`${what} ${name}`.trim()), asked: { kind: 'choice', ways }, submit: 'Add',
      send: (chosen, done) => {
        const [list, given] = Object.entries(chosen)[0] ?? [];
        if (!list) return done({ state: 'refused', reasons: [{ message: 'it is not said what is added', help: 'choose one of the list' }] });
        this.#acts.fillIn([{ kind: 'within', ...named(), list, given }], { done, words: wordsIn(given) });
      },
    });
  }

  /** The fields of an entry that are one text each, perhaps one of them first; only what becomes other is written. */
  #details({ id, revision, what, name, fields }, begin = null) {
    const says = Object.fromEntries(fields.map(({ name, says }) => [name, says]));
    ask({
      heading: first(`${what} ${name}`.trim()), asked: { kind: 'record', fields }, says, begin, submit: 'Save',
      send: (given, done) => {
        const other = fields.filter(({ name, says }) => given[name].trim() !== says.trim());
        const changes = other.map(({ name }) => ({ kind: 'field', id, revision, name, text: given[name] }));
        if (changes.length) this.#acts.fillIn(changes, { done });
        else done({ state: 'saved' });
      },
    });
  }
}

/** An id of a few words that is not taken yet. */
function idOf(words, taken) {
  const stem = words.toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim().split(' ').slice(0, 3).join('-').replace(/^[^a-z]+/, '') || 'note';
  let id = stem;
  for (let number = 2; taken.includes(id); number++) id = `${stem}-${number}`;
  return id;
}

/** The words by which something new is found: its caption, title or name. */
function wordsIn(given) {
  if (typeof given === 'string') return given.trim() || null;
  if (Array.isArray(given)) return given.map(wordsIn).find(Boolean) ?? null;
  const own = ['caption', 'title', 'name', 'label', 'key', 'words', 'text'].map(field => given[field]).find(words => typeof words === 'string' && words.trim());
  if (own) return own.trim();
  return Object.values(given).map(wordsIn).find(Boolean) ?? null;
}
