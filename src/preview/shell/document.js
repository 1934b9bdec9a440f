// A document that becomes another one, node by node, while somebody reads it.

import { PATIENCE } from './tools.js';

const calm = matchMedia('(prefers-reduced-motion: reduce)');

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

/** Whether a reader could see the difference: what begins with `data-` is for programs, as the mark of what is picked is. */
function copyAttributes(old, fresh) {
  const [olds, news] = [old, fresh].map(element => element.getAttributeNames());
  const different = [...new Set([...olds, ...news])].filter(name => old.getAttribute(name) !== fresh.getAttribute(name));
  if (olds.join(' ') === news.join(' ')) {
    for (const name of different) old.setAttribute(name, fresh.getAttribute(name));
  } else {
    for (const name of olds) old.removeAttribute(name);
    for (const { name, value } of fresh.attributes) old.setAttribute(name, value);
  }
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
export function renewDocument(doc, fresh) {
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

/** How large a file is, in bytes and pages, follows from the rest: nobody changed it. */
const SIZES = '.downloads li span';

/** Outlines what changed for a moment; an animation leaves no trace in the document. */
export function mark(changed) {
  if (calm.matches) return;
  const elements = changed.filter(element => !element.matches(SIZES));
  const colour = getComputedStyle(document.documentElement).getPropertyValue('--mark');
  const outline = `3px solid ${colour}`;
  for (const element of elements) {
    if (elements.some(other => other !== element && other.contains(element))) continue;
    element.animate([{ outline, outlineOffset: '4px' }, { outline, outlineOffset: '4px', offset: 0.4 }, { outline: '3px solid transparent', outlineOffset: '4px' }], 2000);
  }
}

/** Loads every stylesheet again beside the old one, which goes when the new one is there. */
export const renewStylesheets = doc => Promise.all([...doc.querySelectorAll('link[rel="stylesheet"]')].map(old => new Promise((done, fail) => {
  const fresh = old.cloneNode();
  const giveUp = () => { fresh.remove(); fail(new Error('no stylesheet')); };
  const patience = setTimeout(giveUp, PATIENCE);
  fresh.onload = () => { clearTimeout(patience); keepPlace(doc, () => old.remove()); done(); };
  fresh.onerror = () => { clearTimeout(patience); giveUp(); };
  old.after(fresh);
})));
