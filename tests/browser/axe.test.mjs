// Every page passes axe-core: narrow and wide, light and dark, with its details closed and open.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chapters, charts, comparison, dataPages, fixture, none, pages, resize, setDetails, start } from './support.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const source = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const site = await start();
after(() => site.close());

for (const name of [...pages, ...dataPages, ...fixture('stress'), ...comparison(), ...chapters(), ...charts()]) {
  test(`${name} has no violation that axe-core knows`, () => site.visit(name, {}, async page => {
    await page.evaluate(source);
    const found = [];
    for (const width of [320, 1280]) for (const colorScheme of ['light', 'dark']) for (const open of [false, true]) {
      await resize(page, width);
      await page.emulateMedia({ colorScheme });
      if (await setDetails(page, open) === 0 && open) continue;
      const violations = await page.evaluate(async tags => {
        const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
        return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map(node => node.target.join(' ')).join(', ')} (${nodes.length} in all)`);
      }, TAGS);
      found.push(...violations.map(violation => `${width} px, ${colorScheme}, details ${open ? 'open' : 'closed'}: ${violation}`));
    }
    none(found);
  }));
}

test('axe-core finds a target that is too small', () => site.visit(pages[0], {}, async page => {
  await page.evaluate(source);
  const found = await page.evaluate(async tags => {
    document.querySelector('main').insertAdjacentHTML('afterbegin', '<ul><li><a href="#a">a</a><li><a href="#b">b</a></ul>');
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('main ul:first-child :is(li, a) { display: block; line-height: 10px; height: 10px; margin: 0; padding: 0 }');
    document.adoptedStyleSheets = [sheet];
    const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
    return violations.map(({ id }) => id);
  }, TAGS);
  assert.ok(found.includes('target-size'), `only ${found.join(', ')}`);
}));
