// Nothing runs off the page, whatever the width of the window and the size and spacing of the text.
import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { none, pages, resize, setDetails, start } from './support.mjs';

const site = await start();
after(() => site.close());

/** What runs off the page, is cut off, or leaves its table cell. */
const overflow = page => page.evaluate(() => {
  const { scrollWidth } = document.documentElement;
  const found = scrollWidth > innerWidth ? [`the page is ${scrollWidth} px wide in a window of ${innerWidth} px`] : [];
  const describe = element => `${element.localName}${element.id && `#${element.id}`} “${element.textContent.trim().replace(/\s+/g, ' ').slice(0, 50)}”`;
  // Text for screen readers alone is a clipped box of a pixel.
  const unseen = element => element.closest('svg') || getComputedStyle(element).clipPath !== 'none' || element.clientWidth <= 1;
  for (const element of document.body.querySelectorAll('*')) {
    if (!element.textContent.trim() || !element.checkVisibility() || unseen(element)) continue;
    const { left, right, width } = element.getBoundingClientRect();
    const { overflowX, overflowY, display } = getComputedStyle(element);
    if (width && !element.closest('[role=region][tabindex]') && (right > innerWidth + 1 || left < -1)) found.push(`runs off the page: ${describe(element)}`);
    if (display === 'inline') continue;
    const wide = element.scrollWidth > element.clientWidth + 1;
    if (wide && /hidden|clip/.test(overflowX) || element.scrollHeight > element.clientHeight + 1 && /hidden|clip/.test(overflowY)) found.push(`is cut off: ${describe(element)}`);
    if (wide && /auto|scroll/.test(overflowX) && !element.matches('[role=region][tabindex="0"]:is([aria-labelledby], [aria-label])')) found.push(`scrolls sideways, but is no named region that takes focus: ${describe(element)}`);
    if (wide && element.matches('th, td')) found.push(`leaves its cell: ${describe(element)}`);
  }
  return found.slice(0, 8);
});

const SPACING = '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }';

for (const name of pages) {
  test(`${name} fits its window`, () => site.visit(name, {}, async page => {
    await setDetails(page, true);
    const found = [];
    for (const width of [320, 641, 768, 1024, 1200, 1280, 1600]) {
      await resize(page, width);
      found.push(...(await overflow(page)).map(problem => `${width} px: ${problem}`));
    }
    none(found);
  }));

  test(`${name} fits a window of 320 px with text of twice the size`, () => site.visit(name, { viewport: { width: 640, height: 800 } }, async page => {
    await setDetails(page, true);
    // Twice the text in 640 px leaves the room of 320 px.
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
    const found = await overflow(page);
    none(found);
  }));

  test(`${name} bears the text spacing of WCAG 1.4.12`, () => site.visit(name, {}, async page => {
    await setDetails(page, true);
    await page.evaluate(rules => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(rules);
      document.adoptedStyleSheets = [sheet];
    }, SPACING);
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.querySelector('h1')).letterSpacing), 'normal');
    const found = [];
    for (const width of [320, 768, 1280]) {
      await resize(page, width);
      found.push(...(await overflow(page)).map(problem => `${width} px: ${problem}`));
    }
    none(found);
  }));
}
