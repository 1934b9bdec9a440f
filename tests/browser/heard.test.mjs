// What a screen reader is told: the whole tree of each page, as Chromium hands it over, with all details open.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { charts, comparison, fixture, none, pages, setDetails, start } from './support.mjs';

const site = await start();
after(() => site.close());

const SILENT = new Set(['InlineTextBox', 'LineBreak', 'none', 'generic']);

/** The tree of a page: what is heard, each with its role, its name and what it holds. */
async function heard(page) {
  await setDetails(page, true);
  const devtools = await page.context().newCDPSession(page);
  const { nodes } = await devtools.send('Accessibility.getFullAXTree');
  const known = new Map(nodes.map(node => [node.nodeId, node]));
  const below = node => (node.childIds ?? []).flatMap(id => {
    const child = known.get(id);
    if (!child) return [];
    const inner = child.role?.value === 'StaticText' ? [] : below(child);
    const level = child.role?.value === 'heading' && child.properties?.find(one => one.name === 'level')?.value.value;
    return child.ignored || SILENT.has(child.role?.value) ? inner : [{ role: child.role?.value, name: child.name?.value ?? '', level, holds: inner }];
  });
  return below(nodes[0]);
}

/** Roles that are told within a line of words. */
const INLINE = new Set(['StaticText', 'link', 'strong', 'emphasis', 'superscript', 'subscript', 'insertion', 'deletion', 'image', 'time', 'Abbr', 'doc-noteref', 'doc-backlink', 'ListMarker', 'mark', 'code', 'LabelText']);

/** What is heard of things that stand in one line: words, a stroke between two that are told apart, and what is more than words in brackets. */
const said = all => all.map(({ role, name, holds }) => {
  if (role === 'StaticText' || role === 'ListMarker') return name;
  const inner = said(holds) || name;
  return /^(link|doc-noteref|doc-backlink|image)$/.test(role) ? `[${role} ${inner.trim()}]` : inner;
}).reduce((before, next) => (/[\p{L}\p{N}%)\]]$/u.test(before) && /^[\p{L}\p{N}£([]/u.test(next) ? `${before} / ${next}` : before + next), '').replace(/\s+/g, ' ');

/** The tree as lines: a line for each paragraph, heading, entry and row, deeper where it stands in something else. */
function told(all, depth = 0) {
  const line = (role, words) => `${'  '.repeat(depth)}${role}${words.trim() ? ` ${words.trim()}` : ''}`;
  const lines = [];
  for (let at = 0; at < all.length; at++) {
    const one = all[at];
    if (INLINE.has(one.role)) {
      // Words that run on outside of any paragraph.
      const run = [one];
      while (at + 1 < all.length && INLINE.has(all[at + 1].role)) run.push(all[++at]);
      if (said(run).trim()) lines.push(line('-', said(run)));
    } else if (one.role === 'row') {
      const cells = one.holds.map(cell => (/header/.test(cell.role) ? `*${said(flat(cell.holds)).trim()}*` : said(flat(cell.holds)).trim()));
      lines.push(line('row', cells.join(' | ')));
    } else if (one.holds.length > 0 && one.holds.every(inner => INLINE.has(inner.role))) {
      const named = one.name && !/^(heading|paragraph|listitem|caption|Figcaption|DisclosureTriangle)$/.test(one.role) && one.name !== said(one.holds).trim();
      lines.push(line(`${one.role}${one.level ? ` ${one.level}` : ''}${named ? ` “${one.name}”` : ''}:`, said(one.holds)));
    } else {
      lines.push(line(`${one.role}${one.level ? ` ${one.level}` : ''}`, one.name ? `“${one.name.trim().replace(/\s+/g, ' ')}”` : ''), ...told(one.holds, depth + 1));
    }
  }
  return lines;
}

/** The words of what stands in a cell, whatever holds them. */
const flat = all => all.flatMap(one => (INLINE.has(one.role) ? [one] : [...flat(one.holds), { role: 'StaticText', name: ' ', holds: [] }]));

const each = (all, use) => all.forEach(one => (use(one), each(one.holds, use)));

for (const name of [...pages, ...fixture('full'), ...fixture('stress'), ...comparison(), ...charts()]) {
  test(`${name} is heard once, in one piece, under its own name`, () => site.visit(name, {}, async page => {
    const problems = [];
    each(await heard(page), one => {
      if (one.role === 'image' && one.holds.length > 0) problems.push(`a drawing with a description is heard letter by letter as well: ${one.name.slice(0, 60)}`);
      if (one.role === 'image' && !one.name) problems.push('a drawing has no description');
      if (/^(table|region|figure|navigation|complementary)$/.test(one.role) && /\p{Ll}{3}\p{Lu}\p{Ll}{3}/u.test(one.name)) problems.push(`words of a name run into each other: ${one.name}`);
      // What a caption, a list or a row says is not said again by the next thing in it.
      one.holds.forEach((part, place) => {
        const next = one.holds[place + 1];
        if (next && part.role === next.role && !/cell$/.test(part.role) && part.name.length > 12 && part.name === next.name) problems.push(`is heard twice: ${part.name.slice(0, 60)}`);
      });
    });
    none(problems);
  }));

  test(`${name} has figures that nothing parts`, () => site.visit(name, {}, async page => none(await page.evaluate(() =>
    [...document.querySelectorAll('[data-fact], [data-source]')].filter(figure => figure.querySelector('wbr')).map(figure => figure.outerHTML)))));

  test(`${name} says of rows within rows what they are a part of`, () => site.visit(name, {}, async page => {
    const problems = await page.evaluate(() => [...document.querySelectorAll('.level-2 > th, .level-3 > th, [class*=depth-]:not(.heading) > th')]
      .filter(row => !/, part of \S/.test(row.textContent)).map(row => row.textContent));
    none(problems);
  }));
}

for (const name of pages) {
  test(`${name} has links of one name to one place`, () => site.visit(name, {}, async page => {
    const problems = await page.evaluate(() => {
      const to = {};
      for (const link of document.querySelectorAll('a[href]')) {
        // Marks of notes are told by their letters, which begin anew in each table.
        if (!link.matches('[role=doc-noteref], [role=doc-backlink]')) (to[link.textContent.trim().replace(/\s+/g, ' ')] ??= new Set()).add(link.href);
      }
      return Object.entries(to).filter(([, places]) => places.size > 1).map(([words, places]) => `“${words}” leads to ${[...places].join(' and ')}`);
    });
    none(problems);
  }));
}

// What is heard of the whole page, written down: who changes it reads what changes. HEARD=write writes it anew.
const written = fileURLToPath(new URL('heard/', import.meta.url));
for (const name of pages) {
  test(`${name} is heard as it was written down`, () => site.visit(name, {}, async page => {
    // How large a file is says nothing of what is heard.
    const now = `${told(await heard(page)).join('\n')}\n`.replace(/\d+ KB/g, 'some KB');
    const file = `${written}${name.replace('/index.html', '').replace('.html', '')}.txt`;
    if (process.env.HEARD === 'write') {
      mkdirSync(written, { recursive: true });
      writeFileSync(file, now);
    }
    assert.ok(existsSync(file), `${file} is not written yet: HEARD=write npm test`);
    const [before, after] = [readFileSync(file, 'utf8'), now].map(text => text.split('\n'));
    const at = after.findIndex((line, place) => line !== before[place]);
    if (at >= 0 || before.length !== after.length) none([`line ${at + 1} was: ${before[at]}`, `line ${at + 1} is: ${after[at]}`, `${before.length} lines were heard, and are now ${after.length}`]);
  }));
}
