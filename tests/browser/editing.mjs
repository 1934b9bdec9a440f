// A person at work in `tally preview --edit`, for the tests that do what a writer does.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test, { after, before } from 'node:test';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
export const WAIT = Number(process.env.WAIT ?? 30_000);
/** So many times slower than it is the browser's machine is, and so many milliseconds away is what it asks. */
const SLOWER = Number(process.env.SLOWER ?? 1);
const AWAY = Number(process.env.AWAY ?? 0);

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.TALLY_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'] });
});
after(() => browser?.close());

/** Waits until a file of the content is as it should be; what is written takes a moment. */
export async function becomes(preview, name, isSo, words = `${name} becomes what it should`) {
  for (const end = Date.now() + WAIT; Date.now() < end;) {
    try {
      if (isSo(preview.read(name))) return;
    } catch { /* It may not be there yet. */ }
    await new Promise(done => setTimeout(done, 50));
  }
  assert.fail(`${words}: ${preview.read(name)}`);
}

/** Makes the machine of a page slow, and what it asks far away, where that is wanted. */
async function slowDown(page) {
  if (SLOWER === 1 && AWAY === 0) return;
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', { offline: false, latency: AWAY, downloadThroughput: -1, uploadThroughput: -1 });
}

/** What a person sees of the preview of a report, and does with it; of content with mistakes it is shown as `faulty`. */
export async function open(preview, report, { expects = 'done', ...options } = {}) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  page.setDefaultTimeout(WAIT);
  await slowDown(page);
  const problems = [];
  page.on('pageerror', error => problems.push(error.message));
  page.on('console', message => { if (message.type() === 'error' && !/ERR_|Failed to load/.test(message.text())) problems.push(message.text()); });
  await page.goto(`${preview.origin}/#${report}`);
  const until = (question, value) => page.waitForFunction(question, value);
  const asked = label => page.locator('#fill-in').getByLabel(new RegExp(`^${label}( \\(optional\\))?$`)).first();
  const seen = {
    page, problems, until,
    frame: page.frameLocator('#frame'),
    editor: page.locator('#picked-editor .cm-content'),
    field: page.locator('#picked-editor input'),
    dialog: page.locator('#fill-in'),
    kind: words => until(words => document.querySelector('#picked-kind').textContent === words && document.querySelector('#picked').checkVisibility(), words),
    onPage: text => until(text => document.querySelector('#frame').contentDocument?.body?.textContent.includes(text), text),
    offPage: text => until(text => !document.querySelector('#frame').contentDocument?.body?.textContent.includes(text), text),
    state: wanted => until(wanted => document.querySelector('#state').dataset.state === wanted, wanted),
    /** What is said of saving: "saved", "failed", "conflict". */
    says: wanted => until(wanted => document.querySelector('#saved').dataset.state === wanted, wanted),
    /** Chooses the first place that has some words, with the keyboard alone. */
    async chooseFirst(words) {
      await page.locator('#find-place').fill(words);
      await page.locator('#places-list button').first().waitFor();
      await page.locator('#find-place').press('Enter');
    },
    /** Chooses a place by some of its words and what it is. */
    async choose(words, kind) {
      await page.locator('#find-place').fill(words);
      await page.locator('#places-list button').filter({ hasText: kind }).first().click();
      await seen.kind(kind);
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
    async axe() {
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run({ exclude: ['iframe'] }, { iframes: false }));
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('; ')}`);
    },
  };
  await seen.state(expects);
  if (expects === 'done') await until(() => document.querySelector('#frame').contentDocument?.adoptedStyleSheets.length);
  return seen;
}

/** A test with a preview that ends with it. `start` begins the preview of a report. */
export const withWriter = (name, report, start, use, options) => test(name, { timeout: 300_000 }, async () => {
  const preview = await start();
  try {
    const seen = await open(preview, report, options);
    try {
      await use(seen, preview);
    } catch (error) {
      error.message += `\nwhat was told: ${await seen.page.locator('#findings-list').textContent()} ${await seen.page.locator('#saved').textContent()}`;
      throw error;
    }
    assert.deepEqual(seen.problems, []);
    await seen.page.close();
  } finally {
    await preview.close();
  }
});
