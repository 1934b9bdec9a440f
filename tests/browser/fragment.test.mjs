// A fragment in the pages of other sites: neither harms the other.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fragments, none, resize, start } from './support.mjs';

const packaged = path => readFileSync(fileURLToPath(new URL(`node_modules/${path}`, import.meta.url)), 'utf8');
const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** Styles of sites: three that many have, and two that are as hostile as themes come. */
const HOSTS = {
  nhs: packaged('nhsuk-frontend/dist/nhsuk/nhsuk-frontend.min.css'),
  'gov.uk': packaged('govuk-frontend/dist/govuk/govuk-frontend.min.css'),
  bootstrap: packaged('bootstrap/dist/css/bootstrap.min.css'),
  'theme of small text': 'html{font-size:62.5%}body{font:1.6rem/1.6 Georgia,serif;max-width:650px;margin:auto}.entry h2{font-size:4rem;text-transform:uppercase}svg{width:24px}.hidden{display:none!important}.figure{display:inline-block;margin:1rem}',
  'theme of blocks': 'body{margin:0 10px;font:17px/1.4 Arial}.entry table{display:block;width:400px}.entry td,.entry th{display:block;float:left}.entry tr:nth-child(odd){background:#eee}.entry li{list-style:square}.entry p,.entry dd{margin:3em 0;font-size:12px}img,svg{max-width:20px;height:auto}.bar{display:none}',
};

const PROBES = '<p id=probe-p>Words <a href="#x">link</a> <small>small</small></p><h2 id=probe-h2>Heading</h2><ul id=probe-ul><li>Item</li></ul><table id=probe-table><tr><th>Head</th><td>Cell</td></tr></table><figure id=probe-figure><svg width=40 height=40 viewBox="0 0 4 4"><rect width=4 height=4 /></svg></figure><span class=figure>figure</span><span class=hidden>hidden</span><span class=bar>bar</span>';

const site = await start();
after(() => site.close());

/** A page of a site with a fragment in it, or with its style sheet alone. */
function host(style, fragment, sheet) {
  return `<!DOCTYPE html><html lang=en><head><meta charset=utf-8><meta name=viewport content="width=device-width, initial-scale=1"><title>A site</title><style>${style}</style>${sheet ? `<style>${sheet}</style>` : ''}</head><body><main><h1>Annual report</h1><div class=probes>${PROBES}</div><div class=entry>${fragment}</div></main></body></html>`;
}

const show = async (page, html, width = 1280) => {
  await resize(page, width);
  // A page of its own, without the policy of ours, under which these styles would not be read.
  await page.goto('about:blank');
  await page.setContent(html, { waitUntil: 'load' });
};

/** Every computed value of the probes and of what is round them. */
const looks = page => page.evaluate(() => Object.fromEntries(['html', 'body', 'main', 'h1', '.probes, .probes *'].flatMap(selector =>
  [...document.querySelectorAll(selector)].map((element, place) => [`${selector} ${place} ${element.tagName}`, Object.fromEntries([...getComputedStyle(element)].filter(name => !name.startsWith('--') && !/^(block|inline)-size$|^(height|width|perspective-origin|transform-origin)$/.test(name)).map(name => [name, getComputedStyle(element).getPropertyValue(name)]))]))));

for (const { report, form, html, sheet } of fragments()) for (const [name, style] of Object.entries(HOSTS)) {
  if (form === 'embed') test(`${report}: its style sheet changes nothing of a page in the style of ${name}`, () => site.visit('index.html', {}, async page => {
    await show(page, host(style, '', ''));
    const before = await looks(page);
    await show(page, host(style, '', sheet));
    const now = await looks(page);
    none(Object.entries(before).flatMap(([element, values]) => Object.entries(values).filter(([value, was]) => now[element][value] !== was).map(([value, was]) => `${element}: ${value} was ${was}, is ${now[element][value]}`)));
  }));

  if (form === 'embed') test(`${report} holds in a page in the style of ${name}`, () => site.visit('index.html', {}, async page => {
    await show(page, host(style, html, sheet));
    none(await page.evaluate(() => {
      const display = { TABLE: 'table', CAPTION: 'table-caption', THEAD: 'table-header-group', TBODY: 'table-row-group', TR: 'table-row' };
      const found = [];
      for (const [tag, meant] of Object.entries(display)) for (const one of document.querySelectorAll(`.tly ${tag}`)) {
        const is = getComputedStyle(one).display;
        // On a narrow page some tables are laid out in lines, by the fragment's own style sheet.
        if (is !== meant && !['block', 'grid', 'flex'].includes(is)) found.push(`${tag} is ${is}`);
      }
      for (const cell of document.querySelectorAll('.tly td, .tly th')) {
        const { display, float } = getComputedStyle(cell);
        if (float !== 'none' || display === 'none') found.push(`a cell is ${display}, ${float}: ${cell.textContent.trim().slice(0, 40)}`);
      }
      for (const shape of document.querySelectorAll('.tly rect, .tly circle')) {
        const { width, height } = shape.getBoundingClientRect();
        const drawn = [...shape.attributes].some(({ name, value }) => name === 'width' && value === '0.0%');
        if (!drawn && (width === 0 || height === 0)) found.push(`a shape has no size: ${shape.outerHTML.slice(0, 80)}`);
      }
      for (const icon of document.querySelectorAll('.tly .tly-rating svg')) {
        if (icon.getBoundingClientRect().width > 30) found.push('the shape of a rating is as large as a picture');
      }
      return found;
    }));
    await resize(page, 320);
    const over = await page.evaluate(() => Math.max(...[...document.querySelectorAll('.tly > *')].map(one => one.getBoundingClientRect().right)) - innerWidth);
    assert.ok(over <= 1, `it is ${over} px wider than a phone`);
    const small = await page.evaluate(() => Math.min(...[...document.querySelectorAll('.tly :is(p,td,th,li,dd)')].filter(one => one.textContent.trim()).map(one => parseFloat(getComputedStyle(one).fontSize))) / parseFloat(getComputedStyle(document.querySelector('.entry')).fontSize));
    assert.ok(small >= 0.65, `its smallest text is ${small} of the text round it`);
  }));

  if (['nhs', 'gov.uk', 'bootstrap'].includes(name)) test(`${report}, ${form}, has no violation that axe-core knows in a page in the style of ${name}`, () => site.visit('index.html', {}, async page => {
    await show(page, host(style, html, sheet));
    await page.evaluate(axe);
    // Without a style sheet the distance of lines, and so of links, is the site's.
    const rules = { 'target-size': { enabled: form === 'embed' } };
    none(await page.evaluate(async rules => {
      const { violations } = await axe.run('.entry', { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }, rules, resultTypes: ['violations'] });
      return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map(node => node.target.join(' ')).join(', ')} (${nodes.length} in all)`);
    }, rules));
  }));
}
