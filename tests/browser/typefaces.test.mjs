// Typefaces that a house style sends along are loaded and used: from a server with the strict policy, and in the preview.
import assert from 'node:assert/strict';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { launch, ready } from './browser.mjs';
import { root, startWith } from './previewing.mjs';
import { built, none, start } from './support.mjs';

// A letter that readers hardly have a typeface for, and neither has Source Sans.
const LETTER = 'ა';

/** The small project with the typeface of the tests, whose letters are boxes with PostScript outlines. */
function project(tokens) {
  const folder = mkdtempSync(join(tmpdir(), 'tally-typefaces-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(root, 'tests/fixtures/full/content'), join(folder, 'content'), { recursive: true });
  cpSync(join(root, 'tests/fixtures/fonts'), join(folder, 'assets/fonts'), { recursive: true, filter: path => !path.endsWith('.py') });
  mkdirSync(join(folder, 'templates'));
  writeFileSync(join(folder, 'templates/tokens.yaml'), tokens);
  appendFileSync(join(folder, 'content/example/welcome.md'), `\n\nThe letter ${LETTER} came home.\n`);
  return folder;
}

const FOR_LETTERS = 'type:\n  pdf: Source Sans 3, Tally Blocks\n';
const FOR_ALL = 'type:\n  pdf: Tally Blocks\n  page: \'"Tally Blocks", sans-serif\'\n  served: all\n';

/** Which files of the typeface a document has loaded, by their weights. */
const loaded = frame => frame.evaluate(async () => {
  await document.fonts.ready;
  return [...document.fonts].filter(face => face.family.includes('Tally Blocks') && face.status === 'loaded').map(face => face.weight).sort();
});

/** Hears of a page what a reader's browser would complain of, and which fonts it asked for. */
function listen(page, problems, fonts) {
  page.on('console', message => problems.push(`${message.type()}: ${message.text()}`));
  // What a style sheet asked for that made room for a newer one is given up, and asked for by that one.
  page.on('requestfailed', request => { if (request.failure()?.errorText !== 'net::ERR_ABORTED') problems.push(`failed: ${request.url()}`); });
  page.on('response', response => response.url().endsWith('.woff2') && fonts.push([response.status(), response.headers()['content-type']]));
}

const site = await start();
after(() => site.close());

for (const [what, tokens, weights] of [['for a letter that others lack', FOR_LETTERS, ['400']], ['for all letters', FOR_ALL, ['400', '600', '700']]]) {
  test(`a typeface that is served ${what} is loaded under the strict policy`, async () => {
    const [page] = built(project(tokens), `typeface-${weights.length}`).filter(page => page.includes('/example/'));
    const [problems, fonts] = [[], []];
    await site.visit(page, {}, async page => {
      assert.deepEqual(await loaded(page), weights);
      const width = await page.evaluate(letter => {
        const line = [...document.querySelectorAll('p')].find(one => one.textContent.includes(letter)).firstChild;
        const range = document.createRange();
        const at = line.data.indexOf(letter);
        range.setStart(line, at);
        range.setEnd(line, at + 1);
        return range.getBoundingClientRect().width / parseFloat(getComputedStyle(line.parentElement).fontSize);
      }, LETTER);
      assert.ok(Math.abs(width - 0.52) < 0.02, `the letter is ${width} wide, and a box of the typeface 0.52`);
    }, page => listen(page, problems, fonts));
    none(problems);
    assert.ok(fonts.length >= weights.length && fonts.every(([status, kind]) => status === 200 && kind === 'font/woff2'), JSON.stringify(fonts));
  });
}

test('the preview shows the typeface, also where the content is edited', async () => {
  for (const options of [[], ['--edit']]) {
    const preview = await startWith(project(FOR_LETTERS), 'example', ...options);
    const browser = await launch();
    try {
      const page = await browser.newPage();
      await ready(page);
      const [problems, fonts] = [[], []];
      listen(page, problems, fonts);
      await page.goto(preview.origin);
      const frame = page.frameLocator('#frame');
      await frame.locator(`text=The letter ${LETTER} came home`).first().scrollIntoViewIfNeeded();
      // The page stands with its own style sheet, and no longer with a former one beside it.
      await page.waitForFunction(() => document.querySelector('#state').dataset.state === 'done' && document.querySelector('#page-note').textContent === '');
      const shown = page.frames().find(one => one.parentFrame() !== null);
      assert.deepEqual(await loaded(shown), ['400'], `${options}`);
      assert.ok(fonts.length > 0 && fonts.every(([status]) => status === 200), JSON.stringify(fonts));
      none(problems.filter(one => /font|Content Security|CORS/i.test(one)));
    } finally {
      await browser.close();
      await preview.close();
    }
  }
});
