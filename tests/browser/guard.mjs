// The guard over a page: what a reader could not read of it as it is laid out now, a line for each.

/** Runs inside the page. The tests of the guard itself hand it pages with each fault. */
function find({ longestWord, longestFigure }) {
  const found = [];
  const say = (what, words) => found.push(`${what}: “${words.trim().replace(/\s+/g, ' ').slice(0, 60)}”`);
  const style = element => getComputedStyle(element);
  const region = element => element.closest('[role=region][tabindex="0"]:is([aria-labelledby], [aria-label])');
  // Text for screen readers alone is a clipped box of a pixel.
  const isHeardOnly = element => element.clientWidth <= 1 && style(element).clipPath !== 'none';

  // Texts as they run on from element to element, each with the places of its nodes.
  const runs = [];
  let run;
  const flush = () => {
    if (run?.text.trim()) runs.push(run);
    run = { text: '', parts: [] };
  };
  const read = node => {
    if (node.nodeType === Node.TEXT_NODE) {
      run.parts.push({ node, start: run.text.length });
      run.text += node.data;
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      if (!node.checkVisibility({ visibilityProperty: true }) || isHeardOnly(node)) return;
      const isBlock = !/^(inline|contents)$/.test(style(node).display) || node.localName === 'br';
      if (isBlock) flush();
      node.childNodes.forEach(read);
      if (isBlock) flush();
    }
  };
  flush();
  read(document.body);
  flush();

  const stretch = ({ parts }, from, to) => {
    const range = document.createRange();
    const at = place => parts.findLast(part => part.start <= place);
    const [first, last] = [at(from), at(to - 1)];
    range.setStart(first.node, from - first.start);
    range.setEnd(last.node, to - last.start);
    return range;
  };
  const isNextLine = (before, after) => after.top > before.top + before.height / 2 && after.left < before.right;
  const isParted = range => [...range.getClientRects()].filter(box => box.width).some((box, at, all) => at > 0 && isNextLine(all[at - 1], box));
  /** Where a stretch goes on in the next line. */
  const breaks = (run, from, to) => {
    const box = at => stretch(run, at, at + 1).getBoundingClientRect();
    const places = [];
    for (let at = from + 1, before = box(from); at < to; at++) {
      const now = box(at);
      if (!now.width) continue;
      if (isNextLine(before, now)) places.push(at);
      before = now;
    }
    return places;
  };
  const letters = (text, at) => text.slice(0, at).match(/\p{L}*$/u)[0].length + text.slice(at).match(/^\p{L}*/u)[0].length;

  for (const run of runs) {
    for (const { index, 0: word } of run.text.matchAll(/[^ \t\n\r]+/g)) {
      if (!isParted(stretch(run, index, index + word.length))) continue;
      for (const at of breaks(run, index, index + word.length)) {
        const parts = `${run.text.slice(index, at)}|${run.text.slice(at, index + word.length)}`;
        const [before, after] = [run.text[at - 1], run.text[at]];
        if (/[\d£$€%]/.test(after) || /[\d£$€]/.test(before)) say('a figure is broken', parts);
        else if (!/[@/]\w|^www\./.test(word) && /\p{L}/u.test(before) && /\p{L}/u.test(after) && letters(run.text, at) <= longestWord) say('a word is broken', parts);
      }
    }
    for (const { index, 0: words } of run.text.matchAll(/[-−+<]?[£$€]?\d[\d,.]* ([KM]B|million|billion|thousand|weeks?|days?|months?|hours?|mins?|minutes?|per cent|percentage)\b/g)) {
      if (isParted(stretch(run, index, index + words.length))) say('a figure is parted from its unit', words);
    }
  }
  for (const figure of document.querySelectorAll('[data-fact], [data-source]')) {
    const range = document.createRange();
    range.selectNodeContents(figure);
    if (figure.textContent.length <= longestFigure && figure.checkVisibility() && isParted(range)) say('a figure is parted', figure.textContent);
  }

  // What leaves the page, its cell or its box.
  if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} px wide in a window of ${innerWidth} px`);
  const clips = [];
  for (const element of document.body.querySelectorAll('*')) {
    if (!element.textContent.trim() || !element.checkVisibility({ visibilityProperty: true }) || isHeardOnly(element) || element.ariaHidden === 'true') continue;
    const { display, overflowX, overflowY, position } = style(element);
    const { left, right, width } = element.getBoundingClientRect();
    if (width && !region(element) && (right > innerWidth + 1 || left < -1)) say('runs off the page', element.textContent);
    if (display === 'inline') continue;
    const isHtml = !element.closest('svg') || element.closest('foreignObject') && element.localName !== 'foreignObject';
    const [isWide, isTall] = [element.scrollWidth > element.clientWidth + 1, element.scrollHeight > element.clientHeight + 1];
    if (isHtml && (isWide && /hidden|clip/.test(overflowX) || isTall && /hidden|clip/.test(overflowY)) && element.clientWidth > 1) say('is cut off', element.textContent);
    if (isWide && /auto|scroll/.test(overflowX) && element !== region(element)) say('scrolls sideways, but is no named region that takes focus', element.textContent);
    if (isWide && element.matches('th, td')) say('leaves its cell', element.textContent);
    const drawing = element.localName === 'foreignObject' ? element : element.localName === 'text' && element.ownerSVGElement;
    if (drawing && style(drawing).overflow !== 'visible') {
      const [box, inner] = [drawing.getBoundingClientRect(), (drawing === element ? element.firstElementChild : element).getBoundingClientRect()];
      if (inner.left < box.left - 1 || inner.right > box.right + 1 || inner.top < box.top - 1 || inner.bottom > box.bottom + 1 || drawing === element && element.firstElementChild.scrollHeight > element.firstElementChild.clientHeight + 1) say('is cut off by its drawing', element.textContent);
    }
  }

  // Lines of text over other lines. Their boxes are taller than what is seen of them.
  const lines = [];
  for (const { parts } of runs) for (const { node } of parts) {
    const range = document.createRange();
    range.selectNodeContents(node);
    let seen = { left: -Infinity, right: Infinity };
    let isAfloat = false;
    for (let at = node.parentElement; at; at = at.parentElement) {
      const { overflowX, position, bottom } = style(at);
      if (position === 'fixed' || position === 'sticky' && bottom !== 'auto') isAfloat = true;
      if (/auto|scroll|hidden|clip/.test(overflowX) && at !== document.body && at !== document.documentElement) {
        const box = at.getBoundingClientRect();
        seen = { left: Math.max(seen.left, box.left), right: Math.min(seen.right, box.right) };
      }
    }
    if (!isAfloat) for (const box of range.getClientRects()) {
      const [left, right] = [Math.max(box.left, seen.left), Math.min(box.right, seen.right)];
      if (right - left > 2) lines.push({ left, right, top: box.top + box.height * 0.25, bottom: box.bottom - box.height * 0.25, node });
    }
  }
  lines.sort((a, b) => a.top - b.top);
  for (const [at, line] of lines.entries()) {
    for (let next = at + 1; next < lines.length && lines[next].top < line.bottom - 1; next++) {
      const other = lines[next];
      if (Math.min(line.right, other.right) - Math.max(line.left, other.left) > 2) say('lies over other text', `${line.node.data.trim().slice(0, 28)}” and “${other.node.data.trim().slice(0, 28)}`);
    }
  }

  // Tables that scroll say so, have taken all the room that there is, and keep the names of their rows in view.
  for (const table of document.querySelectorAll('[role=region][tabindex="0"]')) {
    if (!table.checkVisibility()) continue;
    const scrolls = table.scrollWidth > table.clientWidth + 1;
    const box = table.getBoundingClientRect();
    const hint = [...table.querySelectorAll('*')].findLast(element => /sideways/.test(element.textContent))?.getBoundingClientRect();
    const says = hint?.height > 8 && hint.width > 40 && hint.right <= box.right + 1;
    if (scrolls !== says) say(scrolls ? 'scrolls, and does not say so' : 'says that it scrolls, and does not', table.textContent);
    if (!scrolls) continue;
    if (box.width < table.parentElement.clientWidth - 1) say('scrolls beside free room', table.textContent);
    table.scrollLeft = table.scrollWidth;
    for (const name of table.querySelectorAll('tbody th[scope=row]')) {
      const { left, width } = name.getBoundingClientRect();
      if (left < box.left - 1) say('the name of a row goes out of view', name.textContent);
      if (width > box.width * 0.6) say('the name of a row leaves no room for its figures', name.textContent);
    }
    table.scrollLeft = 0;
  }
  return [...new Set(found)];
}

/** Words of up to 16 letters and figures of up to 20 characters are never broken, whatever the room; where letters stand
 *  further apart, a word of 14 letters is as long. */
export const faults = (page, { isSpaced = false } = {}) => page.evaluate(find, { longestWord: isSpaced ? 14 : 16, longestFigure: 20 });

/** What stays in view while a page moves covers at most a quarter of the window; a line for each that covers more. */
export const covers = page => page.evaluate(async () => {
  const found = [];
  const floats = [...document.querySelectorAll('*')].filter(element => {
    const { position, top, bottom } = getComputedStyle(element);
    return position === 'fixed' || position === 'sticky' && (top !== 'auto' || bottom !== 'auto');
  });
  for (let at = 0; at < document.documentElement.scrollHeight; at += innerHeight * 3) {
    scrollTo(0, at);
    await new Promise(requestAnimationFrame);
    let covered = 0;
    for (const element of floats) {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const [x, y] = [(left + right) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2];
      // Only what has something of the page behind it covers anything.
      const isOver = bottom > 0 && top < innerHeight && document.elementsFromPoint(x, y).some(other => !other.contains(element) && !element.contains(other) && other.textContent.trim());
      if (isOver) covered += Math.min(bottom, innerHeight) - Math.max(top, 0);
    }
    if (covered > innerHeight / 4) found.push(`${Math.round(covered)} of ${innerHeight} px are covered at ${Math.round(at)} px`);
  }
  scrollTo(0, 0);
  return found;
});
