// The files themselves: valid, every link leads somewhere, and whole without a stylesheet or a script.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { charts, dataPages, files, none, pages, place, reports, resize, setDetails, start } from './support.mjs';

const site = await start();
after(() => site.close());

// CSS that is newer than the checker. A page is the same without it.
const NEW = [/^CSS: “container-type”: Property “container-type” doesn't exist\.$/, /^CSS: “--(name-most|seen|hint-height)”: (Parse Error|Unknown dimension)\.$/, /^CSS: “scroll-target-group”: Property “scroll-target-group” doesn't exist\.$/, /^CSS: “--(name-most|seen|hint-height)”: (Parse Error|Unknown dimension)\.$/, /^CSS: Unknown pseudo-element or pseudo-class “:target-current”$/];

test('the Nu checker finds no error and no warning in pages and stylesheets', async () => {
  const checker = fileURLToPath(import.meta.resolve('vnu-jar/build/dist/vnu.jar'));
  const checked = [...files.filter(name => /\.(html|css)$/.test(name)), ...charts()].map(place);
  const { stdout } = await promisify(execFile)('java', ['-jar', checker, '--stdout', '--format', 'json', '--exit-zero-always', '--also-check-css', ...checked], { maxBuffer: 1 << 26 });
  const found = JSON.parse(stdout).messages
    .filter(({ message }) => !NEW.some(known => known.test(message)))
    .map(({ url, lastLine, message, extract }) => `${url.split('/').slice(-2).join('/')}:${lastLine}: ${message} (${extract?.trim()})`);
  none(found);
});

test('every link leads to a file or a place in one, and no id stands twice', async () => {
  const ids = {};
  const links = {};
  for (const name of [...pages, ...dataPages]) await site.visit(name, {}, async page => {
    ids[name] = await page.evaluate(() => [...document.querySelectorAll('[id]')].map(element => element.id));
    links[name] = await page.evaluate(() => [...document.querySelectorAll('[href], [src]')].map(element => element.getAttribute('href') ?? element.getAttribute('src')));
  });
  const problems = [];
  for (const name of [...pages, ...dataPages]) {
    const here = `${site.origin}/${name}`;
    for (const id of ids[name]) if (ids[name].indexOf(id) !== ids[name].lastIndexOf(id)) problems.push(`${name}: the id ${id} stands twice`);
    for (const link of links[name]) {
      const { origin, pathname, hash } = new URL(link, here);
      if (origin !== site.origin) continue;
      const file = decodeURIComponent(pathname).slice(1);
      const place = decodeURIComponent(hash).slice(1);
      if (link === '' || link.startsWith('/')) problems.push(`${name}: ${link || 'an empty link'} is not relative to the page`);
      else if (!files.includes(file)) problems.push(`${name}: no file for ${link}`);
      else if (hash && !ids[file]?.includes(place)) problems.push(`${name}: no place for ${link}`);
    }
  }
  none([...new Set(problems)]);
});

/** Every piece of text in the body, and whether it is rendered; styling that only looks hidden does not count. */
const texts = page => page.evaluate(() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const { parentElement: parent, data } = walker.currentNode;
    if (data.trim() && !parent.closest('script, template')) found.push({ text: data.trim(), shown: parent.checkVisibility({ visibilityProperty: true }) });
  }
  return found;
});

const withoutStyle = (name, use) => {
  let aborted = 0;
  return site.visit(name, {}, async page => {
    assert.ok(aborted > 0, 'the page asked for no stylesheet');
    return use(page);
  }, page => page.route(/\.css(\?|$)/, route => (aborted++, route.abort())));
};

for (const name of pages) {
  test(`${name} is whole without its stylesheet`, async () => {
    const bare = await withoutStyle(name, async page => {
      await setDetails(page, true);
      const missing = await page.evaluate(() => {
        const shown = element => element.checkVisibility() && element.getBoundingClientRect().height > 0;
        return [...document.querySelectorAll('h1, h2, h3, h4, table, caption, th, td, nav, nav a')].filter(element => element.textContent.trim() && !shown(element)).map(element => element.outerHTML.slice(0, 100));
      });
      none(missing);
      assert.equal(await page.locator('h1').count(), 1, 'a page has one h1');
      return texts(page);
    });
    const styled = await site.visit(name, {}, async page => {
      await setDetails(page, true);
      const wide = await texts(page);
      await resize(page, 320);
      const narrow = await texts(page);
      const words = await page.evaluate(() => Array.from(document.querySelectorAll('body, body *'), element => {
        const own = [...element.attributes].map(attribute => attribute.value);
        return ['::before', '::after']
          .map(pseudo => getComputedStyle(element, pseudo).content)
          .filter(content => /[\p{L}\p{N}]/u.test(content.replace(/^(none|normal)$/, '')) && !own.some(value => content.startsWith(`"${value}"`)));
      }).flat());
      assert.deepEqual(words, [], 'the stylesheet brings words of its own');
      return wide.map((one, at) => ({ text: one.text, shown: one.shown || narrow[at].shown }));
    });
    assert.deepEqual(bare.filter(one => !one.shown), [], 'text is hidden without a stylesheet');
    assert.deepEqual(styled.filter(one => !one.shown), [], 'the stylesheet hides text at every width');
    assert.deepEqual(bare.map(one => one.text), styled.map(one => one.text));
  });

  test(`${name} has the same tables for a screen reader on a phone`, () => site.visit(name, {}, async page => {
    const devtools = await page.context().newCDPSession(page);
    const roles = async width => {
      await resize(page, width);
      const { nodes } = await devtools.send('Accessibility.getFullAXTree');
      return nodes.map(node => node.role?.value).filter(role => /^(table|row|rowgroup|cell|rowheader|columnheader|caption)$/.test(role));
    };
    assert.deepEqual(await roles(320), await roles(1280));
  }));

  test(`${name} reads the same where JavaScript is off`, async () => {
    const read = javaScriptEnabled => site.visit(name, { javaScriptEnabled }, async page => {
      for (const summary of await page.locator('summary:visible').all()) await summary.click();
      return page.evaluate(() => document.body.innerText);
    });
    const text = await read(true);
    assert.equal(await read(false), text);
    assert.ok(text.length > 200, 'there is next to nothing to read');
  });
}

for (const name of reports) {
  test(`${name} lists its contents before its sections`, () => withoutStyle(name, async page => {
    const problems = await page.evaluate(() => {
      const contents = document.querySelector('nav[aria-labelledby]');
      const sections = [...document.querySelectorAll('main section[id]')];
      if (!contents || sections.length === 0) return ['no contents or no sections'];
      const listed = [...contents.querySelectorAll('a')].map(link => link.getAttribute('href'));
      // Only key figures, as the first section, may stand above them.
      return sections.flatMap((section, place) => [
        ...(place === 0 || contents.compareDocumentPosition(section) & Node.DOCUMENT_POSITION_FOLLOWING ? [] : [`${section.id} stands before the contents`]),
        ...(section.parentElement.closest('section') || listed.includes(`#${section.id}`) ? [] : [`${section.id} is not in the contents`]),
      ]);
    });
    none(problems);
  }));
}
