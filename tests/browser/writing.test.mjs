// The guide "Write where you read", done to its end: from `tally new` to a report of one's own, without a text editor.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { becomes, withWriter } from './editing.mjs';
import { root, startNew } from './previewing.mjs';

const REPORT = 'annual-report';
const tally = resolve(process.env.TALLY ?? join(root, 'target/debug/tally'));
const photograph = join(root, 'tests/fixtures/full/content/example/branch.png');
/** Where pictures for the guide are put, if they are wanted. */
const pictures = process.env.PICTURES;

withWriter('who follows the guide has a report of their own', REPORT, () => startNew(REPORT, '--edit'), async (seen, preview) => {
  const { page, until } = seen;
  const picture = async name => {
    if (!pictures) return;
    await seen.state('done');
    await page.waitForTimeout(2500);
    await page.screenshot({ path: join(pictures, name) });
  };
  const type = async words => {
    await page.keyboard.press('Control+A');
    await page.keyboard.type(words);
  };
  await seen.onPage('It was a good year');

  // 1. Its name.
  await seen.choose('Library Service', 'Title');
  await type('Gardens for all');
  await becomes(preview, 'report.yaml', text => text.includes('title: Gardens for all\n'));

  // 2. A section with indicators of one's own.
  await seen.choose('A year of more visits', 'Standfirst');
  await seen.press('Section Welcome', 'Add a section after this');
  await seen.fill('Title', 'Our trees');
  await seen.select('What', 'dashboard');
  await seen.select('File', '');
  await seen.fill('Caption', 'Gardens in figures');
  await seen.fill('Periods', 'Q1 to Q4');
  for (const [rating, means] of [['Green', 'On target'], ['Amber', 'Nearly'], ['Red', 'Behind'], ['No target', 'Without a target']]) await seen.fill(rating, means);
  await seen.fill('Name', 'Trees planted');
  await seen.dialog.getByLabel('number', { exact: true }).first().check();
  await seen.select('Series', 'each-period');
  await seen.fill('Figures', '120\n135\n150\n160');
  await seen.fill('Target', '≥ 100');
  await seen.fill('Rating', 'green');
  await picture('writing-add.png');
  await seen.submit();
  await becomes(preview, 'gardens-in-figures.yaml', text => text.includes('figures: [120, 135, 150, 160]'));
  await seen.kind('Title');

  // 3. A chart of them.
  await seen.choose('Gardens in figures', 'Caption');
  await seen.press('Part dashboard', 'Add a part after this');
  await seen.select('What', 'chart');
  await seen.fill('Of', 'gardens-in-figures.yaml');
  await seen.dialog.locator('summary').first().click();
  await seen.fill('Title', 'More trees each quarter');
  await seen.submit();
  await seen.onPage('More trees each quarter');
  await seen.kind('Title');

  // 4. The sections of the sample go, with their files.
  for (const [section, withFiles] of [['At a glance', false], ['Visits', true], ['Indicators', true], ['Staff survey', true], ['Running costs', true], ['What comes next', true], ['Who to contact', false]]) {
    await seen.choose(section, 'Title');
    const before = preview.read('report.yaml');
    await seen.press(`Section ${section}`, 'Remove');
    // Of files that nothing else shows it is asked whether they go.
    if (withFiles) await seen.submit();
    await becomes(preview, 'report.yaml', text => text !== before && !text.includes(`title: ${section}\n`));
  }

  // 5. One's own words: the figures of the sample are told to be missing.
  await seen.state('faulty');
  assert.match(await page.locator('#findings-list').textContent(), /no figure `visits\.all\.visits`|no file|visits/);
  await seen.choose('It was a good year', 'Paragraph');
  await type('It was a good year for gardens.');
  await seen.choose('A number stands between braces', 'Entry of a list');
  await page.locator('#picked-structure').getByRole('button', { name: 'Remove' }).click();
  await becomes(preview, 'welcome.md', text => !text.includes('costs.all'));
  await seen.choose('A year of more visits', 'Standfirst');
  await type('More trees than ever.');
  await seen.state('done');
  await seen.onPage('It was a good year for gardens.');

  // 6. A figure in a sentence.
  await seen.choose('It was a good year for gardens', 'Paragraph');
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' We planted ');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('trees-planted.q4');
  await page.locator('#figure-list button').first().waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.type(' trees in the last quarter.');
  await seen.onPage('We planted 160 trees in the last quarter.');
  await picture('writing-text.png');

  // 7. A photograph.
  await seen.choose('The new branch', 'Caption');
  await seen.addPicture(photograph, 'A brick building with tall windows: the new garden house.');
  await becomes(preview, 'report.yaml', text => text.includes('picture: branch.png'));
  assert.ok(readFileSync(join(preview.folder, 'content', REPORT, 'branch.png')).equals(readFileSync(photograph)));
  await until(() => document.querySelector('#frame').contentDocument?.querySelector('main img')?.alt.startsWith('A brick building with tall windows: the'));

  // 8. A figure is changed where it stands; a rating that no longer fits would be told.
  await seen.choose('gardens-in-figures.trees-planted.q4', 'Figure');
  await page.locator('#picked-editor input').fill('165');
  await seen.onPage('We planted 165 trees in the last quarter.');
  await seen.state('done');
  await picture('writing-figure.png');

  await preview.end();
  execFileSync(tally, [], { cwd: preview.folder });
  assert.ok(existsSync(join(preview.folder, `output/${REPORT}/${REPORT}.pdf`)));
  assert.deepEqual(readdirSync(join(preview.folder, 'content', REPORT)).sort(), ['branch.png', 'gardens-in-figures.yaml', 'report.yaml', 'welcome.md']);
});
