// The editor of a text: Markdown in which the addresses of figures are shown as the figures.

import {
  Decoration, defaultKeymap, EditorState, EditorView, history, historyKeymap, keymap, Prec, StateEffect, StateField, ViewPlugin, WidgetType,
} from './codemirror.js';
import { nonce } from './messages.js';
import { isFormed, pasteFormed } from './paste.js';
import { differing } from './tools.js';

const BOUND = /\{\{\s*([^|{}\s]+)\s*(?:\|[^{}]*)?\}\}/g;

/** A figure in the text. */
class Chip extends WidgetType {
  constructor(address, printed) {
    super();
    this.address = address;
    this.printed = printed;
  }

  eq(other) {
    return other.address === this.address && other.printed === this.printed;
  }

  toDOM() {
    const chip = document.createElement('span');
    chip.className = 'chip';
    chip.textContent = this.printed;
    chip.title = this.address;
    chip.dataset.address = this.address;
    return chip;
  }

  ignoreEvent() {
    return false;
  }
}

const setFindings = StateEffect.define();
/** The words that findings are about. */
const findings = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    let now = marks.map(transaction.changes);
    for (const effect of transaction.effects) if (effect.is(setFindings)) now = Decoration.set(effect.value, true);
    return now;
  },
  provide: field => EditorView.decorations.from(field),
});

/** Shows the figures of a text; `print` says how the figure of an address is printed, if there is one. */
function chips(print) {
  const find = view => {
    const found = [];
    const text = view.state.doc.toString();
    for (const match of text.matchAll(BOUND)) {
      const printed = print(match[1], match[0]);
      if (printed !== null) found.push(Decoration.replace({ widget: new Chip(match[1], printed) }).range(match.index, match.index + match[0].length));
    }
    return Decoration.set(found);
  };
  const plugin = ViewPlugin.fromClass(class {
    constructor(view) { this.decorations = find(view); }
    update(update) { if (update.docChanged) this.decorations = find(update.view); }
  }, {
    decorations: one => one.decorations,
    provide: self => EditorView.atomicRanges.of(view => view.plugin(self)?.decorations ?? Decoration.none),
  });
  return plugin;
}

export class TextEditor {
  #view;
  #typed;
  #silent = false;

  /**
   * Puts an editor into `parent`. Calls `typed` with the text after each change of it, `left` when the writer is done, `chose`
   * with the address of a figure that was opened, `insert` when a figure is to be inserted and `leftOut` with what of a pasted text
   * did not come along; where `isMarkdown`, what is pasted keeps its form.
   */
  constructor({ parent, label, text, hasFigures, isMarkdown, print, typed, left, chose, insert, leftOut }) {
    this.#typed = typed;
    const keys = [
      { key: 'Escape', run: () => { left(); return true; } },
      { key: 'Mod-k', run: () => { if (hasFigures) insert(); return hasFigures; } },
      { key: 'Mod-b', run: () => { this.surround('**'); return true; } },
    ];
    this.#view = new EditorView({
      parent,
      state: EditorState.create({
        doc: text,
        extensions: [
          EditorView.cspNonce.of(nonce),
          Prec.high(keymap.of(keys)),
          history(),
          keymap.of([...defaultKeymap, ...historyKeymap]),
          EditorView.lineWrapping,
          findings,
          hasFigures ? chips(print) : [],
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'true', tabindex: '0' }),
          EditorView.updateListener.of(update => { if (update.docChanged && !this.#silent) typed(update.state.doc.toString()); }),
          EditorView.domEventHandlers({
            click: event => {
              const chip = event.target.closest?.('.chip');
              if (chip) chose(chip.dataset.address);
              return false;
            },
            paste: event => {
              if (!isMarkdown || !isFormed(event.clipboardData)) return false;
              event.preventDefault();
              pasteFormed(event.clipboardData, text => this.insert(text), leftOut);
              return true;
            },
          }),
        ],
      }),
    });
  }

  get text() {
    return this.#view.state.doc.toString();
  }

  focus() {
    this.#view.focus();
  }

  /** Puts another text in, where it was changed elsewhere: only what differs, so that the caret stays where it was. */
  replace(text) {
    const [from, to, end] = differing(this.text, text);
    if (from === to && from === end) return;
    this.#silent = true;
    this.#view.dispatch({ changes: { from, to, insert: text.slice(from, end) } });
    this.#silent = false;
  }

  /** Puts the caret at a letter of a line, both from 1, and brings it into view. */
  reveal(line, column = 1) {
    const { doc } = this.#view.state;
    const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
    const anchor = Math.min(from + column - 1, to);
    this.#view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
    this.focus();
  }

  insert(text) {
    this.#view.dispatch(this.#view.state.replaceSelection(text));
    this.focus();
  }

  /** Puts marks around what is selected. */
  surround(mark, end = mark) {
    const { from, to } = this.#view.state.selection.main;
    this.#view.dispatch({
      changes: [{ from, insert: mark }, { from: to, insert: end }],
      selection: { anchor: from + mark.length, head: to + mark.length },
    });
    this.focus();
  }

  /** Makes a list of the lines that are selected, or of the whole text; a list becomes lines again. */
  listed() {
    const { doc, selection } = this.#view.state;
    const { from, to, empty } = selection.main;
    const [first, last] = empty ? [1, doc.lines] : [doc.lineAt(from).number, doc.lineAt(to).number];
    const lines = Array.from({ length: last - first + 1 }, (_, place) => doc.line(first + place)).filter(({ text }) => text.trim());
    const isList = lines.every(({ text }) => /^[-*] /.test(text));
    this.#view.dispatch({ changes: lines.map(({ from, text }) => (isList ? { from, to: from + 2 } : { from, insert: /^[-*] /.test(text) ? '' : '- ' })) });
    this.focus();
  }

  /** Puts letters before the text, in the place of those that match. */
  begin(pattern, letters) {
    const [was = ''] = this.text.match(pattern) ?? [];
    this.#view.dispatch({ changes: { from: 0, to: was.length, insert: letters } });
    this.focus();
  }

  /** Marks the words between these letters. @param {{from: number, to: number, isError: boolean}[]} places */
  showFindings(places) {
    const { length } = this.#view.state.doc;
    const marks = places.filter(({ from, to }) => from < to && to <= length).map(({ from, to, isError }) =>
      Decoration.mark({ class: isError ? 'doubt is-error' : 'doubt' }).range(from, to));
    this.#view.dispatch({ effects: setFindings.of(marks) });
  }

  /** What a screen reader and a keyboard work in. */
  get element() {
    return this.#view.contentDOM;
  }

  destroy() {
    this.#view.destroy();
  }
}
