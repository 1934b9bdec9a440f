// Every form of `tally preview --edit`, as somebody meets it who sees little, uses no mouse or listens.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { becomes, withWriter } from './editing.mjs';
import { startNew } from './previewing.mjs';

const REPORT = 'annual-report';
const withNew = (name, use, options) => withWriter(name, REPORT, () => startNew(REPORT, '--edit'), use, options);
/** Where pictures are put, if they are wanted. */
const pictures = process.env.FORMS;

/** One way to each kind of form: the place, how deep what is opened stands there, and the button. */
const formsOf = seen => seen.page.evaluate(async report => {
  const get = async path => (await fetch(`/~preview/edit/${path}`)).json();
  const found = new Map();
  const { items } = await get(`places/${report}`);
  // How a place is looked for, and whether that finds no other.
  const called = ({ words, address }) => (address ? `${words} ${address}` : words).toLowerCase();
  const search = ({ words, address }) => (address ?? words.slice(0, 60)).toLowerCase();
  const isAlone = item => items.filter(one => called(one).includes(search(item)) && one.kind.includes(item.kind)).length === 1;
  for (const item of items.filter(isAlone)) {
    const { levels } = await get(`room/${item.id}/${item.revision}`);
    levels.forEach(({ what, beside, fields, lists }, depth) => {
      const add = (does, isThere, button) => {
        const key = `${what} ${does}`;
        if (isThere && !found.has(key)) found.set(key, { key, search: search(item), kind: item.kind, depth, button });
      };
      add('another', beside, 'after this…');
      add('details', fields.length, 'Details…');
      add('within', lists.length, 'Add to this');
    });
  }
  return [...found.values()];
}, REPORT);

async function openForm(seen, { search, kind, depth, button }) {
  await seen.choose(search, kind);
  // What stands around it is asked for when it is picked.
  const level = seen.page.locator('#picked-room > *').nth(depth);
  await level.waitFor();
  if (await level.evaluate(element => element.localName === 'details' && !element.open)) await level.locator('summary').click();
  await level.getByRole('button', { name: button }).click();
  await seen.until(() => document.querySelector('#fill-in').open);
}

/** The dialog keeps within the window, and nothing in it within another. */
const fits = seen => seen.page.evaluate(() => {
  const dialog = document.querySelector('#fill-in');
  const { left, right } = dialog.getBoundingClientRect();
  const wide = [...dialog.querySelectorAll('*')].filter(one => !one.closest('.cells') && !one.closest('datalist') && one.checkVisibility() && one.getBoundingClientRect().right > right + 1);
  return left >= 0 && right <= innerWidth ? wide.map(one => one.outerHTML.slice(0, 80)) : [`the dialog is from ${left} to ${right} of ${innerWidth}`];
});

async function look(seen, name) {
  assert.deepEqual(await seen.axe(), [], name);
  assert.deepEqual(await fits(seen), [], name);
  if (pictures) await seen.page.screenshot({ path: join(pictures, `${name.replace(/\W+/g, '-')}.png`) });
}

/** Each kind of what can be chosen in a form. */
async function eachChoice(seen, use) {
  const field = seen.dialog.getByLabel('What', { exact: true }).first();
  if (!await field.count()) return;
  const ways = await field.locator('option').evaluateAll(all => all.map(({ value }) => value).filter(Boolean));
  for (const way of ways) {
    await field.selectOption(way);
    await use(way);
  }
}

for (const [words, options] of [
  ['at a desk', {}],
  ['at 200 % in the dark', { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2, colorScheme: 'dark' }],
  ['in forced colours', { forcedColors: 'active' }],
]) {
  withNew(`every form is whole and has no violation that axe-core knows, ${words}`, async seen => {
    const forms = await formsOf(seen);
    assert.ok(forms.length > 15, `${forms.length} kinds of forms`);
    for (const form of forms) {
      await openForm(seen, form);
      await seen.dialog.locator('details').evaluateAll(all => all.forEach(one => { one.open = true; }));
      await look(seen, `${words} ${form.key}`);
      await eachChoice(seen, async way => {
        await seen.dialog.locator('details').evaluateAll(all => all.forEach(one => { one.open = true; }));
        await look(seen, `${words} ${form.key} ${way}`);
      });
      await seen.page.keyboard.press('Escape');
      await seen.until(() => !document.querySelector('#fill-in').open);
      // The focus is back at the button.
      await seen.until(() => document.activeElement.textContent.endsWith('…'));
    }
  }, options);
}

withNew('a row is added with the keyboard alone, and what is missing is told to who listens', async (seen, preview) => {
  const { page } = seen;
  const focused = () => page.evaluate(() => document.activeElement.ariaLabel ?? document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent);
  /** Presses Tab until something has the focus. */
  const reach = async wanted => {
    const seenOnTheWay = [];
    for (let step = 0; step < 60; step++) {
      const now = await focused();
      if (wanted.test(now)) return;
      seenOnTheWay.push(now.slice(0, 30));
      await page.keyboard.press('Tab');
    }
    assert.fail(`${wanted} is not reached: ${seenOnTheWay.join(', ')}`);
  };
  await page.locator('#find-place').focus();
  await page.keyboard.type('visits.harbour.visits');
  await page.locator('#places-list button').first().waitFor();
  await page.keyboard.press('Enter');
  await seen.kind('Figure');
  await page.locator('#picked-room button').first().waitFor();
  // Tab in a figure goes to the next one, as in a spreadsheet; Escape leaves it, and what was picked stays.
  await page.keyboard.press('Escape');
  await page.locator('#find-place').focus();
  await page.keyboard.type('Harbour');
  await page.locator('#places-list button').filter({ hasText: 'Name of a row' }).first().focus();
  await page.keyboard.press('Enter');
  await seen.kind('Name of a row');
  await page.locator('#picked-room button').first().waitFor();
  await reach(/^Add a row after this…$/);
  await page.keyboard.press('Enter');
  await seen.until(() => document.querySelector('#fill-in').open);
  await reach(/^Name/);
  await page.keyboard.type('Hill');
  await reach(/^Add$/);
  await page.keyboard.press('Enter');
  await seen.until(() => document.activeElement.matches(':invalid') || document.querySelector('#fill-in-trouble li'));
  await reach(/^Visits/);
  await page.keyboard.type('0');
  await page.keyboard.press('Enter');
  await becomes(preview, 'visits.yaml', text => text.includes('{name: Hill, values: 0}'));
  await seen.kind('Name of a row');
});
