// A writer at work on figures in `tally preview --edit`: what is seen of one, and all that is done with it, also by keys alone.
import assert from 'node:assert/strict';
import { becomes, withWriter } from './editing.mjs';
import { REPORT, startNew, startPreview } from './previewing.mjs';

const withNew = (name, use) => withWriter(name, 'annual-report', () => startNew('annual-report', '--edit'), use);
/** Waits until something has the focus; what says so is given as it is told to a page. */
const isAt = (seen, selector) => seen.until(selector => document.activeElement.matches(selector), selector);

withNew('a figure that YAML has in quotation marks is typed without them, and marked', async (seen, preview) => {
  await seen.choose('visits.harbour.visits', 'Figure');
  assert.equal(await seen.field.inputValue(), '6,300');
  await seen.field.press('End');
  await seen.field.press('Backspace');
  await seen.page.keyboard.type('9');
  await becomes(preview, 'visits.yaml', text => text.includes('{name: Harbour, values: "6,309"}'));
  await seen.page.getByLabel('Mark').selectOption('p');
  await becomes(preview, 'visits.yaml', text => text.includes('{name: Harbour, values: "6,309 (p)"}'));
  // It is the same figure when its file was read again, and its mark is known.
  await seen.choose('visits.town.visits', 'Figure');
  await seen.page.locator('#find-place').fill('visits.harbour.visits');
  await seen.page.locator('#places-list button').filter({ hasText: '6,309 (p)' }).waitFor();
  await seen.choose('visits.harbour.visits', 'Figure');
  assert.equal(await seen.field.inputValue(), '6,309 (p)');
  assert.equal(await seen.page.getByLabel('Mark').inputValue(), 'p');
});

withNew('everything of a figure is done with keys alone: a mark, what surrounds it, and back', async (seen, preview) => {
  const { keyboard } = seen.page;
  await seen.chooseFirst('visits.harbour.visits');
  await seen.kind('Figure');
  await isAt(seen, '#picked-editor input');
  await keyboard.press('Escape');
  await isAt(seen, '#picked-mark');
  await keyboard.press('p');
  await becomes(preview, 'visits.yaml', text => text.includes('values: "6,300 (p)"'));
  await seen.page.locator('#picked-room details').last().waitFor();
  const reached = () => seen.page.evaluate(() => document.activeElement.textContent);
  const way = [];
  for (let step = 0; step < 30 && way.at(-1) !== 'Details…'; step++) {
    await keyboard.press('Tab');
    way.push(await reached());
  }
  assert.equal(way.at(-1), 'Details…', way.join(' > '));
  await keyboard.press('Escape');
  await isAt(seen, '#find-place');
  await seen.until(() => document.querySelector('#picked').hidden);
});

withNew('a figure is put into a sentence by its name, and its address stands beside it', async (seen, preview) => {
  await seen.choose('It was a good year', 'Paragraph');
  await seen.page.keyboard.press('Control+End');
  await seen.page.keyboard.type(' Harbour: ');
  await seen.page.keyboard.press('Control+k');
  await seen.page.locator('#figure-search').fill('harbour visits');
  const first = seen.page.locator('#figure-list button').filter({ hasText: 'visits.harbour.visits' });
  assert.match(await first.textContent(), /^6,300 .*Harbour.*visits\.harbour\.visits$/);
  assert.deepEqual(await seen.axe(), []);
  await first.click();
  await becomes(preview, 'welcome.md', text => text.includes('Harbour: {{ visits.harbour.visits }}'));
});

withNew('the figures of a text lead to their places, from the list under it and from the text itself', async seen => {
  const figure = async address => {
    await seen.kind('Figure');
    await seen.until(address => document.querySelector('#picked-location').textContent.endsWith(address), address);
  };
  await seen.chooseFirst('It was a good year');
  await seen.kind('Paragraph');
  await seen.page.locator('#picked-facts').getByRole('button', { name: /^20,000/ }).focus();
  await seen.page.keyboard.press('Enter');
  await figure('visits.all.visits');
  await seen.page.locator('#picked-facts').getByRole('button', { name: /^It was a good year/ }).click();
  await seen.kind('Paragraph');
  await seen.page.locator('#picked .chip').filter({ hasText: '12,400' }).click();
  await figure('visits.town.visits');
});

withNew('what is typed in one pick is taken back in one step, and no more', async (seen, preview) => {
  const before = preview.read('welcome.md');
  const type = async words => {
    await seen.choose('It was a good year', 'Paragraph');
    await seen.page.keyboard.press('Control+End');
    for (const letter of words) await seen.page.keyboard.type(letter);
    await becomes(preview, 'welcome.md', text => text.includes(`${words}\n`));
    await seen.onPage(words);
  };
  await type(' Well done.');
  const first = preview.read('welcome.md');
  await seen.page.keyboard.press('Escape');
  await type(' All of you.');
  await seen.page.locator('#undo').click();
  await becomes(preview, 'welcome.md', text => text === first, 'the second pick alone is taken back');
  await seen.page.locator('#undo').click();
  await becomes(preview, 'welcome.md', text => text === before, 'then the first');
});

withNew('a rating and a drawing lead to what they are of', async seen => {
  const leads = async (element, kind, words) => {
    await element.click();
    await seen.kind(kind);
    await seen.until(words => ['location', 'editor'].some(part => document.querySelector(`#picked-${part}`).textContent.includes(words)), words);
    await seen.page.keyboard.press('Escape');
    await seen.page.keyboard.press('Escape');
    await seen.until(() => document.querySelector('#picked').hidden);
  };
  await leads(seen.frame.locator('.chart-bars rect').nth(1), 'Figure', 'visits.harbour.visits');
  await leads(seen.frame.locator('.rating-legend .rating').first(), 'Text', 'Complete or on target');
  await leads(seen.frame.locator('.stack rect').first(), 'Title', 'At a glance');
});

withNew('unit, form and note are changed from beside the figure', async (seen, preview) => {
  await seen.choose('costs.lending.total', 'Figure');
  const facts = seen.page.locator('#picked-told');
  await facts.getByRole('button', { name: 'Change…: unit of the column' }).click();
  await seen.until(() => document.activeElement.closest('[data-field]')?.dataset.field === 'unit');
  await seen.page.keyboard.press('Escape');
  await facts.getByRole('button', { name: 'Change…: type of the column' }).waitFor();
  await seen.choose('loans-on-time.q1.number', 'Figure');
  await facts.getByRole('button', { name: 'Add a note…: note of the indicator' }).click();
  await seen.until(() => document.activeElement.closest('[data-field]')?.dataset.field === 'note');
  await seen.page.keyboard.type('Without the bus.');
  await seen.submit();
  await becomes(preview, 'indicators.yaml', text => text.includes('note: Without the bus.'));
  await facts.getByText('Without the bus.').waitFor();
});

withNew('an error is marked at its words in a text that YAML has in quotation marks, and said with what was saved', async (seen, preview) => {
  await seen.choose('indicators are green', 'Standfirst');
  await seen.page.keyboard.press('Control+End');
  await seen.page.keyboard.insertText(' Of 9,876 readers.');
  await seen.page.locator('#picked-editor .doubt').filter({ hasText: /^9,876$/ }).waitFor();
  assert.ok(preview.read('report.yaml').includes('are green. Of 9,876 readers."'));
  await seen.saysOfSaving(', with 1 error');
  assert.deepEqual(await seen.axe(), []);
  await seen.page.locator('#undo').click();
  await seen.state('done');
  await seen.until(() => /^Saved [\d:]+$/.test(document.querySelector('#saved').textContent));
});

withNew('an error is marked at its words in a text that is wrapped, with the ends of lines of Windows', async (seen, preview) => {
  preview.write('welcome.md', preview.read('welcome.md').replace('- A line of a list begins with a hyphen.', '- A line of a list\n  begins with 9,876 words.').replace(/\n/g, '\r\n'));
  await seen.state('faulty');
  await seen.choose('A line of a list', 'Entry of a list');
  await seen.page.locator('#picked-editor .doubt').filter({ hasText: /^9,876$/ }).waitFor();
});

withWriter('a figure that all reports share is changed where it is read, and can be put into a text', REPORT, () => startPreview('--edit'), async (seen, preview) => {
  await seen.frame.locator('[data-fact]').filter({ hasText: /^761,988$/ }).first().click();
  await seen.kind('Figure');
  assert.equal(await seen.field.inputValue(), '761,988');
  await seen.field.press('End');
  await seen.field.press('Backspace');
  await seen.page.keyboard.type('9');
  await becomes(preview, '../organisation.yaml', text => text.includes('people: 761,989'));
  await seen.state('faulty');
  // A check that the figure does not keep says why, in words.
  await seen.page.locator('#picked-facts dt').filter({ hasText: 'Does not hold' }).first().waitFor();
  assert.match(await seen.page.locator('#picked-facts').textContent(), /control-total-agrees: .*761,98/);
  await seen.page.locator('#undo').click();
  await seen.state('done');
  await seen.choose('I am delighted to present', 'Paragraph');
  await seen.page.keyboard.press('Control+End');
  await seen.page.keyboard.press('Control+k');
  await seen.page.locator('#figure-search').fill('organisation.population');
  await seen.page.locator('#figure-list button').first().click();
  await becomes(preview, 'foreword.md', text => text.includes('{{ organisation.population }}'));
});
