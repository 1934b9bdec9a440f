// What is added, moved and said more of in `tally preview --edit`, by forms that are made of the declarations.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { becomes, comes, goes, withWriter } from './editing.mjs';
import { root, startNew } from './previewing.mjs';

const REPORT = 'annual-report';
const branch = join(root, 'tests/fixtures/full/content/example/branch.png');
const withNew = (name, use) => withWriter(name, REPORT, () => startNew(REPORT, '--edit'), use);

withNew('a row and a column are added to a table, and the figures stand under their headings', async (seen, preview) => {
  await seen.choose('visits.harbour.visits', 'Figure');
  await seen.press('Row Harbour', 'Add a row after this');
  assert.deepEqual(await seen.axe(), []);
  await seen.fill('Name', 'Hill');
  await seen.fill('Visits', '0');
  await seen.submit();
  await becomes(preview, 'visits.yaml', text => text.includes('- {name: Harbour, values: "6,300"}\n  - {name: Hill, values: 0}\n'));
  await seen.onPage('Hill');
  await seen.kind('Name of a row');
  await seen.choose('visits.harbour.visits', 'Figure');
  await seen.press('Column Visits', 'Add a column after this');
  await seen.fill('Name', 'Loans');
  await seen.dialog.locator('summary').first().click();
  await seen.select('Type', 'count');
  for (const [row, figure] of [['Town', '10'], ['Harbour', '20'], ['Hill', '0'], ['Book bus', '5'], ['All visits', '35']]) await seen.fill(row, figure);
  await seen.submit();
  await seen.kind('Name of a column');
  await becomes(preview, 'visits.yaml', text => /\{id: loans, name: Loans, type: count\}/.test(text) && text.includes('{name: Harbour, values: "6,300 | 20"}'));
  await seen.state('done');
});

withNew('an indicator is added, its details are changed, and it is removed; all of it is taken back', async (seen, preview) => {
  const before = preview.read('indicators.yaml');
  await seen.choose('Loans returned on time', 'Name');
  await seen.press('Indicator Loans returned', 'Add an indicator after this');
  await seen.fill('Name', 'Books found again');
  await seen.dialog.getByLabel('number', { exact: true }).check();
  await seen.select('Series', 'each-period');
  for (const period of ['Q1', 'Q2', 'Q3', 'Q4']) await seen.fill(period, '7');
  await seen.fill('Target', '5');
  await seen.fill('Rating', 'green');
  await seen.dialog.locator('summary').first().click();
  await seen.select('Aim', 'at-least');
  await seen.submit();
  await becomes(preview, 'indicators.yaml', text => /- id: books-found-again\n {8}name: Books found again\n {8}columns: \[number\]\n/.test(text));
  await seen.state('done');
  await seen.onPage('Books found again');
  await seen.kind('Name');
  await seen.press('Indicator Books found', 'Details');
  await seen.dialog.locator('summary').first().click();
  await seen.fill('Note', 'Found under a shelf.');
  await seen.submit();
  await becomes(preview, 'indicators.yaml', text => text.includes('note: Found under a shelf.'));
  await seen.onPage('Found under a shelf.');
  await seen.choose('Books found again', 'Name');
  await seen.press('Indicator Books found', 'Remove');
  await becomes(preview, 'indicators.yaml', text => text === before);
  for (let step = 0; step < 3; step++) {
    const was = preview.read('indicators.yaml');
    await seen.page.locator('#undo').click();
    await becomes(preview, 'indicators.yaml', text => text !== was);
  }
  assert.equal(preview.read('indicators.yaml'), before);
});

withNew('a section with prose, a table and a chart of it are added, moved and seen', async (seen, preview) => {
  await seen.choose('A year of more visits', 'Standfirst');
  await seen.press('Section Welcome', 'Add a section after this');
  await seen.fill('Title', 'Our gardens');
  await seen.select('What', 'prose');
  await seen.fill('Text', 'Gardens opened everywhere.');
  await seen.submit();
  await becomes(preview, 'our-gardens.md', text => text === 'Gardens opened everywhere.\n');
  await seen.onPage('Gardens opened everywhere.');
  await seen.kind('Title');
  await seen.state('done');
  await seen.choose('Gardens opened everywhere', 'Paragraph');
  await seen.press('Part prose', 'Add a part after this');
  await seen.select('What', 'table');
  await seen.select('File', '');
  await seen.fill('Caption', 'Gardens by town');
  await seen.fill('What the rows are', 'Town');
  await seen.paste(seen.dialog.getByLabel('Name of row 1'), 'North\t1,204\t12\nSouth\t97\t9\nWest\t3\t1\n');
  await seen.fill('Heading of column 1', 'Visitors');
  await seen.page.locator('#fill-in-submit').click();
  // The second column has no heading yet: it is said, and what was filled in stays.
  await seen.dialog.locator('#fill-in-trouble li').waitFor();
  await seen.fill('Heading of column 2', 'Trees');
  await seen.submit();
  await becomes(preview, 'gardens-by-town.yaml', text => text.includes('rows-are: Town\ncolumns:\n  - {id: visitors, name: Visitors}\n  - {id: trees, name: Trees}\nrows:\n'));
  await seen.onPage('Gardens by town');
  await seen.kind('Caption');
  await seen.choose('Gardens by town', 'Caption');
  await seen.press('Part table', 'Add a part after this');
  await seen.select('What', 'chart');
  await seen.fill('Of', 'gardens-by-town.yaml');
  await seen.dialog.locator('summary').first().click();
  await seen.fill('Title', 'Most visitors come to the north');
  await seen.submit();
  await becomes(preview, 'report.yaml', text => text.includes('      - table: gardens-by-town.yaml\n      - chart:\n          of: gardens-by-town.yaml\n'));
  await seen.onPage('Most visitors come to the north');
  await seen.kind('Title');
  await seen.choose('Our gardens', 'Title');
  await seen.press('Section Our gardens', 'Move up');
  await seen.until(() => /Our gardens[^]*A year of more visits/.test(document.querySelector('#frame').contentDocument?.querySelector('main')?.textContent));
});

withNew('what is picked is outlined in the PDF as well', async seen => {
  await seen.page.getByRole('button', { name: 'PDF', exact: true }).click();
  await seen.choose('It was a good year', 'Paragraph');
  const area = seen.page.locator('.picked-area').first();
  await area.waitFor();
  const { width, height } = await area.boundingBox();
  assert.ok(width > 20 && height > 4, `${width} × ${height}`);
});

withNew('a picture that is added goes when that is taken back, and comes again', async (seen, preview) => {
  const before = preview.read('report.yaml');
  await seen.choose('The new branch', 'Caption');
  await seen.addPicture(branch, 'A brick building.');
  await comes(preview, 'branch.png');
  await becomes(preview, 'report.yaml', text => text.includes('picture: branch.png'));
  await seen.page.locator('#undo').click();
  await goes(preview, 'branch.png');
  await becomes(preview, 'report.yaml', text => text === before);
  await seen.page.locator('#redo').click();
  await comes(preview, 'branch.png');
});

withNew('a section is removed with the files that it alone shows, and both come back', async (seen, preview) => {
  const before = preview.read('report.yaml');
  const costs = preview.read('costs.yaml');
  await seen.choose('Running costs', 'Title');
  await seen.press('Section Running costs', 'Remove');
  await seen.submit();
  await becomes(preview, 'report.yaml', text => !text.includes('title: Running costs'));
  await goes(preview, 'costs.yaml');
  await seen.page.locator('#undo').click();
  await becomes(preview, 'costs.yaml', text => text === costs);
  await becomes(preview, 'report.yaml', text => text === before);
});

withNew('Tab and the arrows walk a table, a mark is chosen, and what a figure is said of is seen', async (seen, preview) => {
  await seen.choose('loans-on-time.q1.denominator', 'Figure');
  const at = async address => seen.until(address => document.querySelector('#picked-location').textContent.endsWith(address), address);
  const press = async (key, address) => {
    await seen.page.locator('#picked-editor input').press(key);
    await at(address);
  };
  await press('Tab', 'q1.number');
  await press('ArrowDown', 'q2.number');
  await press('Shift+Tab', 'q2.denominator');
  await press('ArrowUp', 'q1.denominator');
  await seen.page.getByLabel('Mark').selectOption('p');
  await becomes(preview, 'indicators.yaml', text => text.includes('[200 (p), 190, 95%]'));
});

withNew('a number in a pasted text is bound by a button, in whichever paragraph it stands', async (seen, preview) => {
  await seen.choose('It was a good year', 'Paragraph');
  await seen.page.keyboard.press('Control+End');
  await seen.paste(seen.editor, 'And more.', '<p>And more.</p><p>The town had 12,400 visits.</p>');
  const bind = seen.page.locator('#picked-trouble li').filter({ hasText: '12,400' }).getByRole('button', { name: 'visits.town.visits' });
  await bind.first().click();
  await becomes(preview, 'welcome.md', text => text.includes('The town had {{ visits.town.visits }} visits.'));
  await seen.onPage('The town had 12,400 visits.');
});

withNew('a list and a note are made by buttons', async (seen, preview) => {
  await seen.choose('It was a good year', 'Paragraph');
  await seen.page.keyboard.press('Control+End');
  const tool = name => seen.page.locator('#picked-tools').getByRole('button', { name }).click();
  await seen.page.locator('#picked-room details').last().waitFor();
  await tool('Note…');
  await seen.fill('New note', 'Counted at the doors.');
  await seen.submit();
  await becomes(preview, 'report.yaml', text => text.includes('notes:\n  - {id: counted-at-the, text: Counted at the doors.}\n'));
  await becomes(preview, 'welcome.md', text => text.includes('in the town. {{ note counted-at-the }}'));
  await seen.onPage('Counted at the doors.');
  await tool('List');
  await becomes(preview, 'welcome.md', text => text.startsWith('- It was a **good year**'));
});

withNew('a photograph comes with the form of its part, and goes with it', async (seen, preview) => {
  const before = preview.read('report.yaml');
  await seen.choose('It was a good year', 'Paragraph');
  await seen.press('Part prose', 'Add a part after this');
  await seen.select('What', 'figure');
  await seen.fill('Caption', 'The house at the park');
  const chosen = { name: 'Tall <img src=x onerror=top.ran=1> windows.png', mimeType: 'image/png', buffer: readFileSync(branch) };
  await seen.dialog.getByLabel(/^Picture/).setInputFiles({ ...chosen, name: 'Tall windows.png' });
  await seen.page.locator('#fill-in-submit').click();
  // Who cannot see it is told what it shows: without that nothing is sent.
  await seen.until(() => document.activeElement.matches(':invalid'));
  assert.equal(preview.has('tall-windows.png'), false);
  await seen.fill('Alternative text', 'A brick building with tall windows.');
  await seen.submit();
  await becomes(preview, 'report.yaml', text => text.includes('picture: tall-windows.png') && text.includes('alt: A brick building with tall windows.'));
  assert.ok(readFileSync(join(preview.folder, 'content', REPORT, 'tall-windows.png')).equals(chosen.buffer));
  await seen.until(() => document.querySelector('#frame').contentDocument?.querySelector('main img')?.alt.startsWith('A brick building'));
  await seen.page.locator('#undo').click();
  await becomes(preview, 'report.yaml', text => text === before);
  await goes(preview, 'tall-windows.png');
  // The name of a file is a name and nothing else.
  await seen.choose('It was a good year', 'Paragraph');
  await seen.press('Part prose', 'Add a part after this');
  await seen.select('What', 'figure');
  await seen.fill('Caption', 'The house at the park');
  await seen.fill('Alternative text', 'A brick building with tall windows.');
  await seen.dialog.getByLabel(/^Picture/).setInputFiles(chosen);
  await seen.submit();
  await becomes(preview, 'report.yaml', text => text.includes('picture: tall-img-src-x-onerror-top-ran-1-windows.png'));
  assert.equal(await seen.page.evaluate(() => globalThis.ran), undefined);
});

/** Drops the picture of a branch on something; whether the browser is kept from showing it in the place of the preview. */
const drop = target => target.evaluate((element, bytes) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], 'Branch.png', { type: 'image/png' }));
  const events = ['dragover', 'drop'].map(name => new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true }));
  return events.every(event => !element.dispatchEvent(event));
}, [...readFileSync(branch)]);

withNew('a picture that is dropped on its caption is asked what it shows', async (seen, preview) => {
  await seen.choose('The new branch', 'Caption');
  assert.ok(await drop(seen.page.locator('#panel')));
  await seen.page.locator('#picture-alternative').fill('A brick building.');
  await seen.page.getByRole('button', { name: 'Add', exact: true }).click();
  await becomes(preview, 'report.yaml', text => text.includes('picture: branch.png'));
});

withNew('a picture that is dropped on one of the page takes its place, also before it is known where all stands', async (seen, preview) => {
  preview.write('branch.png', readFileSync(branch));
  preview.edit('report.yaml', 'caption: The new branch\n', 'caption: The new branch\n          picture: branch.png\n');
  const picture = seen.frame.locator('main img');
  await picture.waitFor();
  await seen.state('done');
  const dialog = seen.page.locator('#add-picture');
  // On a paragraph it is no picture of anything, and is not shown in the place of the preview.
  assert.ok(await drop(seen.frame.getByText('It was a good year')));
  assert.equal(await dialog.isVisible(), false);
  await seen.choose('A year of more visits', 'Standfirst');
  await seen.page.keyboard.press('Control+End');
  const go = await seen.holdPlaces();
  await seen.page.keyboard.type(' and more');
  await seen.onPage('more visits. and more');
  assert.ok(await drop(picture));
  go();
  await dialog.waitFor();
  await seen.kind('Alternative text');
  assert.equal(await seen.page.locator('#picture-alternative').inputValue(), 'Photograph of a brick building with tall windows.');
  await seen.page.locator('#picture-alternative').fill('A brick building.');
  await seen.page.getByRole('button', { name: 'Add', exact: true }).click();
  await becomes(preview, 'report.yaml', text => text.includes('picture: branch-2.png') && text.includes('more visits. and more'));
  await comes(preview, 'branch-2.png');
  await seen.until(() => document.querySelector('#frame').contentDocument?.querySelector('main img')?.alt === 'A brick building.');
});

withNew('each mend that the help of a finding names is a button', async (seen, preview) => {
  const before = preview.read('welcome.md');
  const mend = async (file, words, button, isSo) => {
    const finding = seen.page.locator('#findings-list li').filter({ hasText: words });
    await seen.page.locator('#tab-findings').click();
    await finding.getByRole('button', { name: button }).first().click();
    await becomes(preview, file, isSo);
  };
  const end = async words => preview.write('welcome.md', `${before}\n${words}\n`);
  // Did you mean.
  await end('{{ visits.town.visit }} visits.');
  await mend('welcome.md', 'visits.town.visit', /^Write/, text => text.includes('{{ visits.town.visits }} visits.'));
  // Bind this number.
  await end('The town had 12,400 visits.');
  await mend('welcome.md', '12,400', /visits\.town\.visits/, text => text.includes('had {{ visits.town.visits }} visits'));
  // Mark as a statement.
  await end('Some 8,765 books are old.');
  await mend('welcome.md', '8,765', 'Mark it as a statement', text => text.includes('Some {{ "8,765" | stated }} books are old.'));
  await seen.onPage('Some 8,765 books are old.');
  await seen.state('done');
  // Add to the names.
  await end('They meet in Garden 7.');
  await mend('../organisation.yaml', 'the number 7', 'Add `Garden 7` to the names', text => /names:[^]*Garden 7/.test(text));
  await seen.state('done');
  // Quote this value.
  preview.edit('report.yaml', 'caption: The new branch', 'caption: The branch #east');
  await mend('report.yaml', 'would not be printed', 'Put the whole text in quotation marks', text => text.includes('caption: "The branch #east"'));
  // Make a footnote, which is asked for before it is known where the letters of the last mend stand.
  const go = await seen.holdPlaces();
  await end('We opened at night.[^1]');
  await seen.page.locator('#tab-findings').click();
  await seen.page.locator('#findings-list li').filter({ hasText: '[^1]' }).getByRole('button', { name: 'Make it a note…' }).click();
  go();
  await seen.fill('New note', 'On Fridays alone.');
  await seen.submit();
  await becomes(preview, 'welcome.md', text => text.includes('at night.{{ note on-fridays-alone }}'));
  await seen.onPage('On Fridays alone.');
});
