// `tally preview --edit` in files of 2,000 lines.
import assert from 'node:assert/strict';
import { becomes, withWriter } from './editing.mjs';
import { startNew } from './previewing.mjs';

const REPORT = 'annual-report';

const LINES = 2000;

/** A paragraph on every other line. */
const prose = Array.from({ length: LINES / 2 }, (_, place) => `Paragraph ${'abcdefghij'[place % 10]} of a long text, in which nothing is counted.\n\n`).join('');

/** A dashboard with its first indicator written again and again, up to 2,000 lines. */
function long(dashboard) {
  const start = dashboard.search(/^ {6}- id: /m);
  const end = dashboard.length;
  const own = dashboard.slice(start, end);
  const id = /id: (\S+)/.exec(own)[1];
  const times = Math.ceil((LINES - dashboard.split('\n').length) / (own.split('\n').length - 1));
  const more = Array.from({ length: times }, (_, number) => own.replace(id, `${id}-again-${number}`)).join('');
  return dashboard.slice(0, end) + more + dashboard.slice(end);
}

withWriter('a text and a dashboard of 2,000 lines are edited as any other', REPORT, async () => {
  const preview = await startNew(REPORT, '--edit');
  await preview.end();
  preview.write('welcome.md', `${preview.read('welcome.md')}\n${prose}`);
  preview.write('indicators.yaml', long(preview.read('indicators.yaml')));
  await preview.begin();
  return preview;
}, async (seen, preview) => {
  const { page } = seen;
  assert.ok(preview.read('welcome.md').split('\n').length >= LINES);
  assert.ok(preview.read('indicators.yaml').split('\n').length >= LINES);
  await seen.choose('It was a good year', 'Paragraph');
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' Again');
  await seen.onPage('in the town. Again');
  await becomes(preview, 'welcome.md', text => text.includes('in the town. Again\n\n'));
  await page.locator('#tab-findings').click();
  await page.locator('#tab-edit').click();
  const address = await page.evaluate(async report => {
    const { items } = await (await fetch(`/~preview/edit/places/${report}`)).json();
    return items.findLast(({ address, source }) => /-again-\d+\.q1\.(number|denominator)$/.test(address ?? '') && /^\d+$/.test(source))?.address;
  }, REPORT);
  assert.ok(address, 'an indicator that was written again has figures');
  await seen.chooseFirst(address);
  await seen.kind('Figure');
  const value = await seen.field.inputValue();
  const before = preview.read('indicators.yaml');
  await seen.field.fill(`${Number(value) + 1}`);
  await becomes(preview, 'indicators.yaml', text => text !== before);
  await page.locator('#undo').click();
  await becomes(preview, 'indicators.yaml', text => text === before);
});
