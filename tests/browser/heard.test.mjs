// What a screen reader is told: the whole tree of each page, as Chromium hands it over, with all details open.
import test, { after } from 'node:test';
import { assertHeard, heard, told } from './heard.mjs';
import { charts, comparison, fixture, none, pages, setDetails, start } from './support.mjs';

const site = await start();
after(() => site.close());

/** What is heard with all details open. */
async function opened(page) {
  await setDetails(page, true);
  return heard(page);
}

const each = (all, use) => all.forEach(one => (use(one), each(one.holds, use)));

for (const name of [...pages, ...fixture('full'), ...fixture('stress'), ...comparison(), ...charts()]) {
  test(`${name} is heard once, in one piece, under its own name`, () => site.visit(name, {}, async page => {
    const problems = [];
    each(await opened(page), one => {
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
    // Under a heading over all columns a row belongs to the group of rows that it is the header of.
    const problems = await page.evaluate(() => [...document.querySelectorAll('.level-2 > th, .level-3 > th, [class*=depth-]:not(.heading, .depth-0) > th')]
      .filter(row => !row.closest('tbody').querySelector('th[scope=rowgroup]') && !/, part of \S/.test(row.textContent)).map(row => row.textContent));
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

// Of the report with forty points a chart nobody would read what is heard.
for (const name of [...pages, ...charts().filter(name => !name.startsWith('charts-of-any-figures/'))]) {
  test(`${name} is heard as it was written down`, () => site.visit(name, {}, async page => {
    // How large a file is says nothing of what is heard.
    const lines = told(await opened(page)).map(line => line.replace(/\d+ KB/g, 'some KB'));
    assertHeard(name.replace(/(\/example)?\/index\.html$|\.html$/, ''), lines);
  }));
}
