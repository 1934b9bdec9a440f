// The panel of what is picked: what it is, an editor for it, and what stands in its way.

import { find, make, renewList, write } from './tools.js';
import { TextEditor } from './editor.js';

const bytes = text => new TextEncoder().encode(text).length;
const rangeOf = id => id.split('-').slice(1).map(Number);
const fileOf = id => id.split('-')[0];
/** How many letters of a text its first bytes are. */
const lettersIn = (text, count) => new TextDecoder().decode(new TextEncoder().encode(text).slice(0, Math.max(count, 0))).length;

/** So many milliseconds nothing may change before it is said. */
const PATIENCE = 700;

/** The marks that a figure can have, as they are typed, with what they mean. */
const MARKS = {
  '': 'none', p: 'provisional', r: 'revised', e: 'estimated', f: 'forecast', b: 'not comparable with earlier figures', rs: 'restated',
};
const MARK = /\s*[([](p|r|e|f|b|rs)[)\]]$/;

export class Panel {
  #item = null;
  #editor = null;
  #field = null;
  #findings = [];
  /** Why what was asked for last was refused, until something is written. */
  #refused = [];
  #heardLater = 0;
  /** Whether something was pasted into the text. */
  #pasted = false;
  /** Where the focus was before it rested. */
  #rested = null;
  #places;
  #acts;

  /**
   * `acts` says what is done: `type(item, text)`, `change(change)`, `choose(address)`, `insert()`, `note(item)`, `leave()`, `next(step, inColumn)` (whether there is one),
   * `paste(item, cells)`, `picture(item)`, `openFile(finding)`; `isRead()` says whether all that was typed is read and checked.
   */
  constructor(places, acts) {
    this.#places = places;
    this.#acts = acts;
    find('picked').addEventListener('keydown', event => {
      if (event.key === 'Escape' && !event.defaultPrevented) this.#acts.leave();
    });
  }

  get item() {
    return this.#item;
  }

  /** What is typed now. */
  get text() {
    return this.#editor ? this.#editor.text : this.#field?.value ?? '';
  }

  /** Takes nothing in until it is known where what is shown stands; who worked in it is told what is being saved. */
  rest() {
    const { activeElement } = document;
    if (find('picked').contains(activeElement)) this.#rested = activeElement;
    find('picked').inert = true;
    if (this.#rested === activeElement) find('saved').focus();
  }

  /** Goes on as before. */
  wake() {
    find('picked').inert = false;
    if (document.activeElement === find('saved')) this.#rested?.focus();
    this.#rested = null;
  }

  show(item, address = item?.address) {
    this.#clear();
    this.#rested = null;
    find('picked').inert = false;
    this.#item = item;
    find('picked').hidden = !item && !address;
    find('nothing-picked').hidden = !find('picked').hidden;
    if (item) this.#showItem(item);
    else if (address) this.#showComputed(address);
    this.#showFacts(address);
    tellPicked(item, true);
  }

  /**
   * The same place, whose file has become another one. What was typed and could not be written stays; so does what somebody is
   * typing, though it may stand in the file in other words: an empty line at its end does not.
   */
  follow(item) {
    const { source, written } = this.#item;
    const isTyped = written !== undefined;
    const isTaken = !isTyped || this.text === written;
    const isOther = this.#isWrittenIn ? !isTyped && item.source !== source : item.source !== this.text;
    item.key = this.#item.key;
    this.#item = item;
    find('picked-file').textContent = `${item.file}, line ${item.line}`;
    if (isTaken && isOther) {
      if (this.#editor) this.#editor.replace(item.source);
      if (this.#field) this.#field.value = item.source;
    }
    if (!find('picked-facts').contains(document.activeElement)) this.#showFacts(item.address);
    tellPicked(item, false);
    this.showFindings(this.#findings);
  }

  /** All of a file as it is by now: the caret stays at its letters. */
  renew(item) {
    item.key = this.#item.key;
    this.#item = item;
    this.#editor.replace(item.source);
    tellPicked(item, false);
    this.showFindings(this.#findings);
  }

  /** Brings a place of the text into view, and the caret there. */
  reveal(line, column) {
    this.#editor?.reveal(line, column);
  }

  /** Whether somebody is writing in it: also while they look for a figure or fill in what is put at the caret. */
  get #isWrittenIn() {
    const isAsked = document.querySelector('#insert-figure[open], #fill-in[open]') !== null;
    return isAsked || [this.#editor?.element, this.#field].includes(document.activeElement);
  }

  focus() {
    if (this.#editor) this.#editor.focus();
    else if (this.#field) this.#field.focus();
    else find('picked-kind').focus();
  }

  /** Goes back to a button that was pressed. */
  focusButton(words) {
    const button = [...find('picked').querySelectorAll('button')].find(({ textContent }) => textContent === words);
    button?.focus();
  }

  #clear() {
    this.#editor?.destroy();
    this.#editor = this.#field = null;
    this.#pasted = false;
    this.#refused = [];
    for (const id of ['picked-editor', 'picked-tools', 'picked-structure', 'picked-facts', 'picked-told', 'picked-trouble', 'picked-left-out']) find(id).replaceChildren();
  }

  #head(kind, location, file) {
    find('picked-kind').textContent = kind;
    find('picked-location').textContent = location;
    find('picked-file').textContent = file;
  }

  #showItem(item) {
    this.#head(item.kind, item.location.join(' › '), item.format === 'file' ? item.file : `${item.file}, line ${item.line}`);
    if (item.format === 'figure') this.#showFigure(item);
    else this.#showText(item);
    if (item.in_list) this.#showStructure(item);
    this.showFindings(this.#findings);
  }

  #showText(item) {
    const printed = printedIn(item);
    const isWhole = item.format === 'file';
    find('picked-editor').classList.toggle('whole', isWhole);
    this.#editor = new TextEditor({
      parent: find('picked-editor'),
      label: isWhole ? item.file : item.kind,
      text: item.source,
      hasFigures: !isWhole,
      isMarkdown: item.format === 'markdown',
      print: (address, typed) => printed.get(typed) ?? this.#places.figures[address]?.printed ?? null,
      typed: text => this.#acts.type(this.#item, text),
      left: () => this.#acts.leave(),
      chose: address => this.#acts.choose(address),
      insert: () => this.#acts.insert(),
      leftOut: reasons => { this.#pasted = true; this.#sayLeftOut(reasons); },
    });
    const button = (words, work) => make('button', { type: 'button', textContent: words, onclick: work });
    const editor = this.#editor;
    const tools = item.format === 'markdown' ? [
      button('Heading', () => editor.begin(/^#{1,6} /, '## ')),
      button('List', () => editor.listed()),
      button('Link', () => editor.surround('[', '](https://)')),
      button('Bold', () => editor.surround('**')),
      button('Italic', () => editor.surround('*')),
    ] : [];
    if (isWhole) return;
    find('picked-tools').replaceChildren(...tools, button('Insert figure (Ctrl K)', () => this.#acts.insert()), button('Note…', () => this.#acts.note(this.#item)));
  }

  #showFigure(item) {
    const field = make('input', { className: 'figure', value: item.source, autocomplete: 'off', spellcheck: false, ariaLabel: 'Figure as it is typed' });
    const keys = make('p', { id: 'figure-keys', textContent: 'Tab goes to the next figure, Escape to the mark and what else is done with this one.' });
    field.setAttribute('aria-describedby', keys.id);
    field.addEventListener('input', () => this.#acts.type(this.#item, field.value));
    field.addEventListener('keydown', event => {
      // Tab walks the figures: what else there is to do with this one is reached from its mark.
      if (event.key === 'Escape') find('picked-mark').focus();
      else if (!this.#walk(event, field)) return;
      event.preventDefault();
    });
    field.addEventListener('paste', event => {
      const text = event.clipboardData.getData('text/plain').replace(/\r?\n$/, '');
      if (!/[\t\n]/.test(text)) return;
      event.preventDefault();
      this.#acts.paste(this.#item, text.split(/\r?\n/).map(line => line.split('\t').map(cell => cell.trim())));
    });
    find('picked-editor').replaceChildren(field, keys, this.#mark(field));
    this.#field = field;
  }

  /** The mark beside a figure, in square brackets: chosen by what it means. */
  #mark(field) {
    const [, typed = ''] = field.value.match(MARK) ?? [];
    const known = Object.keys(MARKS).includes(typed);
    const choice = make('select', { id: 'picked-mark' }, ...Object.entries(MARKS).map(([letters, means]) => make('option', { value: letters, textContent: means })));
    choice.value = known ? typed : '';
    choice.addEventListener('change', () => {
      field.value = `${field.value.replace(MARK, '').trimEnd()}${choice.value ? ` (${choice.value})` : ''}`;
      this.#acts.type(this.#item, field.value);
    });
    return make('div', { className: 'mark' }, make('label', { htmlFor: 'picked-mark', textContent: 'Mark' }), choice);
  }

  /** Goes on as in a spreadsheet, where there is a cell: Tab and Enter along the figures, arrows down and up in a column. */
  #walk(event, field) {
    const back = event.shiftKey ? -1 : 1;
    const ends = [field.selectionStart, field.selectionEnd];
    const isAt = place => ends.every(end => end === place);
    switch (event.key) {
      case 'Enter': case 'Tab': return this.#acts.next(back);
      case 'ArrowDown': return this.#acts.next(1, true);
      case 'ArrowUp': return this.#acts.next(-1, true);
      case 'ArrowRight': return isAt(field.value.length) && this.#acts.next(1);
      case 'ArrowLeft': return isAt(0) && this.#acts.next(-1);
      default: return false;
    }
  }

  #showStructure(item) {
    const named = () => ({ id: this.#item.id, revision: this.#item.revision });
    const act = (words, change) => make('button', { type: 'button', textContent: words, onclick: () => this.#acts.change({ list: null, ...named(), ...change() }) });
    // What stands in lists of YAML is shown by `room.js`.
    find('picked-structure').replaceChildren(
      ...mayHavePicture(item) ? [make('button', { type: 'button', textContent: 'Add a picture…', onclick: () => this.#acts.picture(this.#item) })] : [],
      ...item.format === 'markdown' ? [
        act('Add after', () => ({ kind: 'insert', before: false, values: [['text', 'New text.']] })),
        act('Move up', () => ({ kind: 'move', by: -1 })),
        act('Move down', () => ({ kind: 'move', by: 1 })),
        act('Copy', () => ({ kind: 'duplicate' })),
        act('Remove', () => ({ kind: 'remove' })),
      ] : [],
    );
  }

  #showComputed(address) {
    this.#head('Figure that follows from others', '', address);
  }

  /** What is known of a figure, and of the figures that are bound in a text. */
  #showFacts(address) {
    find('picked-facts').replaceChildren(...this.#card(address), ...this.#bound());
  }

  #card(address) {
    const card = this.#places.figures[address];
    if (!card) return [];
    const rows = [
      ['What', card.name],
      ['Printed', card.printed],
      ['Address', address],
      ['Follows from', card.follows],
      ['Last year', card.last && (card.change ? `${card.last} (${card.change})` : card.last)],
      ['Source', card.source],
      ['Checked by', card.checks.map(({ rule }) => rule).join(', ')],
      ...card.checks.filter(({ holds }) => !holds).map(({ rule, words, acknowledged }) =>
        [acknowledged ? 'Acknowledged' : 'Does not hold', [`${rule}: ${words.join('; ')}`, acknowledged].filter(Boolean).join('. Reason: ')]),
      ['Leads to', card.leads_to.join(', ')],
    ];
    const uses = card.used_in.map(id => this.#places.item(id)).filter(Boolean);
    return [
      ...rows.filter(([, words]) => words).flatMap(([name, words]) => [make('dt', { textContent: name }), make('dd', { textContent: words })]),
      ...links('Used in', uses.map(item => [shortened(item.words), () => this.#acts.pick(item)])),
    ];
  }

  /** The figures that are bound in a text, each of which leads to its place. */
  #bound() {
    const printed = new Map(this.#item?.figures.map(({ address, printed }) => [address, printed]));
    const words = (address, printed) => [printed, this.#places.figures[address]?.name ?? address].join(': ');
    return links('Bound here', [...printed].map(([address, printed]) => [words(address, printed), () => this.#acts.choose(address)]));
  }

  /** Findings of what is picked, at the words and under the editor. */
  showFindings(findings) {
    this.#findings = findings;
    const item = this.#item;
    if (!item) return;
    const [start, end] = rangeOf(item.id);
    // What was pasted into a text can be several blocks by now; all of it is still shown.
    const until = this.#pasted ? Math.max(end, start + bytes(this.text)) : end;
    const isHere = ({ id }) => fileOf(id) === fileOf(item.id) && rangeOf(id)[0] >= start && rangeOf(id)[1] <= until + 1;
    const own = findings.filter(({ place }) => place && isHere(place));
    renewList(find('picked-trouble'), [...this.#refused.map(refusal), ...own.map(finding => describe(finding, this.#acts))]);
    this.#hear([...this.#refused, ...own].map(({ message }) => message));
    this.#editor?.showFindings(own.flatMap(({ place: { id, text }, severity }) =>
      wordsIn(this.text, text, lettersIn(this.text, rangeOf(id)[0] - start)).map(words => ({ ...words, isError: severity === 'error' }))));
  }

  /** What was refused, under the editor. */
  refuse(reasons) {
    this.#refused = reasons;
    if (this.#item) this.showFindings(this.#findings);
    else this.#hear(reasons.map(({ message }) => message));
  }

  /** Something was written: what was refused before is past. */
  taken() {
    if (this.#refused.length) this.refuse([]);
  }

  /** Says what is wrong to who listens, once, when they have stopped typing and all of it is read: half a number is no mistake. */
  #hear(messages) {
    const hear = () => (this.#acts.isRead() ? write('trouble-heard', messages.join('. ')) : this.#hear(messages));
    clearTimeout(this.#heardLater);
    this.#heardLater = setTimeout(hear, PATIENCE);
  }

  /** What of a pasted text did not come along, until something else is picked. */
  #sayLeftOut(reasons) {
    find('picked-left-out').replaceChildren(...reasons.map(({ message, help }) =>
      make('p', { textContent: help ? `${message}: ${help}` : message })));
  }

  insertFigure(address) {
    this.insert(`{{ ${address} }}`);
  }

  insert(words) {
    this.#editor?.insert(words);
  }
}

/** Some entries of the facts that lead elsewhere, under their name. @param {[string, function][]} all */
const links = (name, all) => (all.length ? [make('dt', { textContent: name }), make('dd', {}, make('ul', {}, ...all.map(([textContent, onclick]) =>
  make('li', {}, make('button', { type: 'button', className: 'link', textContent, onclick })))))] : []);

/**
 * Where the letters of a file stand in a text that is edited, as near as can be to where they are looked for. Quotation marks,
 * ends of lines and what lines are indented by are of the file alone.
 */
function wordsIn(text, letters, near) {
  const words = letters.trim().replace(/^["']|["']$/g, '').split(/\s+/).filter(Boolean).map(word => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  if (!words.length) return [];
  const found = [...text.matchAll(new RegExp(words.join('\\s+'), 'g'))].map(({ index, 0: { length } }) => ({ from: index, to: index + length }));
  return found.sort((one, other) => Math.abs(one.from - near) - Math.abs(other.from - near)).slice(0, 1);
}

/** Tells who shows more of what is picked, and whether it was picked just now. */
const tellPicked = (item, isNew) => document.dispatchEvent(new CustomEvent('tally-picked', { detail: { item: item ?? null, isNew } }));

/** Whether it is a text of a figure, which names its picture. */
export const mayHavePicture = ({ kind, file, section }) => ['Caption', 'Alternative text'].includes(kind) && section !== '' && file.endsWith('/report.yaml');

/** How each bound figure of a text is printed in it: what stands between the words around it. */
function printedIn({ source, words }) {
  const plain = text => text.replace(/\*\*|__|\[|\]\([^)]*\)|^#+ /g, '').replace(/\s+/g, ' ');
  const found = new Map();
  const parts = source.split(/(\{\{[^{}]*\}\})/);
  let at = 0;
  for (let place = 1; place < parts.length; place += 2) {
    const before = plain(parts[place - 1]).slice(-12);
    const start = words.indexOf(before, at) + before.length;
    const after = plain(parts[place + 1]).slice(0, 12);
    const end = after ? words.indexOf(after, start) : words.length;
    if (start < before.length || end < start) break;
    found.set(parts[place], words.slice(start, end));
    at = end;
  }
  return found;
}

export const shortened = words => (words.length > 70 ? `${words.slice(0, 68).replace(/\s+\S*$/, '')} …` : words);

/** Why something was refused, with the place of a cell that was pasted. */
const refusal = ({ cell, message, help }) => make('li', { className: 'is-error' },
  make('p', { className: 'message', textContent: `${cell ? `Row ${cell[0]}, column ${cell[1]}: ` : ''}${message}` }),
  ...help ? [make('p', { textContent: help })] : []);

/** A finding with what mends it. */
export function describe(finding, acts) {
  const { severity, message, help, file, line, offers } = finding;
  const isError = severity === 'error';
  const buttons = [];
  for (const { words, changes } of offers) {
    const mend = () => acts.mend(changes.map(({ id, revision, text }) => ({ kind: 'mend', id, revision, text })));
    buttons.push(make('button', { type: 'button', textContent: words[0].toUpperCase() + words.slice(1), onclick: mend }));
  }
  if (finding.code === 'notes-by-hand' && finding.place) buttons.push(make('button', { type: 'button', textContent: 'Make it a note…', onclick: () => acts.makeNote(finding) }));
  if (finding.place) buttons.push(make('button', { type: 'button', className: 'go', textContent: 'Go to it', onclick: () => acts.goTo(finding) }), make('button', { type: 'button', className: 'go', textContent: 'Open the file', onclick: () => acts.openFile(finding) }));
  return make('li', { className: isError ? 'is-error' : 'is-warning' },
    make('p', { className: 'message', textContent: `${isError ? 'Error' : 'Warning'}: ${message}` }),
    ...help.map(words => make('p', { textContent: words })),
    ...file ? [make('p', { className: 'location', textContent: `${file}, line ${line}` })] : [],
    ...buttons.length ? [make('p', { className: 'tools' }, ...buttons)] : []);
}
