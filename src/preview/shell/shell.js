// The surface of `tally preview`: the page on the left, the PDF on the right, both renewed in place.
// The server says what is newest; everything here works its way towards that, and says so while it is not there yet.

const find = id => document.getElementById(id);
const count = (number, word) => `${number} ${word}${number === 1 ? '' : 's'}`;
const limit = (number, least, most) => Math.min(Math.max(number, least), most);
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const RETRY = 1000;
const PATIENCE = 15_000;

function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

const memory = {
  read: (name, otherwise) => sessionStorage.getItem(`preview.${name}`) ?? otherwise,
  write: (name, value) => sessionStorage.setItem(`preview.${name}`, value),
};

/** Repeats `step` for as long as there is something new, never twice at once, and tries again what failed. */
class Errand {
  failed = false;
  #step;
  #asked = false;
  #running = false;
  #wake = () => {};

  constructor(step) {
    this.#step = step;
  }

  async run() {
    this.#asked = true;
    this.#wake();
    if (this.#running) return;
    this.#running = true;
    while (this.#asked) {
      this.#asked = false;
      this.failed = await this.#step().then(() => false, () => true);
      showNotes();
      if (this.failed) await this.#rest();
    }
    this.#running = false;
  }

  async #rest() {
    if (!this.#asked) await new Promise(done => { this.#wake = done; setTimeout(done, RETRY); });
    this.#asked = true;
  }
}

// ---- A document that becomes another one, node by node ----

/** Makes `old` the same as `fresh` and adds to `changed` the elements in which a reader could see it. */
function morph(old, fresh, changed) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data === fresh.data) return;
    rewrite(old, fresh.data);
    changed.add(old.parentElement);
    return;
  }
  if (copyAttributes(old, fresh)) changed.add(old);
  morphChildren(old, fresh, changed);
}

/** Replaces only the middle of a text that differs: a selection before or after it stays where it is. */
function rewrite(node, text) {
  const old = node.data;
  const shorter = Math.min(old.length, text.length);
  let start = 0;
  while (start < shorter && old[start] === text[start]) start++;
  let end = 0;
  while (end < shorter - start && old.at(-1 - end) === text.at(-1 - end)) end++;
  node.replaceData(start, old.length - start - end, text.slice(start, text.length - end));
}

function copyAttributes(old, fresh) {
  const names = element => element.getAttributeNames().join(' ');
  const different = fresh.getAttributeNames().filter(name => old.getAttribute(name) !== fresh.getAttribute(name));
  if (names(old) !== names(fresh)) {
    for (const name of old.getAttributeNames()) old.removeAttribute(name);
    for (const { name, value } of fresh.attributes) old.setAttribute(name, value);
    return true;
  }
  for (const name of different) old.setAttribute(name, fresh.getAttribute(name));
  return different.some(name => !name.startsWith('data-'));
}

function morphChildren(parent, wanted, changed) {
  const olds = [...parent.childNodes];
  const news = [...wanted.childNodes];
  let next = null;
  while (olds.length && news.length && olds[0].isEqualNode(news[0])) { olds.shift(); news.shift(); }
  while (olds.length && news.length && olds.at(-1).isEqualNode(news.at(-1))) { next = olds.pop(); news.pop(); }

  const partners = pairUp(olds, news);
  const kept = new Set(partners.values());
  for (const old of olds) if (!kept.has(old)) old.remove();
  for (const fresh of news.reverse()) {
    const partner = partners.get(fresh);
    const node = partner ?? parent.ownerDocument.importNode(fresh, true);
    if (!partner || node.nextSibling !== next) parent.insertBefore(node, next);
    if (partner) morph(partner, fresh, changed);
    else changed.add(node.nodeType === Node.ELEMENT_NODE ? node : parent);
    next = node;
  }
}

/** Finds for each new node the old one to be made of: the one of its id, else an equal one, else one of its kind. */
function pairUp(olds, news) {
  const partners = new Map();
  const free = new Set(olds);
  const sameKind = (old, fresh) => old.nodeName === fresh.nodeName;
  for (const fits of [
    (old, fresh) => fresh.id && old.id === fresh.id && sameKind(old, fresh),
    (old, fresh) => old.isEqualNode(fresh),
    (old, fresh) => !old.id && !fresh.id && sameKind(old, fresh),
  ]) for (const fresh of news) {
    if (partners.has(fresh)) continue;
    const old = [...free].find(old => fits(old, fresh));
    if (!old) continue;
    partners.set(fresh, old);
    free.delete(old);
  }
  return partners;
}

/** Turns a document that somebody reads into a fresh one, and says which of its elements changed. */
function renewDocument(doc, fresh) {
  const changed = new Set();
  keepPlace(doc, () => {
    // The reader's opened details are closed for a moment, so that both documents can be compared as a whole.
    const opened = [...doc.querySelectorAll('details')].map(details => ({ details, open: details.open }));
    const focused = doc.activeElement;
    for (const { details } of opened) details.open = false;
    morph(doc.documentElement, fresh.documentElement, changed);
    if (doc.documentElement.outerHTML !== fresh.documentElement.outerHTML) replaceDocument(doc, fresh, opened);
    for (const { details, open } of opened) details.open = open;
    if (focused !== doc.activeElement) (focused.isConnected ? focused : focused.id && doc.getElementById(focused.id))?.focus({ preventScroll: true });
  });
  return [...changed].filter(element => element.isConnected && doc.body.contains(element));
}

function replaceDocument(doc, fresh, opened) {
  // The head stays if it can: its stylesheet would have to be loaded anew.
  const [old, whole] = doc.head.isEqualNode(fresh.head) ? [doc.body, fresh.body] : [doc.documentElement, fresh.documentElement];
  old.replaceWith(doc.importNode(whole, true));
  const all = doc.querySelectorAll('details');
  for (const [index, one] of opened.entries()) one.details = all[index] ?? one.details;
}

/** Does `work` and then scrolls so that what stood at the top of the window stands there again. */
function keepPlace(doc, work) {
  const view = doc.defaultView;
  const scrolled = view.scrollY;
  const held = scrolled === 0 ? [] : [...doc.querySelectorAll('main :is(h2, h3, h4, p, li, tr, dt, dd, figure, summary)')]
    .map(element => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ element, box }) => box.top >= 0 && box.height > 0 && !element.closest('nav'))
    .slice(0, 30);
  work();
  const still = held.find(({ element }) => element.isConnected);
  if (still) view.scrollBy({ top: still.element.getBoundingClientRect().top - still.box.top, behavior: 'instant' });
  else view.scrollTo({ top: scrolled, behavior: 'instant' });
}

/** Outlines what changed for a moment; an animation leaves no trace in the document. */
function mark(elements) {
  if (calm.matches) return;
  const colour = getComputedStyle(document.documentElement).getPropertyValue('--mark');
  const outline = `3px solid ${colour}`;
  for (const element of elements) {
    if (elements.some(other => other !== element && other.contains(element))) continue;
    element.animate([{ outline, outlineOffset: '4px' }, { outline, outlineOffset: '4px', offset: 0.4 }, { outline: '3px solid transparent', outlineOffset: '4px' }], 2000);
  }
}

/** Loads every stylesheet again beside the old one, which goes when the new one is there. */
const renewStylesheets = doc => Promise.all([...doc.querySelectorAll('link[rel="stylesheet"]')].map(old => new Promise((done, fail) => {
  const fresh = old.cloneNode();
  fresh.onload = () => { keepPlace(doc, () => old.remove()); done(); };
  fresh.onerror = () => { fresh.remove(); fail(new Error('no stylesheet')); };
  old.after(fresh);
})));

// ---- The page ----

class PagePane {
  #frame = find('frame');
  #report = null;
  #shown = {};
  #missing = false;
  #errand = new Errand(() => this.#renew());

  constructor() {
    this.#frame.addEventListener('load', () => this.#arrive());
    find('back').addEventListener('click', () => this.#visit(chosen()));
  }

  show(report) {
    find('open-page').href = `/${report.page}`;
    if (report.id !== this.#report) {
      this.#report = report.id;
      if (this.#path !== `/${report.page}`) this.#visit(report);
    }
    this.#errand.run();
  }

  /** After the server was away, nothing that was loaded before can be trusted. */
  distrust() {
    this.#shown = {};
  }

  get trouble() {
    if (this.#errand.failed) return 'could not be loaded, trying again…';
    if (this.#missing) return 'is no longer built';
    const wanted = this.#wanted;
    return this.#document && Object.keys(wanted).some(part => wanted[part] !== this.#shown[part]) ? 'is being renewed…' : '';
  }

  /** The document in the frame, if it is a page of ours and all there. */
  get #document() {
    const doc = this.#frame.contentDocument;
    return doc?.contentType === 'text/html' && doc.readyState === 'complete' && doc.location.host === location.host ? doc : null;
  }

  get #path() {
    return this.#document?.location.pathname;
  }

  get #wanted() {
    const report = state.reports.find(report => `/${report.page}` === this.#path);
    return { page: report ? report.page_digest : `${state.edition} ${state.state}`, pictures: report?.pictures_digest, sheet: state.stylesheet_digest };
  }

  #visit(report) {
    this.#frame.contentWindow.location.replace(`/${report.page}`);
  }

  #arrive() {
    this.#shown = {};
    this.#document?.addEventListener('click', openElsewhere);
    const arrived = state?.reports.find(report => `/${report.page}` === this.#path);
    if (arrived) {
      this.#report = arrived.id;
      choose(arrived.id);
    }
    find('back').hidden = Boolean(arrived) || !state?.reports.length;
    this.#errand.run();
  }

  async #renew() {
    const doc = this.#document;
    if (!doc || !state) return;
    const { page, pictures, sheet } = this.#wanted;
    // A document does not load a picture of the same name again.
    if ('pictures' in this.#shown && pictures !== this.#shown.pictures) return doc.location.reload();
    this.#shown.pictures = pictures;
    if (page !== this.#shown.page) {
      const answer = await fetch(this.#path, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
      const text = await answer.text();
      if (doc !== this.#document) return;
      this.#missing = answer.status === 404;
      if (!answer.ok && !this.#missing) throw new Error(answer.statusText);
      if (answer.ok) {
        const changed = renewDocument(doc, new DOMParser().parseFromString(text, 'text/html'));
        if (!goesBack()) mark(changed);
      }
      this.#shown.page = page;
    }
    if (sheet !== this.#shown.sheet) {
      await renewStylesheets(doc);
      this.#shown.sheet = sheet;
    }
  }
}

/** Pages stay in the frame; whatever else a link leads to opens beside the preview. */
function openElsewhere(event) {
  const link = event.target.closest('a[href]');
  if (!link || !/^https?:$/.test(link.protocol)) return;
  if (link.host === location.host && /(\.html|\/)$/.test(link.pathname)) return;
  event.preventDefault();
  window.open(link.href, '_blank', 'noopener');
}

// ---- The PDF ----

class PdfPane {
  #scroller = find('sheets');
  #report = null;
  #sheets = [];
  #place = null;
  #zoom = Number(memory.read('zoom', 1));
  #errand = new Errand(() => this.#renew());

  constructor() {
    this.#scroller.addEventListener('scroll', () => this.#follow());
    new ResizeObserver(() => this.#goTo(this.#place)).observe(this.#scroller);
    find('smaller').addEventListener('click', () => this.#setZoom(this.#zoom / 1.25));
    find('larger').addEventListener('click', () => this.#setZoom(this.#zoom * 1.25));
    find('fit').addEventListener('click', () => this.#setZoom(1));
    find('changes').addEventListener('click', () => this.#goToNextChange());
    this.#setZoom(this.#zoom);
  }

  show(report) {
    find('open-pdf').href = `/${report.pdf}`;
    this.#errand.run();
  }

  get trouble() {
    if (this.#errand.failed) return 'could not be loaded, trying again…';
    return chosen()?.pdf_pages.some((page, index) => page.digest !== this.#sheets[index]?.digest) ? 'is being renewed…' : '';
  }

  async #renew() {
    const report = chosen();
    if (!report) return;
    const pages = report.pdf_pages;
    const sameReport = report.id === this.#report;
    if (sameReport && pages.length === this.#sheets.length && pages.every(({ digest }, index) => digest === this.#sheets[index].digest)) return;

    const place = sameReport ? this.#place : null;
    const top = place ? locate(place, pages) : 0;
    const unused = new Set(sameReport ? this.#sheets : []);
    const sheets = await Promise.all(pages.map((page, index) => {
      const kept = [...unused].find(sheet => sheet.digest === page.digest);
      unused.delete(kept);
      if (kept?.picture.complete) return { ...kept, section: page.section, changed: false };
      return drawSheet(report, pages, index, { atOnce: index >= top - 1 && index <= top + this.#inView, changed: sameReport && this.#sheets.length > 0 && !kept && !goesBack() });
    }));
    if (report.id !== chosen()?.id) return;
    this.#lay(report, sheets, place);
  }

  #lay(report, sheets, place) {
    const held = place && this.#place;
    this.#report = report.id;
    this.#sheets = sheets;
    for (const [index, sheet] of sheets.entries()) {
      sheet.picture.alt = `Page ${index + 1} of ${sheets.length}`;
      sheet.element.replaceChildren(sheet.picture, ...sheet.changed ? [make('p', { textContent: 'Changed' })] : []);
    }
    this.#scroller.replaceChildren(...sheets.map(sheet => sheet.element));
    if (held) this.#goTo(held);
    else this.#scroller.scrollTop = 0;
    const changes = sheets.filter(sheet => sheet.changed).length;
    find('changes').textContent = `${count(changes, 'page')} changed`;
    find('changes').hidden = changes === 0;
    this.#follow();
  }

  get #inView() {
    return Math.ceil(this.#scroller.clientHeight / (this.#sheets[0]?.element.offsetHeight || 300)) + 1;
  }

  /** Notes what stands at the top, to come back to it when sizes or pages change. */
  #follow() {
    const { scrollTop, clientHeight } = this.#scroller;
    const below = line => this.#sheets.findIndex(({ element }) => element.offsetTop + element.offsetHeight > line);
    const index = below(scrollTop);
    find('place').textContent = this.#sheets.length ? `page ${Math.max(below(scrollTop + clientHeight / 2), 0) + 1} of ${this.#sheets.length}` : '';
    if (index < 0 || clientHeight === 0) return;
    const { element, digest, section } = this.#sheets[index];
    const ordinal = this.#sheets.slice(0, index).filter(sheet => sheet.section === section).length;
    this.#place = { index, digest, section, ordinal, fraction: (scrollTop - element.offsetTop) / element.offsetHeight };
  }

  #goTo(place) {
    const element = place && this.#sheets[locate(place, this.#sheets)]?.element;
    if (element) this.#scroller.scrollTop = element.offsetTop + place.fraction * element.offsetHeight;
  }

  #goToNextChange() {
    const { scrollTop } = this.#scroller;
    const changed = this.#sheets.filter(sheet => sheet.changed).map(sheet => sheet.element.offsetTop);
    this.#scroller.scrollTop = changed.find(top => top > scrollTop + 1) ?? changed[0];
  }

  #setZoom(zoom) {
    this.#zoom = Math.abs(zoom - 1) < 0.05 ? 1 : limit(zoom, 0.4, 4);
    memory.write('zoom', this.#zoom);
    const place = this.#place;
    this.#scroller.style.setProperty('--zoom', this.#zoom);
    this.#goTo(place);
  }
}

/** Where a page is now: the same picture, else the same part of its section, else the same number. */
function locate({ index, digest, section, ordinal }, pages) {
  const where = test => pages.flatMap((page, at) => test(page) ? [at] : []);
  const same = where(page => digest && page.digest === digest);
  if (same.length) return same.reduce((best, at) => Math.abs(at - index) < Math.abs(best - index) ? at : best);
  const near = where(page => section && page.section === section);
  return near.length ? near[Math.min(ordinal, near.length - 1)] : limit(index, 0, pages.length - 1);
}

/** A sheet with the picture of a page; what is in view is ready to be painted before it takes its place. */
async function drawSheet(report, pages, index, { atOnce, changed }) {
  const { digest, section, width, height } = pages[index];
  const picture = make('img', { decoding: 'async', loading: atOnce ? 'eager' : 'lazy', width, height, src: `/~preview/pages/${report.id}/${index + 1}/${digest}.svg` });
  if (atOnce) await picture.decode();
  return { element: make('div', { className: 'sheet' }), picture, digest, section, changed };
}

// ---- What there is to say ----

/** Text in which `backticks` hold code. */
const words = text => text.split('`').map((part, index) => index % 2 ? make('code', { textContent: part }) : part);

const errorsOf = ({ findings }) => findings.filter(finding => finding.severity === 'error');
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

function showFindings() {
  if (state.state === 'building') return;
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

const duration = milliseconds => milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

/** What of a report that is being made is new already. */
function proofLine() {
  const { page_is_proof, pdf_is_proof } = chosen() ?? {};
  if (pdf_is_proof) return 'PDF is new, its figures are being read back…';
  return page_is_proof ? 'Page is new, PDF is being made…' : 'Building…';
}

function stateLine() {
  if (lost) return 'Connection lost: is tally preview still running?';
  return {
    building: 'Building…',
    proof: proofLine(),
    done: state.milliseconds == null ? 'Done' : `Done in ${duration(state.milliseconds)}`,
    faulty: count(errorsOf(state).length, 'error'),
  }[state.state] ?? '';
}

function showState() {
  const name = lost ? 'lost' : state.state;
  const passing = !lost && ['building', 'proof'].includes(name);
  find('state').dataset.state = name;
  find('state').textContent = stateLine();
  if (!passing && find('said').textContent !== stateLine()) find('said').textContent = stateLine();
  const alarm = ['faulty', 'lost'].includes(name) ? `${stateLine().split(':')[0]} – ` : '';
  document.title = `${alarm}${chosen()?.title ?? 'Reports'} – Tally preview`;
}

/** Says of each pane in words when what it shows is older than the content. */
function showNotes() {
  if (!state) return;
  const old = isProof => lost || ['building', 'faulty'].includes(state.state) || state.state === 'proof' && !isProof;
  const note = (isOld, trouble) => !lost && trouble || (isOld ? 'as of the last good build' : '');
  const write = (id, text) => { if (find(id).textContent !== text) find(id).textContent = text; };
  write('page-note', note(old(chosen()?.page_is_proof), pagePane.trouble));
  write('pdf-note', note(old(chosen()?.pdf_is_proof), pdfPane.trouble));
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
    : 'Mend what stands above and save: the page and the PDF then appear here by themselves.';
}

// ---- The newest state ----

let state = null;
let lost = false;
/** Whether what is shown is taken back: then nothing that the reader knows has changed. */
const goesBack = () => state.state === 'faulty';
const chosenId = () => decodeURIComponent(location.hash.slice(1));
const chosen = () => state?.reports.find(report => report.id === chosenId()) ?? state?.reports[0];

function choose(id) {
  if (id !== chosenId()) history.replaceState(null, '', `#${encodeURIComponent(id)}`);
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
  }
  showNotes();
}

function receive({ data }) {
  state = { reports: [], findings: [], ...JSON.parse(data) };
  if (lost) pagePane.distrust();
  lost = false;
  show();
}

function lose({ target }) {
  lost = true;
  state ??= { reports: [], findings: [], state: 'lost' };
  show();
  // A refusal, unlike a silence, ends an EventSource for good.
  if (target.readyState === EventSource.CLOSED) setTimeout(listen, RETRY);
}

function listen() {
  const events = new EventSource('events');
  events.onmessage = receive;
  events.onerror = lose;
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
    find('main').dataset.shown = value;
    for (const tab of tabs) tab.ariaPressed = tab.value === value;
    memory.write('shown', value);
  };
  for (const tab of tabs) tab.addEventListener('click', () => select(tab.value));
  select(memory.read('shown', 'page'));
}

const pagePane = new PagePane();
const pdfPane = new PdfPane();
readyDivider();
readyTabs();
find('choice').addEventListener('change', event => choose(event.target.value));
find('faults-button').addEventListener('click', () => expandFaults(find('faults-list').hidden));
addEventListener('hashchange', show);
addEventListener('keydown', event => { if (event.key === 'Escape') expandFaults(false); });
listen();
