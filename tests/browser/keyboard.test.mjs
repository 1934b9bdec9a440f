// Every page can be read and used with the keyboard alone.
import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { charts, comparison, fixture, none, pages, resize, setDetails, start } from './support.mjs';

const site = await start();
after(() => site.close());

/** Notes what a page lets the keyboard reach, in document order, and how each looks without the focus. */
const listStops = page => page.evaluate(() => {
  const look = element => {
    const { outlineStyle, outlineWidth, outlineColor, backgroundColor, boxShadow } = getComputedStyle(element);
    return { outline: outlineStyle === 'none' || parseFloat(outlineWidth) === 0 ? '' : `${outlineStyle} ${outlineWidth} ${outlineColor}`, outlineColor, backgroundColor, boxShadow };
  };
  const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex^="-"])')]
    .filter(element => element.checkVisibility({ visibilityProperty: true }));
  const name = element => `${element.localName} “${(element.getAttribute('aria-labelledby') ? document.getElementById(element.getAttribute('aria-labelledby')) : element)?.textContent.trim().replace(/\s+/g, ' ').slice(0, 40)}”`;
  globalThis.keyboard = { stops, look, name, unfocused: stops.map(look) };
  return stops.map(name);
});

/** What has the focus now, and what is wrong with how it shows. */
const inspect = page => page.evaluate(() => {
  const { stops, look, name, unfocused } = globalThis.keyboard;
  const element = document.activeElement;
  const at = stops.indexOf(element);
  if (at < 0) return { at, name: name(element).slice(0, 60), problems: [] };
  const problems = [];

  const before = unfocused[at];
  const now = look(element);
  const seenOutline = now.outline !== before.outline && !/^rgba\(.*, 0\)$/.test(now.outlineColor);
  if (matchMedia('(forced-colors: active)').matches) {
    // Backgrounds and shadows are taken away there.
    if (!seenOutline) problems.push('nothing shows the focus in forced colours');
  } else if (!seenOutline && now.backgroundColor === before.backgroundColor && now.boxShadow === before.boxShadow) problems.push('nothing shows the focus');

  // Corners and middle of every line box; a large region may run out of the window.
  const large = element.getBoundingClientRect().height > innerHeight / 2;
  for (const box of element.getClientRects()) {
    if (box.width < 4 || box.height < 4) continue;
    let [left, top, right, bottom] = [box.left, box.top, box.right, box.bottom];
    if (large) [left, top, right, bottom] = [Math.max(left, 0), Math.max(top, 0), Math.min(right, innerWidth), Math.min(bottom, innerHeight)];
    if (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1 || bottom <= top) { problems.push('is not in the window'); break; }
    for (const [x, y] of [[left + 2, top + 2], [right - 2, top + 2], [left + 2, bottom - 2], [right - 2, bottom - 2], [(left + right) / 2, (top + bottom) / 2]]) {
      for (let over = document.elementFromPoint(x, y); over && !over.contains(element); over = over.parentElement) {
        if (/fixed|sticky/.test(getComputedStyle(over).position) && !element.contains(over)) problems.push(`lies under ${name(over)}`);
      }
    }
  }
  return {
    at,
    name: name(element),
    problems: [...new Set(problems)],
    closed: element.localName === 'summary' && !element.parentElement.open,
    wide: element.matches('[role=region]') && element.scrollWidth > element.clientWidth,
  };
});

const settle = page => page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));

const walks = [
  ['at 320 px', { viewport: { width: 320, height: 640 } }],
  ['at 1280 px', { viewport: { width: 1280, height: 720 } }],
  ['in forced colours', { viewport: { width: 1280, height: 720 }, forcedColors: 'active' }],
  ['backwards at 1024 px', { viewport: { width: 1024, height: 768 } }, 'Shift+Tab'],
  ['backwards at 320 px', { viewport: { width: 320, height: 568 } }, 'Shift+Tab'],
  ['backwards at 1280 px', { viewport: { width: 1280, height: 720 } }, 'Shift+Tab'],
  ['at 400 % zoom', { viewport: { width: 320, height: 256 } }],
];
const everything = [...pages, ...fixture('stress'), ...comparison(), ...charts()];

for (const name of everything) for (const [how, options, key = 'Tab'] of walks) {
  test(`${name} can be walked with the Tab key ${how}`, () => site.visit(name, options, async page => {
    await setDetails(page, true);
    const stops = await listStops(page);
    // Backwards nobody opens what is closed, since its summary comes last.
    await setDetails(page, key !== 'Tab');

    const problems = [];
    const order = [...stops.keys()];
    if (key !== 'Tab') {
      order.reverse();
      await page.evaluate(() => globalThis.keyboard.stops.at(-1).focus());
    }
    for (const [step, at] of order.entries()) {
      if (key === 'Tab' || step > 0) await page.keyboard.press(key);
      const focused = await inspect(page);
      if (focused.at !== at) {
        problems.push(`stop ${at + 1} is ${focused.name}, not ${stops[at]}`);
        break;
      }
      problems.push(...focused.problems.map(problem => `${focused.name} ${problem}`));
      if (focused.closed) {
        await page.keyboard.press('Enter');
        if (!await page.evaluate(() => document.activeElement.parentElement.open)) problems.push(`Enter does not open ${focused.name}`);
      }
      if (focused.wide) {
        await page.keyboard.press('ArrowRight');
        await page.waitForFunction(() => document.activeElement.scrollLeft > 0)
          .catch(() => problems.push(`the arrow keys do not scroll ${focused.name}`));
      }
    }
    none(problems);
  }));
}

for (const name of pages) {
  test(`${name} begins with a skip link that leads to its main part`, () => site.visit(name, {}, async page => {
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), '#main', 'the first stop is the skip link');
    const box = await page.locator(':focus').boundingBox();
    assert.ok(box.x >= 0 && box.y >= 0 && box.width > 40 && box.height > 20, `the skip link does not show: ${JSON.stringify(box)}`);
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.querySelector(':target')?.matches('main#main')), true, 'it leads to the main part');
    await page.keyboard.press('Tab');
    const { skipped, first } = await page.evaluate(() => {
      const all = [...document.querySelectorAll('main :is(a[href], summary, [tabindex="0"])')].filter(element => element.checkVisibility());
      return { skipped: all.length === 0 || document.activeElement === all[0], first: document.activeElement.outerHTML.slice(0, 80) };
    });
    assert.ok(skipped, `the next stop is not the first of the main part but ${first}`);
  }));

  test(`${name} has contents that lead to what they name`, () => site.visit(name, {}, async page => {
    await setDetails(page, true);
    const problems = [];
    for (const width of [320, 1280]) {
      await resize(page, width);
      for (const link of await page.locator('nav[aria-labelledby] a[href^="#"]').all()) {
        await link.focus();
        await page.keyboard.press('Enter');
        await settle(page);
        const problem = await page.evaluate(() => {
          const target = document.querySelector(':target');
          if (!target || `#${target.id}` !== decodeURIComponent(location.hash)) return 'leads nowhere';
          const heading = target.matches('h1, h2, h3, h4, h5, h6, caption') ? target : target.querySelector('h1, h2, h3, h4, h5, h6, caption') ?? target;
          const { left, top, height } = heading.getBoundingClientRect();
          if (top < -1 || top + Math.min(height, 20) > innerHeight) return `leaves its heading out of the window, at ${Math.round(top)} px`;
          for (let over = document.elementFromPoint(left + 4, top + Math.min(height, 30) / 2); over && !over.contains(heading); over = over.parentElement) {
            if (/fixed|sticky/.test(getComputedStyle(over).position) && !heading.contains(over)) return `leads to a heading under ${over.localName}.${over.className}`;
          }
        });
        if (problem) problems.push(`${width} px: ${await link.getAttribute('href')} ${problem}`);
      }
    }
    none(problems);
  }));
}
