// A page keeps its meaning in forced colours, without motion and on paper.
import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { charts, none, pages, setDetails, start } from './support.mjs';

const site = await start();
after(() => site.close());

// The inside of an A4 page with margins of 16 mm, at 96 pixels an inch.
const PAPER = { width: 672, height: 1000 };
let shapes = 0;

for (const name of [...pages, ...charts()]) {
  test(`${name} does not move where motion is reduced`, () => site.visit(name, {}, async page => {
    const problems = await page.evaluate(() => [...document.querySelectorAll('*')].flatMap(element => {
      const { scrollBehavior, animationName, transitionDuration } = getComputedStyle(element);
      const longest = Math.max(...transitionDuration.split(',').map(parseFloat));
      const moves = scrollBehavior !== 'auto' || animationName !== 'none' || longest > 0.05;
      return moves ? [`${element.localName}.${element.className}: ${scrollBehavior}, ${animationName}, ${transitionDuration}`] : [];
    }));
    none(problems);
  }));

  test(`${name} shows its shapes in forced colours`, () => site.visit(name, { forcedColors: 'active' }, async page => {
    await setDetails(page, true);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      assert.equal(await page.evaluate(() => matchMedia('(forced-colors: active)').matches), true);
      const { count, problems } = await page.evaluate(() => {
        const clear = colour => /^rgba\(.*, 0\)$/.test(colour);
        const behind = element => {
          for (let at = element; at; at = at.parentElement) {
            const { backgroundColor } = getComputedStyle(at);
            if (!clear(backgroundColor)) return backgroundColor;
          }
          // The window's own lies behind all.
          return matchMedia('(prefers-color-scheme: dark)').matches ? 'rgb(0, 0, 0)' : 'rgb(255, 255, 255)';
        };
        const visible = [...document.querySelectorAll('svg')].filter(svg => svg.checkVisibility() && svg.clientWidth > 1);
        const invisible = visible.flatMap(svg => {
          const background = behind(svg);
          const drawn = paint => paint !== 'none' && !clear(paint) && paint !== background;
          const shapes = [...svg.querySelectorAll('use, path, circle, ellipse, rect, polygon, polyline, line')];
          const shown = shapes.some(shape => {
            const { fill, stroke, strokeWidth } = getComputedStyle(shape);
            return drawn(fill) || drawn(stroke) && parseFloat(strokeWidth) > 0;
          });
          return shown ? [] : [`${svg.outerHTML.slice(0, 80)} in “${svg.parentElement.textContent.trim().slice(0, 30)}” on ${background}`];
        });
        return { count: visible.length, problems: invisible };
      });
      shapes += count;
      none(problems.map(problem => `${colorScheme}: ${problem}`));
    }
  }));

  test(`${name} prints on A4`, () => site.visit(name, {}, async page => {
    // The page asks for A4 itself, whatever the printer is set to.
    const pdf = (await page.pdf({ format: 'Letter', preferCSSPageSize: true })).toString('latin1');
    const boxes = [...pdf.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/g)].map(box => `${Math.round(box[1])} × ${Math.round(box[2])}`);
    assert.ok(boxes.length > 0, 'the PDF has no page');
    assert.deepEqual([...new Set(boxes)], ['595 × 842']);
  }));

  test(`${name} prints all that is read, and nothing that is only of use on a screen`, () => site.visit(name, { viewport: PAPER }, async page => {
    await page.emulateMedia({ media: 'print' });
    const problems = await page.evaluate(() => {
      const found = [];
      const contents = document.querySelector('nav[aria-labelledby]');
      const upwards = contents ? [contents.id, contents.getAttribute('aria-labelledby')].filter(Boolean).map(id => `a[href="#${CSS.escape(id)}"]`) : [];
      for (const element of document.querySelectorAll(['nav', 'body > a:first-of-type', 'a[href="#main"]', ...upwards].join())) {
        if (element.checkVisibility()) found.push(`is printed: ${element.outerHTML.slice(0, 80)}`);
      }
      if (CSS.supports('selector(::details-content)')) for (const details of document.querySelectorAll('details:not([open])')) {
        for (const part of details.children) if (!part.matches('summary') && (!part.checkVisibility() || part.getBoundingClientRect().height === 0)) found.push(`is not printed: ${part.outerHTML.slice(0, 80)}`);
      }
      for (const element of document.querySelectorAll('body *')) {
        if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1 && getComputedStyle(element).overflowX !== 'visible') found.push(`is cut off: ${element.outerHTML.slice(0, 80)}`);
      }
      if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} px wide on paper of ${innerWidth} px`);
      for (const link of document.querySelectorAll('a[href^=http]')) {
        if (link.href.replace(/\/$/, '').endsWith(link.textContent) && getComputedStyle(link, '::after').content !== 'none') found.push(`an address is printed twice: ${link.textContent}`);
      }
      return found;
    });
    none(problems);
  }));

  test(`${name} has no grey words where more contrast is asked for`, () => site.visit(name, { contrast: 'more' }, async page => {
    await setDetails(page, true);
    const greys = () => page.evaluate(() => {
      const text = getComputedStyle(document.body).color;
      const words = [...document.querySelectorAll('main :is(p, small, dt, dd, td, th, li, caption, .muted)')].filter(one => one.checkVisibility() && !one.closest('.band, a, .tree > li > strong'));
      return [...new Set(words.filter(one => getComputedStyle(one).color !== text).map(one => `${one.localName}.${one.className} in ${getComputedStyle(one).color}: ${one.textContent.trim().slice(0, 40)}`))];
    });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme, contrast: 'more' });
      none(await greys());
      await page.emulateMedia({ colorScheme, contrast: 'no-preference' });
    }
  }));

  test(`${name} prints dark text on white, in the dark scheme too`, () => site.visit(name, { colorScheme: 'dark' }, async page => {
    await page.emulateMedia({ media: 'print' });
    await setDetails(page, true);
    const problems = await page.evaluate(() => {
      const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
      const luminance = colour => {
        pen.fillStyle = '#fff';
        pen.fillRect(0, 0, 1, 1);
        pen.fillStyle = colour;
        pen.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].map(byte => (byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      // Paper is white: a background is printed only where the page insists on it.
      const behind = element => {
        for (let at = element; at; at = at.parentElement) {
          const { backgroundColor, printColorAdjust } = getComputedStyle(at);
          if (printColorAdjust === 'exact' && !/^rgba\(.*, 0\)$/.test(backgroundColor)) return backgroundColor;
        }
        return '#fff';
      };
      const found = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const { parentElement: parent, data } = walker.currentNode;
        if (!data.trim() || !parent.checkVisibility()) continue;
        const [dark, light] = [getComputedStyle(parent).color, behind(parent)].map(luminance).sort((a, b) => a - b);
        const contrast = (light + 0.05) / (dark + 0.05);
        if (contrast < 4.5) found.push(`“${data.trim().slice(0, 40)}” in ${getComputedStyle(parent).color} has a contrast of ${contrast.toFixed(1)}`);
      }
      for (const element of [document.documentElement, document.body]) if (luminance(getComputedStyle(element).backgroundColor) < 0.9) found.push(`the ${element.localName} has a dark background`);
      return found;
    });
    none(problems);
  }));
}

test('there are shapes to look at', () => assert.ok(shapes > 0));
