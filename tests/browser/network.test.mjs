// A page asks for nothing but its own files, breaks no content policy and runs no script.
import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { dataPages, none, pages, setDetails, start } from './support.mjs';

const site = await start();
after(() => site.close());

for (const name of [...pages, ...dataPages]) {
  test(`${name} loads in silence, from its own host, under a strict policy`, async () => {
    const seen = [];
    const problems = [];
    await site.visit(name, {}, async page => {
      await setDetails(page, true);
      await page.keyboard.press('End');
      await page.waitForLoadState('networkidle');
    }, page => {
      page.on('console', message => problems.push(`${message.type()} in the console: ${message.text()}`));
      page.on('pageerror', error => problems.push(`error: ${error.message}`));
      page.on('requestfailed', request => problems.push(`failed: ${request.url()}: ${request.failure().errorText}`));
      page.on('response', response => response.ok() || problems.push(`status ${response.status()}: ${response.url()}`));
      page.on('request', request => {
        seen.push(request.url());
        if (!request.url().startsWith(site.origin + '/')) problems.push(`off the host: ${request.url()}`);
      });
    });
    assert.ok(seen.some(url => url.endsWith('.css')), 'no stylesheet was asked for');
    none(problems);
  });

  test(`${name} has no script and no style of its own`, () => site.visit(name, {}, async page => {
    const problems = await page.evaluate(() => {
      const found = [...document.querySelectorAll('style, [style], script:not([type="application/ld+json"])')].map(element => element.outerHTML.slice(0, 80));
      for (const element of document.querySelectorAll('*')) for (const { name, value } of element.attributes) {
        if (name.startsWith('on') || /^\s*javascript:/i.test(value)) found.push(`${element.localName} ${name}="${value}"`);
      }
      for (const data of document.querySelectorAll('script[type="application/ld+json"]')) {
        try { JSON.parse(data.textContent); } catch (error) { found.push(`linked data that cannot be read: ${error.message}`); }
      }
      return found;
    });
    none(problems);
  }));
}
