// What stands beside the page in `tally preview --edit`: what is due and confirmed, how far the files are, what changed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { becomes, withWriter } from './editing.mjs';
import { startNew, startNext } from './previewing.mjs';

withWriter('what is due is looked at and confirmed, figures by their addresses and texts by their file', 'next-report', () => startNext('annual-report', 'next-report', '--edit'), async (seen, preview) => {
  const { page } = seen;
  await page.locator('#tab-due').click();
  const count = () => page.locator('#due-count').textContent().then(Number);
  const before = await count();
  assert.ok(before > 5, `${before} things are due`);
  assert.deepEqual(await seen.axe(), []);
  await page.getByRole('button', { name: 'Confirm what is ticked' }).click();
  assert.match(await page.locator('#due-said').textContent(), /who confirms/);
  await page.getByLabel('Who confirms').fill('Ada Reader');
  const visits = page.locator('#due-files fieldset').filter({ hasText: 'visits.yaml' });
  await visits.locator('li', { hasText: '12,400' }).getByRole('checkbox').check();
  await visits.locator('li', { hasText: '6,300' }).getByRole('checkbox').check();
  await page.locator('#due-files fieldset').filter({ hasText: 'welcome.md' }).getByLabel('All texts of this file').check();
  await page.getByRole('button', { name: 'Confirm what is ticked' }).click();
  await becomes(preview, 'checks.yaml', text => /file: welcome\.md\n {4}by: Ada Reader\n {4}date: \d{4}-\d\d-\d\d/.test(text) || /\{file: welcome\.md, by: Ada Reader, date: \d{4}-\d\d-\d\d\}/.test(text));
  await becomes(preview, 'checks.yaml', text => text.includes('of: [visits.town.visits, visits.harbour.visits]'));
  const row = page.locator('#due-status tbody tr').filter({ hasText: 'visits.yaml' });
  await row.locator('td').nth(1).filter({ hasText: /^2$/ }).waitFor();
  assert.ok(await count() < before - 2, `${await count()} are still due of ${before}`);
  await page.locator('#tab-edit').click();
  await page.locator('#undo').click();
  await becomes(preview, 'checks.yaml', text => !text.includes('of: [visits.town.visits'));
});

withWriter('what changed since the last commit is listed, and leads to its figure', 'annual-report', () => startNew('annual-report', '--edit'), async (seen, preview) => {
  const { page } = seen;
  // Without a repository it is said what helps here, and not what a command could be given instead.
  await page.locator('#tab-compared').click();
  await seen.until(() => document.querySelector('#compared-words').textContent.includes('repository'));
  assert.deepEqual(await page.locator('#compared-words p').allTextContents(), ['content does not lie in a git repository', 'keep the content in a repository: `git init`, `git add`, `git commit`']);
  await page.locator('#tab-edit').click();
  const git = (...words) => execFileSync('git', ['-c', 'user.name=Ada Reader', '-c', 'user.email=ada@example.org', ...words], { cwd: preview.folder, stdio: 'pipe' });
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'First');
  await seen.choose('loans-on-time.target', 'Figure');
  await page.locator('#picked-editor input').fill('94%');
  await becomes(preview, 'indicators.yaml', text => text.includes('target: 94%'));
  await page.locator('#tab-compared').click();
  const change = page.locator('#compared-list li').filter({ hasText: 'is 94%' });
  await change.waitFor();
  assert.match(await page.locator('#compared-words').textContent(), /since Revision/);
  assert.deepEqual(await seen.axe(), []);
  await change.getByRole('button').click();
  await seen.kind('Figure');
  assert.equal(await page.locator('#picked-editor input').inputValue(), '94%');
  await page.locator('#tab-compared').click();
  await page.locator('#compared-show').click();
  await page.locator('#changes-frame').waitFor();
});

withWriter('what changed is listed since the last draft and the edition before, as somebody chooses', 'next-report', () => startNext('annual-report', 'next-report', '--edit'), async (seen, preview) => {
  const { page } = seen;
  const git = (...words) => execFileSync('git', ['-c', 'user.name=Ada Reader', '-c', 'user.email=ada@example.org', ...words], { cwd: preview.folder, stdio: 'pipe' });
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'The draft');
  await seen.choose('It was a good year', 'Paragraph');
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('Once more: ');
  await becomes(preview, 'welcome.md', text => text.startsWith('Once more: '));
  git('commit', '--all', '--quiet', '--message', 'Once more');
  await page.locator('#tab-compared').click();
  const words = page.locator('#compared-words');
  const says = text => seen.until(text => document.querySelector('#compared-words').textContent.includes(text), text);
  await says('0 changes since Revision');
  await page.getByLabel('What changed since').selectOption('the last draft');
  await says('1 change since Revision');
  // While it was typed it was compared, too.
  await seen.until(() => document.querySelector('#compared-list').textContent.includes('Once more: '));
  await page.getByLabel('What changed since').selectOption('the edition before');
  await says('since The report annual-report');
  assert.match(await words.textContent(), /^\d+ changes/);
  assert.deepEqual(await seen.axe(), []);
  await page.locator('#compared-show').click();
  await seen.until(() => document.querySelector('#changes-frame').contentDocument?.body?.textContent.includes('The report annual-report'));
  // The choice is one for the list and for the page beside it.
  await page.getByLabel('Changes since', { exact: true }).selectOption('the last draft');
  await says('1 change since Revision');
  await seen.until(() => document.querySelector('#changes-frame').contentDocument?.body?.textContent.includes('Once more'));
});
