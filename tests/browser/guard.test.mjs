// The guard itself: it finds each fault on a page that has it, and nothing on a page that has none.
import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { covers, faults } from './guard.mjs';
import { pages, start } from './support.mjs';

const site = await start();
after(() => site.close());

const STYLE = 'body { margin: 8px; font: 16px/1.5 Arial, sans-serif } .narrow { width: 60px } .any { overflow-wrap: anywhere } .region { overflow-x: auto; width: 200px } .region table { width: 600px }';
const region = inside => `<div class="region" role="region" aria-label="Table" tabindex="0">${inside}</div>`;
const row = '<tr><th scope="row">Name</th><td>1</td></tr>';

const CASES = [
  ['a word that is broken', 'a word is broken', '<p class="narrow any">Quarterly</p>'],
  ['a figure that is broken', 'a figure is broken', '<p class="narrow any">£1,234,567</p>'],
  ['a sign at the end of a line', 'a figure is broken', '<p style="width: 7em">It was a loss -£5,250 once</p>'],
  ['a figure that is parted from its unit', 'a figure is parted from its unit', '<p style="width: 4em">around 12 weeks</p>'],
  ['a fact on two lines', 'a figure is parted', '<p style="width: 2.5em"><b data-fact="1">11 of 39</b></p>'],
  ['a page that is too wide', 'the page is', '<p style="width: 900px">wide</p>'],
  ['words beside the page', 'runs off the page', '<p style="position: relative; left: -40px">words</p>'],
  ['words that their box cuts', 'is cut off', '<p style="width: 40px; overflow: hidden; white-space: nowrap">many words that are cut</p>'],
  ['a label that its drawing cuts', 'is cut off by its drawing', '<svg width="300" height="90"><foreignObject width="90" height="20"><div>a label of many lines of words</div></foreignObject></svg>'],
  ['words that leave their cell', 'leaves its cell', '<table style="table-layout: fixed; width: 80px"><tr><td>Quarterly results<td>1</table>'],
  ['words over words', 'lies over other text', '<p>One line of words</p><p style="margin-top: -36px">and another line</p>'],
  ['a box that scrolls without a name', 'scrolls sideways, but is no named region', '<div class="region"><table><tr><td>1</table></div>'],
  ['a table that does not say that it scrolls', 'scrolls, and does not say so', region(`<table>${row}</table>`)],
  ['a table that says that it scrolls and does not', 'says that it scrolls, and does not', region(`<p>Scroll sideways</p><table style="width: 90px">${row}</table>`)],
  ['a table that scrolls beside free room', 'scrolls beside free room', region(`<p>Scroll sideways</p><table>${row}</table>`)],
  ['names of rows that go out of view', 'the name of a row goes out of view', region(`<p>Scroll sideways</p><table>${row}</table>`)],
];

const show = (html, use) => site.visit(pages[0], { viewport: { width: 400, height: 400 } }, async page => {
  await page.evaluate(({ html, style }) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    for (const link of document.querySelectorAll('link')) link.remove();
    document.adoptedStyleSheets = [sheet];
    // The policy of the server allows no style attribute that is parsed, and every one that is set.
    document.body.innerHTML = html.replaceAll('style=', 'data-style=');
    for (const element of document.querySelectorAll('[data-style]')) element.style.cssText = element.dataset.style;
  }, { html, style: STYLE });
  return use(page);
});

for (const [what, expected, html] of CASES) {
  test(`the guard finds ${what}`, () => show(html, async page => {
    const found = await faults(page);
    assert.ok(found.some(problem => problem.startsWith(expected)), `${expected} is not among ${JSON.stringify(found)}`);
  }));
}

test('the guard finds what stays in view over more than a quarter of the window', () => show('<p style="position: sticky; top: 0; height: 150px; margin: 0">head</p><p style="height: 3000px">words</p>', async page => {
  assert.equal((await covers(page)).length > 0, true);
}));

test('the guard finds nothing on a page without a fault', () => show(`<h1>Title</h1><p>Words break where a line-end may stand, as in Blue-badge and and/or.</p><p>-£5,250 stays whole,</p><p>as 12 weeks do.</p>
<p class="narrow any">Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch</p><p style="position: absolute; width: 1px; overflow: hidden; clip-path: inset(50%)">heard only</p>`, async page => {
  assert.deepEqual([...await faults(page), ...await covers(page)], []);
}));
