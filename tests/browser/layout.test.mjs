// Every page can be read as it is laid out: at every width, at 400 % zoom, with text of twice the size and wide spacing.
import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { covers, faults } from './guard.mjs';
import { cases, comparison, dataPages, fixture, none, pages, reports, resize, setDetails, start } from './support.mjs';

const site = await start();
after(() => site.close());

const WINDOWS = [[320, 568], [390, 844], [768, 1024], [1024, 768], [1280, 800], [1920, 1080]];
// 1280 × 1024 px at 400 %.
const ZOOMED = [320, 256];
const SPACING = '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }';

/** What is wrong at each size of the window. */
async function faultsAt(page, windows, options) {
  const found = [];
  for (const [width, height] of windows) {
    await resize(page, width, height);
    found.push(...[...await faults(page, options), ...await covers(page)].map(problem => `${width} × ${height} px: ${problem}`));
  }
  return found;
}

/** Sets letters, words and lines apart as WCAG 1.4.12 says. */
async function space(page) {
  await page.evaluate(rules => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets = [sheet];
  }, SPACING);
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.querySelector('h1')).letterSpacing), 'normal');
}

for (const name of cases()) {
  test(`${name} can be read at every width, with wide spacing too`, () => site.visit(name, {}, async page => {
    await setDetails(page, true);
    const found = await faultsAt(page, [...WINDOWS, ZOOMED]);
    await space(page);
    none([...found, ...await faultsAt(page, [...WINDOWS, ZOOMED], { isSpaced: true })]);
  }));
}

for (const name of [...pages, ...dataPages, ...fixture('stress'), ...comparison(), ...fixture('full')]) {
  for (const open of [false, true]) {
    test(`${name} can be read at every width, with its details ${open ? 'open' : 'closed'}`, () => site.visit(name, {}, async page => {
      await setDetails(page, open);
      none(await faultsAt(page, [...WINDOWS, ZOOMED]));
    }));
  }

  test(`${name} can be read in a window of 320 px with text of twice the size`, () => site.visit(name, {}, async page => {
    await setDetails(page, true);
    // Twice the text in 640 px leaves the room of 320 px.
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
    none(await faultsAt(page, [[640, 1136]]));
  }));

  test(`${name} bears the text spacing of WCAG 1.4.12`, () => site.visit(name, {}, async page => {
    await setDetails(page, true);
    await space(page);
    none(await faultsAt(page, [...WINDOWS, ZOOMED], { isSpaced: true }));
  }));
}

for (const name of reports) {
  test(`${name} shows its key figures before anybody scrolls`, () => site.visit(name, { viewport: { width: 1280, height: 900 } }, async page => {
    const ends = await page.evaluate(() => [...document.querySelector('main dl').querySelectorAll('dd > :first-child')].map(figure => figure.getBoundingClientRect().bottom));
    assert.ok(ends.length > 0, 'there are no key figures');
    none(ends.filter(end => end > 900).map(end => `a key figure ends at ${Math.round(end)} px`));
  }));
}

for (const name of reports) {
  test(`${name} shows its first key figure on the smallest phone before anybody scrolls`, () => site.visit(name, { viewport: { width: 320, height: 568 } }, async page => {
    const end = await page.evaluate(() => document.querySelector('main dl dd > :first-child').getBoundingClientRect().bottom);
    assert.ok(end > 0 && end <= 568, `the first key figure ends at ${Math.round(end)} px`);
  }));
}

for (const name of reports) {
  test(`${name}: the first of five key figures stands in the larger half of the first row, and has twice the room of others in one row`, context => site.visit(name, { viewport: { width: 768, height: 1024 } }, async page => {
    if (await page.locator('main .key-figures.of-5').count() === 0) { context.skip('it has not five'); return; }
    const tiles = () => page.evaluate(() => [...document.querySelectorAll('main .key-figures > div')].map(tile => {
      const { left, top, width } = tile.getBoundingClientRect();
      return { left, top, width, label: tile.querySelector('dt').getBoundingClientRect().top, size: parseFloat(getComputedStyle(tile.querySelector('strong')).fontSize) };
    }));
    const [first, second, ...others] = await tiles();
    assert.deepEqual([others.length, second.top, second.label], [3, first.top, first.label]);
    assert.ok(others.every(tile => tile.top > first.top && tile.label === others[0].label && tile.width < first.width), JSON.stringify(others));
    await resize(page, 1280);
    const [lead, ...rest] = await tiles();
    assert.ok(rest.every(tile => tile.top === lead.top && tile.label === lead.label && lead.width > 1.5 * tile.width && lead.size > tile.size), JSON.stringify([lead, rest]));
  }));
}
