// Small things that every part of the surface uses.

export const find = id => document.getElementById(id);
export const count = (number, word) => `${number} ${word}${number === 1 ? '' : 's'}`;
export const limit = (number, least, most) => Math.min(Math.max(number, least), most);

export function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** Writes words where they are not yet. */
export const write = (id, text) => { if (find(id).textContent !== text) find(id).textContent = text; };

/** How long after a failure it is tried again, in milliseconds. */
export const RETRY = 1000;
/** How long an answer is waited for, in milliseconds. */
export const PATIENCE = 15_000;

/** What outlives a reload of the preview. */
export const memory = {
  read: (name, otherwise) => sessionStorage.getItem(`preview.${name}`) ?? otherwise,
  write: (name, value) => sessionStorage.setItem(`preview.${name}`, value),
};

/** Where two texts differ: the first letter, and the ends in both. */
export function differing(one, other) {
  let from = 0;
  while (from < one.length && one[from] === other[from]) from++;
  let back = 0;
  while (back < Math.min(one.length, other.length) - from && one.at(-1 - back) === other.at(-1 - back)) back++;
  return [from, one.length - back, other.length - back];
}

const buttonsIn = element => [...element.querySelectorAll('button')];

/**
 * Puts other rows into a list. A row that says the same as before stays where it is and does what the new one does, so that a
 * press that has begun meets it. Who works at a button that goes is at the one in its place.
 */
export function renewList(list, rows) {
  const place = buttonsIn(list).indexOf(document.activeElement);
  let old = list.firstElementChild;
  const removeUntil = kept => {
    while (old !== kept) {
      const gone = old;
      old = gone.nextElementSibling;
      gone.remove();
    }
  };
  for (const row of rows) {
    let same = old;
    while (same && !same.isEqualNode(row)) same = same.nextElementSibling;
    if (!same) {
      list.insertBefore(row, old);
      continue;
    }
    removeUntil(same);
    const fresh = buttonsIn(row);
    buttonsIn(same).forEach((button, at) => { button.onclick = fresh[at].onclick; });
    old = same.nextElementSibling;
  }
  removeUntil(null);
  if (place < 0 || list.contains(document.activeElement)) return;
  const buttons = buttonsIn(list);
  (buttons[Math.min(place, buttons.length - 1)] ?? list).focus();
}
