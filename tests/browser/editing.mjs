// A person at work in `tally preview --edit`, for the tests that do what a writer does.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test, { after, before } from 'node:test';
import { launch, ready, WAIT } from './browser.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

/** Waits until something is so that no page says; what is written takes a moment. */
async function isAtLast(isSo, words) {
  for (const end = Date.now() + WAIT; Date.now() < end;) {
    if (isSo()) return;
    await new Promise(done => setTimeout(done, 50));
  }
  assert.fail(words());
}

/** Waits until a file of the content is as it should be. */
export const becomes = (preview, name, isSo, words = `${name} becomes what it should`) =>
  isAtLast(() => preview.has(name) && isSo(preview.read(name)), () => `${words}: ${preview.has(name) ? preview.read(name) : 'there is none'}`);

/** Waits until a file of the content is there, and until it is not. */
export const comes = (preview, name) => isAtLast(() => preview.has(name), () => `${name} is there`);
export const goes = (preview, name) => isAtLast(() => !preview.has(name), () => `${name} is not there`);

/** What a person sees of the preview of a report, and does with it; of content with mistakes it is shown as `faulty`. */
export async function open(preview, report, { expects = 'done', ...options } = {}) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  await ready(page);
  const problems = [];
  page.on('pageerror', error => problems.push(error.message));
  page.on('console', message => { if (message.type() === 'error' && !/ERR_|Failed to load/.test(message.text())) problems.push(message.text()); });
  // How much was asked and is not answered yet.
  await page.addInitScript(() => {
    const { fetch } = window;
    globalThis.asking = 0;
    window.fetch = (...asked) => {
      globalThis.asking += 1;
      return fetch(...asked).finally(() => { globalThis.asking -= 1; });
    };
  });
  await page.goto(`${preview.origin}/#${report}`);
  const until = (question, value) => page.waitForFunction(question, value);
  /** What was chosen in the list has the focus, also where the same was picked before. */
  const isPicked = () => until(() => document.querySelector('#picked').contains(document.activeElement));
  const asked = label => page.locator('#fill-in').getByLabel(new RegExp(`^${label}( \\(optional\\))?$`)).first();
  const seen = {
    page, problems, until,
    frame: page.frameLocator('#frame'),
    editor: page.locator('#picked-editor .cm-content'),
    field: page.locator('#picked-editor input'),
    dialog: page.locator('#fill-in'),
    kind: words => until(words => document.querySelector('#picked-kind').textContent === words && document.querySelector('#picked').checkVisibility(), words),
    onPage: text => until(text => document.querySelector('#frame').contentDocument?.body?.textContent.includes(text), text),
    offPage: text => until(text => {
      const page = document.querySelector('#frame').contentDocument?.body;
      return page && !page.textContent.includes(text);
    }, text),
    state: wanted => until(wanted => document.querySelector('#state').dataset.state === wanted, wanted),
    /** What is said of saving: "saved", "failed", "conflict". */
    says: wanted => until(wanted => document.querySelector('#saved').dataset.state === wanted, wanted),
    /** Some words of it, which say more. */
    saysOfSaving: words => until(words => document.querySelector('#saved').textContent.includes(words), words),
    /** Chooses the first place that has some words, with the keyboard alone. */
    async chooseFirst(words) {
      await page.locator('#find-place').fill(words);
      await page.locator('#places-list button').first().waitFor();
      await page.locator('#find-place').press('Enter');
      await isPicked();
    },
    /** Chooses a place by some of its words and what it is. */
    async choose(words, kind) {
      await page.locator('#find-place').fill(words);
      await page.locator('#places-list button').filter({ hasText: kind }).first().click();
      await isPicked();
      await seen.kind(kind);
    },
    /** Waits until what was added or changed is picked by the program itself, and its text begins so. */
    begins: words => until(words => {
      const editor = document.querySelector('#picked-editor .cm-content');
      return editor === document.activeElement && editor.textContent.startsWith(words);
    }, words),
    /** Waits until nothing is asked for any more, and what was answered is shown. */
    async rests() {
      await until(() => globalThis.asking === 0);
      await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
    },
    /** Opens what is picked stands in, by its name, and presses a button there. */
    async press(level, name) {
      const room = page.locator('#picked-room > *').filter({ hasText: level }).first();
      await room.waitFor();
      if (await room.evaluate(element => element.localName === 'details' && !element.open)) await room.locator('summary').click();
      await room.getByRole('button', { name }).click();
    },
    /** Fills in a field of the open form by its label. */
    fill: (label, words) => asked(label).fill(words),
    select: (label, words) => asked(label).selectOption(words),
    async submit() {
      await page.locator('#fill-in-submit').click();
      await until(() => !document.querySelector('#fill-in').open);
    },
    /** Keeps from the page what stands where, until the function is called that it gives back. */
    async holdPlaces() {
      let go;
      const held = new Promise(done => { go = done; });
      await page.route('**/~preview/edit/places/*', route => held.then(() => route.continue()));
      return go;
    },
    /** Pastes what was copied elsewhere into a field: plain words, and as a web page or Word has them. */
    paste: (field, plain, html) => field.evaluate((field, [plain, html]) => {
      const data = new DataTransfer();
      data.setData('text/plain', plain);
      if (html) data.setData('text/html', html);
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, [plain, html]),
    /** Chooses a picture for the caption that is picked, and says what it shows. */
    async addPicture(file, alternative) {
      await page.locator('#picked-structure').getByRole('button', { name: 'Add a picture…' }).click();
      await page.locator('#picture-file').setInputFiles(file);
      await page.locator('#picture-alternative').fill(alternative);
      await page.locator('#picture-form').getByRole('button', { name: 'Add', exact: true }).click();
    },
    async axe() {
      await seen.rests();
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run({ exclude: ['iframe'] }, { iframes: false }));
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('; ')}`);
    },
    /** Nothing that a test does to what is asked outlives it. */
    async close() {
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await page.close();
    },
  };
  await seen.state(expects);
  if (expects === 'done') {
    await until(() => document.querySelector('#frame').contentDocument?.adoptedStyleSheets.length);
    // Page and PDF are there with all that they need.
    await until(() => ['page-note', 'pdf-note'].every(id => document.getElementById(id).textContent === ''));
  }
  return seen;
}

/** A test with a preview that ends with it. `start` begins the preview of a report. */
export const withWriter = (name, report, start, use, options) => test(name, { timeout: 10 * WAIT }, async () => {
  const preview = await start();
  try {
    const seen = await open(preview, report, options);
    try {
      await use(seen, preview);
    } catch (error) {
      const told = ['state', 'saved', 'picked-location', 'picked-kind', 'picked-trouble', 'findings-list'];
      for (const id of told) error.message += `\n#${id}: ${(await seen.page.locator(`#${id}`).textContent()).slice(0, 300)}`;
      throw error;
    }
    assert.deepEqual(seen.problems, []);
    await seen.close();
  } finally {
    await preview.close();
  }
});
