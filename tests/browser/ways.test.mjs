// The ways that lead a writer to a place in `tally preview --edit`, and what is asked before something is lost.
import assert from 'node:assert/strict';
import { becomes, withWriter } from './editing.mjs';
import { startNew, startNext } from './previewing.mjs';

const REPORT = 'annual-report';
const withNew = (name, use) => withWriter(name, REPORT, () => startNew(REPORT, '--edit'), use);
const has = (seen, words) => seen.until(words => document.querySelector('#picked-editor').textContent.includes(words), words);

withNew('F8 walks the findings, and “Go to it” leads to each', async (seen, preview) => {
  preview.write('welcome.md', preview.read('welcome.md').replace('A paragraph ends', 'After 9,871 a paragraph ends').replace('A line of a list', 'After 9,872 a line of a list'));
  await seen.state('faulty');
  await seen.until(() => document.querySelector('#findings-count').textContent === '2');
  const { keyboard } = seen.page;
  await seen.page.locator('#find-place').focus();
  await keyboard.press('F8');
  await has(seen, '9,871');
  await keyboard.press('F8');
  await has(seen, '9,872');
  await keyboard.press('Shift+F8');
  await has(seen, '9,871');
  await seen.page.locator('#tab-findings').click();
  assert.deepEqual(await seen.axe(), []);
  await seen.page.locator('#findings-list li').filter({ hasText: '9,872' }).getByRole('button', { name: 'Go to it' }).click();
  await has(seen, '9,872');
  await seen.kind('Entry of a list');
  await seen.until(() => document.activeElement.matches('.cm-content'));
});

withWriter('a row of what is due leads to its figure, which says what it was last year', 'annual-report-2', () => startNext(REPORT, 'annual-report-2', '--edit'), async seen => {
  await seen.page.locator('#tab-due').click();
  const visits = seen.page.locator('#due-files fieldset').filter({ hasText: 'visits.yaml' });
  await visits.locator('li', { hasText: '12,400' }).getByRole('button').click();
  await seen.kind('Figure');
  await seen.page.locator('#picked-facts dt').filter({ hasText: /^Last year$/ }).waitFor();
});

withNew('a link of a text is edited when it is clicked with Alt', async (seen, preview) => {
  preview.edit('welcome.md', 'A paragraph ends', 'See [our site](https://example.org). A paragraph ends');
  const link = seen.frame.getByRole('link', { name: 'our site' });
  await link.waitFor();
  await seen.state('done');
  const opened = [];
  seen.page.context().on('page', page => opened.push(page.url()));
  await link.click({ modifiers: ['Alt'] });
  await seen.kind('Entry of a list');
  await has(seen, '[our site](https://example.org)');
  assert.deepEqual(opened, [], 'it is not opened as well');
});

withNew('words become bold, italic, a link and a heading by buttons', async (seen, preview) => {
  const before = preview.read('welcome.md');
  await seen.choose('It was a good year', 'Paragraph');
  for (const [name, after] of [['Bold', '**It** was'], ['Italic', '*It* was'], ['Link', '[It](https://) was'], ['Heading', '## It was']]) {
    await seen.editor.press('Control+Home');
    for (const _ of 'It') await seen.page.keyboard.press('Shift+ArrowRight');
    await seen.page.locator('#picked-tools').getByRole('button', { name, exact: true }).click();
    await becomes(preview, 'welcome.md', text => text.startsWith(after));
    await seen.editor.press('Control+z');
    await becomes(preview, 'welcome.md', text => text === before);
  }
});

withNew('of two texts of one place that of the disk can be kept', async (seen, preview) => {
  await seen.choose('It was a good year', 'Paragraph');
  await seen.page.route('**/~preview/edit/change', async route => {
    if (preview.read('welcome.md').includes('It was a')) preview.edit('welcome.md', 'It was a', 'It is a');
    await route.continue();
  });
  await seen.page.keyboard.press('Control+Home');
  await seen.page.keyboard.insertText('Mine: ');
  await seen.says('conflict');
  await seen.until(() => document.querySelector('#conflict').open);
  assert.deepEqual(await seen.axe(), []);
  await seen.page.locator('#conflict-theirs-stay').click();
  await has(seen, 'It is a');
  await seen.onPage('It is a good year');
  assert.ok(preview.read('welcome.md').startsWith('It is a **good year**'), 'nothing is written');
});

withNew('who closes the window before all is saved is asked', async seen => {
  let go;
  const held = new Promise(done => { go = done; });
  await seen.page.route('**/~preview/edit/change', route => held.then(() => route.continue()));
  await seen.choose('It was a good year', 'Paragraph');
  await seen.page.keyboard.press('Control+End');
  await seen.page.keyboard.type('!');
  await seen.says('saving');
  // What a browser tells a window that is being closed; it asks where this is prevented.
  const isAsked = () => seen.page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));
  assert.equal(await isAsked(), true);
  go();
  await seen.says('saved');
  assert.equal(await isAsked(), false);
});

withNew('the question for a picture has no violation that axe-core knows', async seen => {
  await seen.choose('The new branch', 'Caption');
  await seen.page.locator('#picked-structure').getByRole('button', { name: 'Add a picture…' }).click();
  await seen.until(() => document.querySelector('#add-picture').open);
  assert.deepEqual(await seen.axe(), []);
});
