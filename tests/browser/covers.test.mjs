// A cover with a picture: no word stands on it, at any width, in any scheme and on paper.
import assert from 'node:assert/strict';
import { appendFileSync, copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { root } from './previewing.mjs';
import { built, start } from './support.mjs';

const folder = mkdtempSync(join(tmpdir(), 'tally-covers-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
cpSync(join(root, 'tests/fixtures/full/content'), join(folder, 'content'), { recursive: true });
copyFileSync(join(folder, 'content/example/branch.png'), join(folder, 'content/harbour.png'));
appendFileSync(join(folder, 'content/organisation.yaml'), 'cover-shows: picture\ncover-picture: {picture: harbour.png, alt: The new branch, keep: top}\n');
const [name] = built(folder, 'covers').filter(page => page.includes('/example/'));

const site = await start();
after(() => site.close());

/** Where the picture is, and the words of the head that it meets. */
const met = page => page.evaluate(() => {
  const picture = document.querySelector('.cover-photo').getBoundingClientRect();
  const walker = document.createTreeWalker(document.querySelector('header'), NodeFilter.SHOW_TEXT);
  const words = [];
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (!data.trim() || parentElement.closest('.hidden')) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    for (const box of range.getClientRects()) {
      if (box.right > picture.left && box.left < picture.right && box.bottom > picture.top && box.top < picture.bottom) words.push(data.trim());
    }
  }
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  return { words, wide, width: picture.width, height: picture.height, top: picture.top, screen: innerHeight };
});

for (const [what, options] of [['light', {}], ['dark', { colorScheme: 'dark' }], ['forced colours', { forcedColors: 'active' }], ['print', { media: 'print' }]]) {
  test(`no word stands on the picture of a cover: ${what}`, async () => {
    // Paper is as wide as A4.
    for (const width of options.media === 'print' ? [794] : [320, 768, 1024, 1280, 2200]) {
      await site.visit(name, { viewport: { width, height: 800 }, ...options }, async page => {
        const { words, wide, ...picture } = await met(page);
        assert.deepEqual(words, [], `at ${width} px`);
        if (options.media !== 'print') assert.ok(wide <= 0, `at ${width} px the page is ${wide} px too wide`);
        assert.ok(picture.width > 100 && picture.height > 60, `at ${width} px it is ${picture.width} by ${picture.height}`);
        // It leaves room for what the report begins with.
        assert.ok(picture.top + picture.height < picture.screen * 1.1, `at ${width} px it fills the screen`);
      });
    }
  });
}

test('who hears the page hears what the picture shows', () => site.visit(name, {}, async page => {
  assert.equal(await page.getByRole('img', { name: 'The new branch' }).count(), 1);
}));
