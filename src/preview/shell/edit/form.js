// A form made of what the server asks (`Asked` in messages.js), and what was filled in.

import { digits, KINDS } from './picture.js';
import { find, make } from './tools.js';

let made = 0;
const newId = () => `asked-${++made}`;
/** Names of YAML that say too little. */
const SAID = { alt: 'Alternative text' };
/** A name of YAML as words. */
export const inWords = name => SAID[name] ?? (name ? name[0].toUpperCase() + name.slice(1).replaceAll('-', ' ') : '');

/** What can be seen and filled in, and how it is read: `{ element, read }`. */
const FIELDS = { text, some, lines, cells, record, list, choice, picture, file };

/**
 * The fields of a question. `isNeeded` says whether an answer must be there, and `says` what stands there so far.
 * @param {import('./messages.js').Asked} asked
 */
export function fieldOf(asked, { label, about = '', isNeeded = false, says }) {
  return FIELDS[asked.kind](asked, { label, about, isNeeded, says });
}

function labelled(field, { label, about, isNeeded }) {
  field.id = newId();
  field.required = isNeeded;
  const parts = [make('label', { htmlFor: field.id, textContent: isNeeded ? label : `${label} (optional)` })];
  if (about) {
    const hint = make('small', { id: `${field.id}-about`, textContent: about });
    field.setAttribute('aria-describedby', hint.id);
    parts.push(hint);
  }
  return make('div', { className: 'asked' }, ...parts, field);
}

function grouped({ label, about }, ...children) {
  const hint = about && make('small', { id: newId(), textContent: about });
  const group = make('fieldset', { className: 'asked' }, make('legend', { textContent: label }), ...hint ? [hint] : [], ...children);
  if (hint) group.setAttribute('aria-describedby', hint.id);
  return group;
}

const option = (value, textContent = value) => make('option', { value, textContent });

function text({ words, known, written, is_long }, options) {
  const { says = '', about } = options;
  if (words.length) {
    const field = make('select', {}, option('', 'Choose…'), ...words.map(word => option(word)));
    field.value = says;
    return { element: labelled(field, options), read: () => field.value };
  }
  const field = make(is_long ? 'textarea' : 'input', { value: says, autocomplete: 'off', rows: 6 });
  const element = labelled(field, { ...options, about: about || sentence(written) });
  if (known.length) {
    const list = make('datalist', { id: `${field.id}-known` }, ...known.map(word => option(word)));
    field.setAttribute('list', list.id);
    element.append(list);
  }
  return { element, read: () => field.value };
}

const sentence = words => (words ? `${words[0].toUpperCase()}${words.slice(1)}.` : '');

function some({ words }, options) {
  const boxes = words.map(word => make('input', { type: 'checkbox', value: word, id: newId() }));
  const rows = boxes.map(box => make('span', { className: 'tick' }, box, make('label', { htmlFor: box.id, textContent: box.value })));
  return { element: grouped(options, ...rows), read: () => boxes.filter(box => box.checked).map(box => box.value) };
}

function lines({ labels }, options) {
  if (!labels.length) {
    const field = make('textarea', { rows: 4 });
    const about = [options.about, 'A line each.'].filter(Boolean).join(' ');
    return { element: labelled(field, { ...options, about }), read: () => field.value.split('\n').map(line => line.trim()).filter(Boolean) };
  }
  const fields = labels.map(label => text({ words: [], known: [], written: null }, { label, about: '', isNeeded: options.isNeeded }));
  return { element: grouped(options, ...fields.map(({ element }) => element)), read: () => fields.map(({ read }) => read()) };
}

/** Names of rows and columns with their figures, as they are printed; a block of a spreadsheet is pasted whole. */
function cells(_, options) {
  const table = make('table', {});
  const rows = () => [...table.rows];
  const width = () => rows()[0]?.cells.length ?? 0;
  const called = (row, column) => (row === 0 ? (column === 0 ? 'What the rows are' : `Heading of column ${column}`) : column === 0 ? `Name of row ${row}` : `Row ${row}, column ${column}`);
  const cell = (row, column) => {
    const field = make('input', { autocomplete: 'off', ariaLabel: called(row, column), placeholder: row && column ? '' : called(row, column) });
    field.addEventListener('paste', event => pasted(event, row, column));
    field.addEventListener('keydown', event => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      rows()[row + 1]?.cells[column].firstChild.focus();
    });
    return make('td', {}, field);
  };
  const grow = (height, columns) => {
    for (let row = 0; row < Math.max(height, rows().length); row++) {
      const own = rows()[row] ?? table.appendChild(make('tr', {}));
      for (let column = own.cells.length; column < Math.max(columns, width()); column++) own.append(cell(row, column));
    }
  };
  function pasted(event, row, column) {
    const words = event.clipboardData.getData('text/plain').replace(/\r?\n$/, '');
    if (!/[\t\n]/.test(words)) return;
    event.preventDefault();
    const block = words.split(/\r?\n/).map(line => line.split('\t'));
    grow(row + block.length, column + Math.max(...block.map(line => line.length)));
    block.forEach((line, down) => line.forEach((words, right) => { rows()[row + down].cells[column + right].firstChild.value = words.trim(); }));
  }
  grow(3, 2);
  const more = (words, work) => make('button', { type: 'button', textContent: words, onclick: work });
  const element = grouped(options, make('div', { className: 'cells' }, table), make('p', { className: 'tools' },
    more('One more row', () => { grow(rows().length + 1, width()); rows().at(-1).cells[0].firstChild.focus(); }),
    more('One more column', () => { grow(rows().length, width() + 1); rows()[0].cells[width() - 1].firstChild.focus(); })));
  return { element, read: () => rows().map(row => [...row.cells].map(cell => cell.firstChild.value)) };
}

/** What must be said first, the rest under "More". */
function record({ fields }, { label, about, isNeeded, says = {} }) {
  const known = fields.map(({ name, about, must, asked }) => ({
    name, must: must || asked.kind === 'picture', ...fieldOf(asked, { label: inWords(name), about, isNeeded: must && isNeeded, says: says[name] }),
  }));
  for (const { name, element } of known) element.dataset.field = name;
  const of = wanted => known.filter(({ must }) => must === wanted).map(({ element }) => element);
  const rest = of(false);
  const parts = [...of(true), ...rest.length ? [make('details', { open: !of(true).length }, make('summary', { textContent: 'More' }), ...rest)] : []];
  const element = label ? grouped({ label, about }, ...parts) : make('div', { className: 'asked' }, ...parts);
  return { element, read: () => Object.fromEntries(known.map(({ name, read }) => [name, read()])) };
}

function list({ of, most }, options) {
  const entries = [];
  const place = make('div', {});
  const more = make('button', { type: 'button', textContent: `Add to ${options.label.toLowerCase()}`, onclick: () => add().querySelector('input, select, textarea')?.focus() });
  const bound = () => { more.disabled = most !== null && entries.length >= most; };
  function add() {
    const entry = fieldOf(of, { label: `${options.label} ${entries.length + 1}`, isNeeded: true });
    const away = make('button', { type: 'button', textContent: 'Leave this out', onclick: () => {
      entries.splice(entries.indexOf(entry), 1);
      box.remove();
      bound();
      more.focus();
    } });
    const box = make('div', { className: 'entry' }, entry.element, ...options.isNeeded && !entries.length ? [] : [away]);
    entries.push(entry);
    place.append(box);
    bound();
    return box;
  }
  if (options.isNeeded) add();
  return { element: grouped(options, place, more), read: () => entries.map(({ read }) => read()) };
}

/** One of several kinds; the fields of the one that is chosen. */
function choice({ ways }, options) {
  let chosen = null;
  const place = make('div', { ariaLive: 'polite' });
  const field = make('select', {}, option('', 'Choose…'), ...ways.map(({ name }) => option(name, inWords(name))));
  field.addEventListener('change', () => {
    const way = ways.find(({ name }) => name === field.value);
    chosen = way && fieldOf(way.asked, { label: inWords(way.name), about: way.about, isNeeded: true });
    place.replaceChildren(...chosen ? [chosen.element] : []);
  });
  const element = make('div', { className: 'asked' }, labelled(field, { ...options, label: 'What' }), place);
  return { element, read: () => (chosen ? { [field.value]: chosen.read() } : {}) };
}

/** Files that are being read: a form is sent when all of them are there. */
const reading = new Set();

/** A photograph or drawing: chosen, or dropped on the field. */
function picture(_, options) {
  let chosen = '';
  const field = make('input', { type: 'file', accept: KINDS });
  field.addEventListener('change', () => {
    const [file] = field.files;
    chosen = '';
    field.setCustomValidity('');
    if (!file) return;
    const keep = bytes => { if (field.files[0] === file) chosen = { name: file.name, bytes }; };
    const refuse = () => { if (field.files[0] === file) field.setCustomValidity('This file cannot be read: choose it again, or another one.'); };
    const read = digits(file).then(keep, refuse).finally(() => reading.delete(read));
    reading.add(read);
  });
  const about = 'A JPEG, PNG or SVG file: choose it, or drop it here. Without one the place stays empty for now.';
  return { element: labelled(field, { ...options, about }), read: () => chosen };
}

/** A file that is there, by its name; or a new one, with what is in it. */
function file({ files, new: asked }, options) {
  if (!asked) return text({ words: files, known: [], written: null }, options);
  const fresh = fieldOf(asked, { label: '', isNeeded: options.isNeeded });
  if (!files.length) return { element: grouped(options, fresh.element), read: fresh.read };
  const field = make('select', {}, option('', 'A new file'), ...files.map(name => option(name)));
  const place = make('div', {}, fresh.element);
  field.addEventListener('change', () => place.replaceChildren(...field.value ? [] : [fresh.element]));
  return {
    element: grouped(options, labelled(field, { label: 'File', about: '', isNeeded: false }), place),
    read: () => field.value || fresh.read(),
  };
}

/**
 * Asks in a dialog. `send` is given what was filled in and a function that is called with the answer of the server: the
 * dialog stays open with what was refused. It begins at a field of some name, or at the first one.
 * @param {{heading: string, asked: import('./messages.js').Asked, says: ?Object, begin: ?string, submit: string, send: function}} question
 */
export function ask({ heading, asked, says, begin, submit, send }) {
  const [dialog, form, place, trouble, button] = ['fill-in', 'fill-in-form', 'fill-in-fields', 'fill-in-trouble', 'fill-in-submit'].map(find);
  const opener = document.activeElement;
  // Records and choices name their fields themselves.
  const label = ['record', 'choice'].includes(asked.kind) ? '' : 'Text';
  const field = fieldOf(asked, { label, isNeeded: true, says });
  find('fill-in-heading').textContent = heading;
  place.replaceChildren(field.element);
  trouble.replaceChildren();
  button.textContent = submit;
  button.disabled = false;
  form.onsubmit = async event => {
    event.preventDefault();
    button.disabled = true;
    await Promise.allSettled(reading);
    // It may have been closed meanwhile.
    if (!dialog.open) return;
    if (!form.reportValidity()) {
      button.disabled = false;
      return;
    }
    send(field.read(), answer => {
      button.disabled = false;
      if (answer.state === 'saved') return dialog.close();
      const reasons = answer.reasons ?? [{ message: answer.message ?? 'the file was changed by another program: close this and try again', help: '' }];
      trouble.replaceChildren(...reasons.map(({ message, help }) => make('li', { className: 'is-error' }, make('p', { className: 'message', textContent: message }), ...help ? [make('p', { textContent: help })] : [])));
      button.focus();
    });
  };
  find('fill-in-cancel').onclick = () => dialog.close();
  dialog.onclose = () => { if (opener?.isConnected) opener.focus(); };
  dialog.showModal();
  const first = place.querySelector(`[data-field="${begin}"]`) ?? place;
  first.closest('details')?.setAttribute('open', '');
  first.querySelector('input, select, textarea')?.focus();
}
