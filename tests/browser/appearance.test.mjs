// A page keeps its meaning in forced colours, without motion and on paper.
import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { none, pages, setDetails, start } from './support.mjs';

const site = await start();
after(() => site.close());

let shapes = 0;

for (const name of pages) {
  test(`${name} does not move where motion is reduced`, () => site.visit(name, { reducedMotion: 'reduce' }, async page => {
    const problems = await page.evaluate(() => [...document.querySelectorAll('*')].flatMap(element => {
      const { scrollBehavior, animationName, transitionDuration } = getComputedStyle(element);
      const moves = scrollBehavior !== 'auto' || animationName !== 'none' || /[1-9]/.test(transitionDuration);
      return moves ? [`${element.localName}.${element.className}: ${scrollBehavior}, ${animationName}, ${transitionDuration}`] : [];
    }));
    none(problems);
  }));

  for (const colorScheme of ['light', 'dark']) {
    test(`${name} shows its shapes in forced colours, ${colorScheme}`, () => site.visit(name, { forcedColors: 'active', colorScheme }, async page => {
      await setDetails(page, true);
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
      none(problems);
    }));
  }

  test(`${name} prints on A4`, () => site.visit(name, {}, async page => {
    const pdf = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1');
    const boxes = [...pdf.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/g)].map(box => `${Math.round(box[1])} × ${Math.round(box[2])}`);
    assert.ok(boxes.length > 0, 'the PDF has no page');
    assert.deepEqual([...new Set(boxes)], ['595 × 842']);
  }));

  test(`${name} leaves on paper what is of use on the screen alone`, () => site.visit(name, { colorScheme: 'dark' }, async page => {
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
      return found;
    });
    none(problems);
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
