// `tally preview` in a browser: what is saved is shown in place, a mistake lies over the last good version, and nobody else is served.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { launch, ready, WAIT } from './browser.mjs';
import { REPORT, root, startPreview } from './previewing.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

/** What a person sees of the preview, and does with it. */
async function open(preview, { context, ...options } = {}) {
  const page = context ? await context.newPage() : await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options });
  await ready(page);
  const problems = [];
  page.on('pageerror', error => problems.push(error.message));
  page.on('request', one => { if (!one.url().startsWith(`${preview.origin}/`) && !one.url().startsWith('data:')) problems.push(`off the host: ${one.url()}`); });
  // What the server tells is noted, and anything else can be told in its place.
  await page.addInitScript(() => {
    const { set } = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
    Object.defineProperty(MessagePort.prototype, 'onmessage', {
      set(receive) {
        globalThis.tell = state => receive({ data: { text: JSON.stringify(state) } });
        set.call(this, event => { if (event.data.text) globalThis.told = JSON.parse(event.data.text); receive(event); });
      },
    });
    // What is marked is so for a moment only.
    const { animate } = Element.prototype;
    Element.prototype.animate = function(...given) {
      globalThis.marked = this.textContent;
      return animate.apply(this, given);
    };
  });
  await page.goto(`${preview.origin}/#${REPORT}`);
  const frame = () => page.frames().find(one => one.parentFrame());
  const seen = {
    page, problems, frame,
    state: name => page.waitForSelector(`#state[data-state="${name}"]`),
    fresh: () => page.waitForFunction(() => document.querySelector('#state').dataset.state === 'done' && ['page-note', 'pdf-note'].every(id => document.getElementById(id).textContent === '')),
    frameHas: text => page.waitForFunction(text => document.querySelector('#frame').contentDocument?.body?.textContent.includes(text), text),
    frameIs: path => page.waitForFunction(path => {
      const doc = document.querySelector('#frame').contentDocument;
      return doc?.readyState === 'complete' && doc.location.pathname === path;
    }, path),
    faults: text => page.waitForFunction(text => document.querySelector('#state').dataset.state === 'faulty' && document.querySelector('#faults').textContent.includes(text), text),
    notes: words => page.waitForFunction(words => ['page-note', 'pdf-note'].every(id => document.getElementById(id).textContent === words), words),
    /** All earlier states are compared: after that nothing more is told by itself. */
    compared: () => page.waitForFunction(() => globalThis.told?.state === 'done' && globalThis.told.changes.edition === globalThis.told.edition),
    inFrame: (work, argument) => frame().evaluate(work, argument),
    sheets: () => page.$$eval('.sheet img', images => images.map(image => new URL(image.src).pathname)),
    changedSheets: () => page.$$eval('.sheet', sheets => sheets.flatMap((sheet, index) => sheet.querySelector('p') ? [index + 1] : [])),
    goToSheet: (number, fraction) => page.evaluate(async ([number, fraction]) => {
      const sheet = document.querySelectorAll('.sheet')[number - 1];
      document.querySelector('#sheets').scrollTop = sheet.offsetTop + fraction * sheet.offsetHeight;
      // It is heard of before the next picture of the window, and noted.
      for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame);
    }, [number, fraction]),
    topSheet: () => page.evaluate(() => {
      const scroller = document.querySelector('#sheets');
      const sheets = [...document.querySelectorAll('.sheet')];
      const index = sheets.findIndex(sheet => sheet.offsetTop + sheet.offsetHeight > scroller.scrollTop);
      return { number: index + 1, of: sheets.length, fraction: (scroller.scrollTop - sheets[index].offsetTop) / sheets[index].offsetHeight };
    }),
  };
  await seen.state('done');
  await seen.fresh();
  return seen;
}

const withPreview = (name, use, options) => test(name, { timeout: 10 * WAIT }, async () => {
  const preview = await startPreview();
  try {
    const seen = await open(preview, options);
    await use(seen, preview);
    assert.deepEqual(seen.problems, []);
    await seen.page.close();
  } finally {
    await preview.close();
  }
});

/** The page in the frame, with its details closed, is to the letter what is served. */
const assertAsServed = async seen => {
  const { shown, served } = await seen.inFrame(async () => {
    const copy = document.documentElement.cloneNode(true);
    for (const details of copy.querySelectorAll('details')) details.removeAttribute('open');
    const served = new DOMParser().parseFromString(await (await fetch(location.pathname)).text(), 'text/html');
    return { shown: copy.outerHTML, served: served.documentElement.outerHTML };
  });
  assert.equal(shown === served, true, 'the page is what is served');
};

withPreview('the page and every sheet of the PDF are shown, and the bytes are those of the build', async (seen, preview) => {
  await seen.frameHas('Commissioning Support Services');
  const sheets = await seen.sheets();
  assert.ok(sheets.length > 10, `${sheets.length} sheets`);
  assert.match(await seen.page.textContent('#place'), new RegExp(`^page 1 of ${sheets.length}$`));
  assert.equal(await seen.page.getAttribute('.sheet:nth-child(3) img', 'alt'), `Page 3 of ${sheets.length}`);
  await seen.page.waitForFunction(() => document.querySelector('.sheet img').naturalWidth > 0);
  const pdf = await seen.page.evaluate(async () => (await (await fetch(document.querySelector('#open-pdf').href)).text()).slice(0, 5));
  assert.equal(pdf, '%PDF-');
  await assertAsServed(seen);
});

withPreview('a word that is changed shows in place, with scroll, focus, selection and opened details kept', async (seen, preview) => {
  await seen.inFrame(() => {
    globalThis.untouched = true;
    document.querySelector('#staff-survey details, details').open = true;
    document.querySelector('#introduction').scrollIntoView({ behavior: 'instant' });
    document.querySelector('#introduction a').focus({ preventScroll: true });
    const text = document.querySelector('#introduction p:last-of-type').firstChild;
    getSelection().setBaseAndExtent(text, 3, text, 12);
  });
  await seen.goToSheet(5, 0.25);
  const look = () => seen.inFrame(() => ({
    top: Math.round(document.querySelector('#introduction').getBoundingClientRect().top / 2), focus: document.activeElement.outerHTML, selection: `${getSelection()}`,
    open: document.querySelectorAll('details[open]').length, untouched: globalThis.untouched,
  }));
  const [before, sheets] = [await look(), await seen.sheets()];

  preview.edit('foreword.md', 'I am delighted to present', 'I am overjoyed to present');
  await seen.frameHas('I am overjoyed');
  await seen.page.waitForFunction(() => document.querySelector('#frame').contentWindow.marked?.includes('I am overjoyed'));
  await seen.fresh();
  assert.deepEqual(await look(), before);
  await assertAsServed(seen);
  assert.ok((await seen.changedSheets()).includes(4), 'the sheet of the foreword is marked');
  const now = await seen.sheets();
  assert.notEqual(now[3], sheets[3]);
  assert.equal(now[4], sheets[4], 'a sheet that did not change is left alone');
  const top = await seen.topSheet();
  assert.equal(top.number, 5);
  assert.ok(Math.abs(top.fraction - 0.25) < 0.02, `at ${top.fraction}`);
});

withPreview('a mistake lies over the last good version, which says so, until it is mended', async (seen, preview) => {
  const sheets = await seen.sheets();
  preview.edit('running-costs.yaml', 'values: 3,427,250', 'values: 12,00');
  await seen.faults('running-costs.yaml:19');
  const panel = seen.page.locator('#faults');
  await panel.waitFor({ state: 'visible' });
  assert.match(await panel.textContent(), /12,00/);
  assert.match(await seen.page.textContent('#state'), /^\d+ errors?$/);
  assert.match(await seen.page.textContent('#said'), /^\d+ errors?$/);
  await seen.notes('as of the last good build');
  await seen.frameHas('3,427,250');
  assert.deepEqual(await seen.sheets(), sheets);
  const [over, whole] = [await panel.boundingBox(), await seen.page.locator('main').boundingBox()];
  assert.ok(over.height < whole.height * 0.55, 'the page stays legible underneath');
  await seen.page.locator('#faults-button').press('Enter');
  assert.ok((await panel.boundingBox()).height < 60, 'the panel folds to one line');
  assert.match(await panel.textContent(), /running-costs\.yaml:19|report\.yaml:123/);

  preview.edit('running-costs.yaml', 'values: 12,00', 'values: 3,427,250');
  await seen.fresh();
  assert.equal(await panel.isVisible(), false);
});

withPreview('what changed since the last commit is a third view, renewed with every save and every commit', async (seen, preview) => {
  const git = (...words) => execFileSync('git', ['-c', 'user.name=Ada Reader', '-c', 'user.email=ada@example.org', ...words], { cwd: preview.folder, stdio: 'pipe' });
  const { page } = seen;
  const changes = page.frameLocator('#changes-frame');
  const count = number => page.waitForFunction(number => document.querySelector('#changes-count').textContent === number, number);
  const areVisible = (...panes) => page.waitForFunction(panes => `${['.page', '.changes', '.pdf'].filter(one => document.querySelector(`.pane${one}`).checkVisibility())}` === `${panes}`, panes);
  await areVisible('.page', '.pdf');
  const button = page.getByRole('button', { name: /^Changes/ });
  await button.press('Enter');
  assert.equal(await button.getAttribute('aria-pressed'), 'true');
  await areVisible('.changes', '.pdf');
  await page.getByText('does not lie in a git repository').waitFor();

  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'First');
  await count('0');
  await changes.getByText('Nothing changed').waitFor();
  preview.edit('foreword.md', 'I am delighted to present', 'I am overjoyed to present');
  await count('1');
  await changes.locator('ins', { hasText: 'overjoyed' }).first().waitFor();
  assert.match(await page.textContent('#changes-since'), /^Revision [0-9a-f]{7,}, \d+ \w+ \d{4}, \d\d:\d\d$/);
  assert.equal(await page.getByLabel('Changes since').inputValue(), 'commit');
  await page.waitForFunction(() => document.querySelector('#changes-note').textContent === '');
  preview.edit('foreword.md', 'I am overjoyed to present', 'I am glad to present');
  await changes.locator('ins', { hasText: 'glad' }).first().waitFor();

  // One of the three where there is room for one.
  await page.setViewportSize({ width: 375, height: 700 });
  await areVisible('.changes');
  await page.getByRole('button', { name: 'PDF', exact: true }).click();
  await areVisible('.pdf');
  await page.setViewportSize({ width: 1280, height: 800 });
  await areVisible('.page', '.pdf');
  assert.equal(await page.getByRole('button', { name: 'Page', exact: true }).getAttribute('aria-pressed'), 'true');

  git('commit', '--quiet', '--all', '--message', 'Second');
  await count('0');
});

withPreview('figures that a template misprints are told, and nothing of them stays', async (seen, preview) => {
  const sheets = await seen.sheets();
  const costs = 'templates/components/costs';
  mkdirSync(join(preview.folder, costs), { recursive: true });
  const text = readFileSync(join(root, costs, 'costs.typ'), 'utf8');
  const misprinted = text.replace('{{ figure.words.text }}', '{{ line.figures[2].words.text }}');
  assert.notEqual(misprinted, text);
  writeFileSync(join(preview.folder, costs, 'costs.typ'), misprinted);
  await seen.faults('in the PDF of css-annual-report');
  await seen.notes('as of the last good build');
  assert.deepEqual(await seen.sheets(), sheets);
  assert.deepEqual(await seen.changedSheets(), []);
  rmSync(join(preview.folder, 'templates'), { recursive: true });
  await seen.state('done');
  await seen.fresh();
  assert.deepEqual(await seen.sheets(), sheets);
});

withPreview('a picture that changes under its own name is shown anew', async (seen, preview) => {
  const draw = fill => preview.write('drawing.svg', `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="${fill}"/></svg>\n`);
  const isShown = (...colour) => seen.page.waitForFunction(colour => {
    const picture = document.querySelector('#frame').contentDocument?.querySelector('img[src*="drawing"]');
    picture?.scrollIntoView({ behavior: 'instant' });
    if (!picture?.complete || !picture.naturalWidth) return false;
    const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 20 }).getContext('2d');
    canvas.drawImage(picture, 0, 0, 40, 20);
    return colour.every((part, index) => part === canvas.getImageData(20, 10, 1, 1).data[index]);
  }, colour);
  draw('#ff0000');
  preview.edit('report.yaml', '  - id: introduction\n', '  - id: added\n    title: A drawing\n    parts:\n      - figure:\n          caption: A field\n          alt: A field of one colour.\n          picture: drawing.svg\n\n  - id: introduction\n');
  await isShown(255, 0, 0);
  await seen.fresh();
  draw('#0000ff');
  await isShown(0, 0, 255);
  await seen.fresh();
  await assertAsServed(seen);
});

withPreview('what is new already is told, and what is not', async seen => {
  const tellProofs = (page_is_proof, pdf_is_proof) => seen.page.evaluate(
    proofs => globalThis.tell({ ...globalThis.told, state: 'proof', reports: globalThis.told.reports.map(report => ({ ...report, ...proofs })) }),
    { page_is_proof, pdf_is_proof },
  );
  const says = (...lines) => seen.page.waitForFunction(
    lines => ['state', 'page-note', 'pdf-note'].every((id, index) => document.getElementById(id).textContent === lines[index]), lines,
  );
  const old = 'as of the last good build';
  await seen.frameHas('Commissioning Support Services');
  // What the program tells would take the place of what is told here.
  await seen.compared();
  await tellProofs(false, false);
  await says('Building…', old, old);
  await tellProofs(true, false);
  await says('Page is new, PDF is being made…', '', old);
  await tellProofs(true, true);
  await says('PDF is new, its figures are being read back…', '', '');
});

withPreview('a file that takes the name of another is seen, and so is a second save', async (seen, preview) => {
  preview.replace('next-steps.md', 'a valuable asset', 'a treasured asset');
  await seen.frameHas('a treasured asset');
  preview.replace('next-steps.md', 'a treasured asset', 'a priceless asset');
  await seen.frameHas('a priceless asset');
  await seen.fresh();
  await assertAsServed(seen);
});

withPreview('a page that was on its way when another one was told gives way to that', async (seen, preview) => {
  let went;
  const mistaken = new Promise(done => { went = done; });
  await seen.page.route(`**/${REPORT}/index.html`, async route => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace('I am overjoyed', 'I am mistaken');
    await route.fulfill({ body, headers: { ...answer.headers(), etag: '"of another build"' } });
    went();
  }, { times: 1 });
  preview.edit('foreword.md', 'I am delighted to present', 'I am overjoyed to present');
  await mistaken;
  await seen.frameHas('I am overjoyed');
  await seen.fresh();
  await assertAsServed(seen);
});

withPreview('a section that is added moves the rest, and both panes stay where they are', async (seen, preview) => {
  await seen.inFrame(() => { globalThis.untouched = true; document.querySelector('#staff-survey').scrollIntoView({ behavior: 'instant' }); });
  const top = () => seen.inFrame(() => ({ top: document.querySelector('#staff-survey').getBoundingClientRect().top, height: document.documentElement.scrollHeight, untouched: globalThis.untouched }));
  const before = await top();
  const { of } = await seen.topSheet();
  await seen.goToSheet(of - 3, 0.4);

  preview.write('added.md', 'This section was added while the preview was open, and it moves what follows.\n');
  preview.edit('report.yaml', '  - id: introduction\n', '  - id: added\n    title: An added section\n    standfirst: It was not there before.\n    parts:\n      - prose: added.md\n\n  - id: introduction\n');
  await seen.frameHas('it moves what follows');
  await seen.fresh();
  const later = await top();
  assert.ok(later.untouched && later.height > before.height, 'the page grew in place');
  assert.ok(Math.abs(later.top - before.top) < 2, `what was read is at ${later.top} px, and was at ${before.top} px`);
  await assertAsServed(seen);
  const now = await seen.topSheet();
  assert.ok(now.of > of, `${now.of} pages, and ${of} before`);
  assert.equal(now.of - now.number, 3, 'the same page counted from the end');
  assert.ok(Math.abs(now.fraction - 0.4) < 0.02, `at ${now.fraction}`);
});

withPreview('another page that the reader went to is renewed, and the way back is there', async (seen, preview) => {
  await seen.inFrame(() => document.querySelector('footer a[href$="index.html"]').click());
  await seen.frameIs('/index.html');
  preview.edit('report.yaml', 'A year of commissioning support at', 'The story of commissioning support at');
  await seen.frameHas('The story of commissioning support');
  await seen.fresh();
  await seen.page.click('#back');
  await seen.frameIs(`/${REPORT}/index.html`);
});

withPreview('a page that is left before its styles are there holds up nothing that follows', async (seen, preview) => {
  let hold;
  const held = new Promise(done => { hold = done; });
  await seen.page.route('**/*.css', hold, { times: 1 });
  mkdirSync(join(preview.folder, 'templates'));
  const tokens = readFileSync(join(root, 'templates/tokens.yaml'), 'utf8');
  const recoloured = tokens.replace('dark-blue: "#003087"', 'dark-blue: "#003088"');
  assert.notEqual(recoloured, tokens);
  writeFileSync(join(preview.folder, 'templates/tokens.yaml'), recoloured);
  await held;
  await seen.page.waitForFunction(() => document.querySelector('#page-note').textContent === 'is being renewed…');
  await seen.inFrame(() => document.querySelector('footer a[href$="index.html"]').click());
  await seen.frameIs('/index.html');
  preview.edit('report.yaml', 'A year of commissioning support at', 'The story of commissioning support at');
  await seen.frameHas('The story of commissioning support');
  await seen.fresh();
});

withPreview('a report that goes away while it is looked at gives way to another', async (seen, preview) => {
  const [there, away] = ['content/passing-report', 'passing-report'].map(path => join(preview.folder, path));
  cpSync(join(preview.folder, 'content/od-progress-summary'), there, { recursive: true });
  await seen.page.waitForSelector('#choice option[value="passing-report"]', { state: 'attached' });
  await seen.page.selectOption('#choice', 'passing-report');
  await seen.frameIs('/passing-report/index.html');
  await seen.fresh();
  renameSync(there, away);
  await seen.frameIs(`/${REPORT}/index.html`);
  await seen.fresh();
  await assertAsServed(seen);
});

withPreview('of two reports that are chosen at once the last one is shown', async seen => {
  const other = '/od-progress-summary/index.html';
  let answer;
  const asked = new Promise(done => { answer = done; });
  await seen.page.route(`**${other}`, answer, { times: 1 });
  await seen.page.selectOption('#choice', 'od-progress-summary');
  const route = await asked;
  const ended = new Promise(done => {
    for (const event of ['requestfinished', 'requestfailed']) seen.page.on(event, request => { if (request === route.request()) done(); });
  });
  await seen.page.selectOption('#choice', REPORT);
  await seen.frameIs(`/${REPORT}/index.html`);
  await seen.fresh();
  // Then the answer comes that is no longer wanted, if anybody still waits for it.
  await route.continue().catch(() => {});
  await ended;
  await seen.fresh();
  await seen.frameIs(`/${REPORT}/index.html`);
  assert.equal(await seen.page.inputValue('#choice'), REPORT);
});

withPreview('the other report is chosen, and a reload keeps it', async seen => {
  await seen.page.selectOption('#choice', 'od-progress-summary');
  const there = () => seen.page.waitForFunction(() => document.querySelector('#frame').contentDocument?.location.pathname === '/od-progress-summary/index.html' && document.querySelector('.sheet img')?.src.includes('/od-progress-summary/'));
  await there();
  await seen.page.locator('#divider').press('ArrowRight');
  await seen.page.reload();
  await there();
  assert.equal(await seen.page.inputValue('#choice'), 'od-progress-summary');
  assert.equal(await seen.page.getAttribute('#divider', 'aria-valuenow'), '52');
});

withPreview('a program that has ended is said to be gone', async (seen, preview) => {
  await preview.end();
  await seen.state('lost');
  assert.match(await seen.page.textContent('#state'), /^Connection lost/);
  assert.match(await seen.page.textContent('#said'), /^Connection lost/);
  await seen.notes('as of the last good build');
  await seen.frameHas('Commissioning Support Services');
});

withPreview('a program that is started again shows everything anew, also what could not be reached meanwhile', async (seen, preview) => {
  await preview.end();
  await seen.state('lost');
  await seen.inFrame(() => document.querySelector('footer a[href$="index.html"]').click());
  await seen.page.waitForFunction(() => !document.querySelector('#frame').contentDocument);
  preview.edit('foreword.md', 'I am delighted to present', 'I am overjoyed to present');
  await preview.begin();
  await seen.frameHas('I am overjoyed');
  await seen.state('done');
  await seen.fresh();
  await assertAsServed(seen);
});

// ---- Who is served, and what ----

const ask = (port, { path = '/', method = 'GET', headers = {}, setHost = true }) => new Promise((done, fail) => {
  const one = request({ host: '127.0.0.1', port, path, method, headers, setHost }, answer => {
    let text = '';
    answer.on('data', chunk => { text += chunk; });
    answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, text }));
  });
  one.on('error', fail).end();
});

test('nobody else is served, and nothing else', async t => {
  const preview = await startPreview();
  const { port } = preview;
  try {
    for (let tries = 0; (await ask(port, { path: '/index.html' })).status !== 200; tries++) {
      assert.ok(tries < 600, 'the index is served');
      await new Promise(done => setTimeout(done, 100));
    }
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example', '127.0.0.1:1']) {
      await t.test(`a request for the host “${host.replace(`${port}`, 'PORT')}” is refused`, async () => {
        for (const path of ['/', '/~preview/', '/~preview/events', '/index.html']) {
          const { status, text } = await ask(port, { path, headers: { host } });
          assert.ok([400, 403, 421].includes(status), `${path}: ${status}`);
          assert.ok(!text.includes('<html'));
        }
      });
    }
    await t.test('a request without a host is refused', async () => assert.ok([400, 403, 421].includes((await ask(port, { setHost: false })).status)));
    for (const path of ['/../Cargo.toml', '/../../../../etc/passwd', '/%2e%2e/Cargo.toml', '/%2e%2e/%2e%2e/%2e%2e/etc/passwd', '//etc/passwd', '///etc/passwd', '/css-annual-report/..%2f..%2fCargo.toml',
      '/css-annual-report/../../content/organisation.yaml', '/content/organisation.yaml', '/..\\Cargo.toml', '/..%5cCargo.toml', '\\..\\Cargo.toml', '/css-annual-report\\index.html', '/index.html%00', '/%', '/%ff%fe', '/~preview/../Cargo.toml', '/~preview/pages/../../Cargo.toml', '/~preview/changes/../../Cargo.toml', '/~preview/changes/css-annual-report/..%2f..%2fCargo.toml', '/~preview/pages/css-annual-report/1/0.svg', '/.git/config']) {
      await t.test(`${path} leads nowhere`, async () => {
        const { status, text } = await ask(port, { path });
        assert.ok([400, 404].includes(status), `${status}`);
        assert.doesNotMatch(text, /root:|\[package\]|\[core\]|organisation:|<html/);
      });
    }
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      await t.test(`${method} is not allowed`, async () => assert.equal((await ask(port, { path: '/index.html', method })).status, 405));
    }
    await t.test('no other site may read it, and the policy is strict', async () => {
      for (const path of ['/', '/~preview/', '/~preview/shell.js', '/index.html', '/css-annual-report/css-annual-report.pdf', '/missing']) {
        const { headers } = await ask(port, { path, headers: { origin: 'https://evil.example' } });
        assert.equal(headers['access-control-allow-origin'], undefined, path);
      }
      const { headers } = await ask(port, { path: '/~preview/' });
      assert.match(headers['content-security-policy'], /default-src 'self'/);
      assert.match(headers['content-security-policy'], /frame-ancestors 'self'/);
    });
  } finally {
    await preview.close();
  }
});

test('any number of tabs is shown every change, for all share one stream', { timeout: 10 * WAIT }, async () => {
  const preview = await startPreview();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const tabs = [];
    while (tabs.length < 8) tabs.push(await open(preview, { context }));
    preview.edit('running-costs.yaml', 'caption: Running costs', 'caption: Costs of running');
    for (const tab of tabs) await tab.frameHas('Costs of running by directorate');
    for (const tab of tabs.splice(1)) await tab.page.close();
    preview.edit('running-costs.yaml', 'caption: Costs of running', 'caption: Running costs');
    await tabs[0].frameHas('Running costs by directorate');
    await tabs[0].fresh();
    assert.deepEqual(tabs[0].problems, []);
  } finally {
    await context.close();
    await preview.close();
  }
});
