// The guide "Write where you read", done to its end: from `tally new` to a report of one's own, without a text editor.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import test, { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { root, startNew } from './previewing.mjs';

const WAIT = Number(process.env.WAIT ?? 30_000);
const tally = resolve(process.env.TALLY ?? join(root, 'target/debug/tally'));
const photograph = join(root, 'tests/fixtures/full/content/example/branch.png');
/** Where pictures for the guide are put, if they are wanted. */
const pictures = process.env.PICTURES;

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.TALLY_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'] });
});
after(() => browser?.close());

test('who follows the guide has a report of their own', { timeout: 240_000 }, async () => {
  const preview = await startNew('annual-report', '--edit');
  const file = name => join(preview.folder, 'content/annual-report', name);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(WAIT);
    const problems = [];
    page.on('pageerror', error => problems.push(error.message));
    await page.goto(`${preview.origin}/#annual-report`);
    const frame = page.frameLocator('#frame');
    const until = (question, value) => page.waitForFunction(question, value);
    const state = wanted => until(wanted => document.querySelector('#state').dataset.state === wanted, wanted);
    const press = name => page.locator('#picked-structure').getByRole('button', { name }).click();
    /** A change is written when the number of changes grew. */
    const read = async () => (await page.evaluate(async () => (await fetch('/~preview/edit/places/annual-report')).json())).saved;
    const follows = async work => {
      const written = await read();
      await work();
      for (let step = 0; await read() <= written; step++) {
        assert.ok(step < 200, 'the change is read');
        await page.waitForTimeout(100);
      }
      await page.waitForFunction(() => document.querySelector('#state').dataset.state !== 'building');
    };
    const choose = async (words, kind) => {
      await page.locator('#find-place').fill(words);
      await page.locator('#places-list button').filter({ hasText: kind }).first().click();
      await until(kind => document.querySelector('#picked-kind').textContent === kind, kind);
    };
    const onPage = text => until(text => document.querySelector('#frame').contentDocument?.body?.textContent.includes(text), text);
    await state('done');
    await onPage('It was a good year');

    for (const section of ['At a glance', 'Staff survey', 'Running costs', 'What comes next', 'Who to contact']) {
      await choose(section, 'Title');
      await follows(() => press('Remove'));
    }
    await state('faulty');
    assert.match(await page.locator('#findings-list').textContent(), /no figure `costs\.all\.total`/);
    await page.locator('#tab-findings').click();
    await page.locator('#findings-list .is-error').getByRole('button', { name: 'Go to it' }).click();
    await until(() => document.querySelector('#picked-kind').textContent === 'Entry of a list');
    await follows(() => press('Remove'));
    await state('done');

    await choose('The new branch', 'Caption');
    await press('Add a picture…');
    await page.locator('#picture-file').setInputFiles(photograph);
    await page.locator('#picture-alternative').fill('A brick building with tall windows: the new branch.');
    await follows(() => page.getByRole('button', { name: 'Add', exact: true }).click());
    await state('done');
    assert.ok(readFileSync(file('branch.png')).equals(readFileSync(photograph)));
    await until(() => document.querySelector('#frame').contentDocument.querySelector('main img')?.alt.startsWith('A brick building with tall windows: the'));

    await frame.locator('main').getByText('It was a').click();
    await until(() => document.querySelector('#picked-kind').textContent === 'Paragraph');
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' ');
    await page.locator('#picked-editor .cm-content').evaluate(editor => {
      const data = new DataTransfer();
      data.setData('text/html', '<p class=MsoNormal> We <b>thank</b> everybody.</p><table><tr><td>1</td></tr></table>');
      data.setData('text/plain', 'We thank everybody.');
      editor.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    });
    await onPage('We thank everybody.');
    assert.match(readFileSync(file('welcome.md'), 'utf8'), /We \*\*thank\*\* everybody\./);
    assert.match(await page.locator('#picked-left-out').textContent(), /1 table was left out/);
    if (pictures) await page.screenshot({ path: join(pictures, 'writing-text.png') });

    await choose('visits.town.visits', 'Figure');
    await page.locator('#picked-editor input').fill('12,500');
    await state('faulty');
    if (pictures) await page.screenshot({ path: join(pictures, 'writing-figure.png') });
    await choose('visits.all.visits', 'Figure');
    await page.locator('#picked-editor input').fill('20,100');
    await state('done');
    await onPage('had 20,100 visits, 12,500 of them in the town');

    await page.close();
    assert.deepEqual(problems, []);
    await preview.end();
    for (const name of ['costs.yaml', 'plan.yaml', 'survey.yaml']) rmSync(file(name));
    execFileSync(tally, [], { cwd: preview.folder });
    assert.ok(existsSync(join(preview.folder, 'output/annual-report/annual-report.pdf')));
  } finally {
    await preview.close();
  }
});
