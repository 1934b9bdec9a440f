// What a screen reader is told of the editing in the preview: its parts, what is picked, each kind of form, and what is said when
// something changes, written down.
import { withWriter } from './editing.mjs';
import { assertHeard, heard, told } from './heard.mjs';
import { startNew } from './previewing.mjs';

const REPORT = 'annual-report';

/** What is heard of a part of the shell; times of day and of work say nothing. */
async function heardOf(page, wanted) {
  const within = all => all.flatMap(one => (wanted(one) ? [one] : within(one.holds)));
  const lines = told(within(await heard(page)));
  return lines.map(line => line.replace(/\d\d:\d\d:\d\d/g, 'HH:MM:SS').replace(/\d+(\.\d+)? m?s\b/g, 'N ms'));
}

const panel = ({ role, name }) => role === 'complementary' && name === 'Editing';
const dialog = ({ role }) => role === 'dialog';

withWriter('the editing is heard as it was written down', REPORT, () => startNew(REPORT, '--edit'), async seen => {
  const { page } = seen;
  const lines = [];
  const note = async (what, wanted) => lines.push(`## ${what}`, ...await heardOf(page, wanted), '');
  await note('The bar over all', ({ role }) => role === 'banner');
  await note('Nothing is picked', panel);
  await seen.choose('It was a good year', 'Paragraph');
  await page.locator('#picked-room details').last().waitFor();
  await note('A paragraph', panel);
  await page.keyboard.press('Control+k');
  await page.locator('#figure-list button').first().waitFor();
  await note('A figure is to be inserted', dialog);
  await page.keyboard.press('Escape');
  await seen.choose('visits.harbour.visits', 'Figure');
  await page.locator('#picked-room details').last().waitFor();
  await note('A figure', panel);
  await seen.press('Row Harbour', 'Add a row after this');
  await note('A row is added', dialog);
  await page.keyboard.press('Escape');
  await seen.press('Section', 'Add a section after this');
  await note('A section is added', dialog);
  await seen.select('What', 'figure');
  await note('A section that begins with a figure', dialog);
  await seen.select('What', 'table');
  await note('A section that begins with a table', dialog);
  await page.keyboard.press('Escape');
  await seen.choose('The new branch', 'Caption');
  await page.locator('#picked-structure').getByRole('button', { name: 'Add a picture…' }).click();
  await note('A picture is added', dialog);
  await page.keyboard.press('Escape');
  await page.locator('#tab-due').click();
  await note('What is due', panel);
  await page.locator('#tab-compared').click();
  // It is compared when nobody has written for a while.
  await seen.until(() => document.querySelector('#compared-words').textContent !== 'Nothing was compared yet.');
  await note('What changed', panel);
  await page.locator('#tab-findings').click();
  await note('No findings', panel);
  assertHeard('editing', lines);
});

withWriter('what changes is said once, in words', REPORT, () => startNew(REPORT, '--edit'), async seen => {
  const { page } = seen;
  await page.evaluate(() => {
    globalThis.said = [];
    for (const region of document.querySelectorAll('[role="status"], [aria-live]')) {
      new MutationObserver(() => {
        const words = region.textContent.trim();
        if (words && region.checkVisibility() && globalThis.said.at(-1) !== words) globalThis.said.push(words);
      }).observe(region, { childList: true, characterData: true, subtree: true });
    }
  });
  const said = () => page.evaluate(() => globalThis.said.splice(0));
  const lines = [];
  const note = async what => lines.push(`## ${what}`, ...(await said()).map(line => line.replace(/\d+(\.\d+)? m?s\b/g, 'N ms')), '');
  await seen.choose('It was a good year', 'Paragraph');
  await page.keyboard.press('Control+End');
  for (const letter of ' Well done') await page.keyboard.type(letter);
  await seen.onPage('Well done');
  await seen.state('done');
  await seen.says('saved');
  await note('A few words are typed');
  // Half of it is read, and found wrong, while the rest is being written.
  let changes = 0;
  await page.route('**/~preview/edit/change', async route => {
    changes += 1;
    if (changes === 2) {
      await seen.state('faulty');
      await new Promise(done => setTimeout(done, 1500));
    }
    await route.continue();
  });
  await page.keyboard.insertText(' by 9');
  await page.keyboard.insertText(',876 people');
  await seen.until(() => document.querySelector('#trouble-heard').textContent.includes('9,876'));
  await note('A number that is bound to nothing');
  await page.locator('#undo').click();
  await seen.until(() => document.querySelector('#saved-heard').textContent === 'Taken back');
  await seen.state('done');
  await note('It is taken back');
  assertHeard('editing-changes', lines);
});
