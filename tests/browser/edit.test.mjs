// `tally preview --edit` in a browser: what is read is written where it is read, saved at once, and by nobody else.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { WAIT } from './browser.mjs';
import { becomes, open, withWriter } from './editing.mjs';
import { REPORT, startPreview } from './previewing.mjs';

const withEditing = (name, use, options) => withWriter(name, REPORT, () => startPreview('--edit'), use, options);

withEditing('a sentence that is clicked is changed, on the page and in its file, and taken back to the byte', async (seen, preview) => {
  const before = preview.read('foreword.md');
  await seen.frame.getByText('I am delighted to present').click();
  await seen.kind('Paragraph');
  assert.equal(await seen.page.locator('#picked .chip').first().textContent(), '2016/17');
  await seen.page.keyboard.press('Control+Home');
  await seen.page.keyboard.type('At last, ');
  await seen.says('saved');
  await seen.onPage('At last, I am delighted to present the 2016/17 annual report');
  const now = preview.read('foreword.md');
  assert.equal(now.replace('At last, ', ''), before, 'only these letters were changed');
  await seen.page.locator('#undo').click();
  await becomes(preview, 'foreword.md', text => text === before, 'it is taken back to the byte');
  await seen.page.locator('#redo').click();
  await becomes(preview, 'foreword.md', text => text === now, 'it is done again');
});

withEditing('what is typed is outlined, and the size of the PDF that follows from it is not', async seen => {
  await seen.choose('I am delighted to present', 'Paragraph');
  await seen.until(() => document.querySelector('#frame').contentDocument.querySelector('[data-picked]'));
  const size = () => seen.page.evaluate(() => document.querySelector('#frame').contentDocument.querySelector('.downloads .whole').textContent);
  const before = await size();
  await seen.page.evaluate(() => {
    const { animate } = Element.prototype;
    const view = document.querySelector('#frame').contentWindow;
    window.outlined = [];
    view.Element.prototype.animate = function (...how) {
      window.outlined.push(this.textContent.slice(0, 40));
      return animate.apply(this, how);
    };
  });
  await seen.page.keyboard.press('Control+End');
  await seen.page.keyboard.insertText(` ${Array.from({ length: 600 }, (_, place) => String.fromCharCode(...[7, 11, 13, 17, 19].map(step => 97 + place * step * (place % 31 + 1) % 26))).join(' ')}`);
  await seen.until(before => document.querySelector('#frame').contentDocument.querySelector('.downloads .whole').textContent !== before, before);
  await seen.state('done');
  const outlined = await seen.page.evaluate(() => window.outlined);
  assert.ok(outlined.length > 0);
  assert.deepEqual(outlined.filter(words => !words.startsWith('I am delighted')), []);
  const isPicked = words => {
    const picked = [...document.querySelector('#frame').contentDocument.querySelectorAll('[data-picked]')];
    return picked.length === 1 && picked[0].textContent.startsWith(words);
  };
  // It is outlined again when it is known where all stands on the page that is new.
  await seen.until(isPicked, 'I am delighted');
});

withEditing('the caret and the focus stay where they are while the page is renewed', async seen => {
  await seen.frame.getByText('I am delighted to present').click();
  await seen.kind('Paragraph');
  await seen.page.keyboard.press('Control+Home');
  for (const letters of ['Here', ' we', ' write', ' on']) {
    await seen.page.keyboard.type(letters);
    await seen.onPage(`${letters.trim()}I am`);
  }
  await seen.onPage('Here we write onI am delighted');
  assert.equal(await seen.page.evaluate(() => document.activeElement.classList.contains('cm-content')), true);
});

withEditing('a figure that is clicked says what it is; a wrong one is told at once, and publishing waits for it', async (seen, preview) => {
  await seen.chooseFirst('running-costs.finance-and-performance.total');
  await seen.kind('Figure');
  const value = await seen.field.inputValue();
  assert.match(value, /^[\d,]+$/);
  assert.match(await seen.page.locator('#picked-facts').textContent(), /Checked by/);
  await seen.field.fill(value.replace(/\d$/, digit => (Number(digit) + 1) % 10));
  await seen.says('saved');
  await seen.state('faulty');
  await seen.page.waitForFunction(() => Number(document.querySelector('#findings-count').textContent) > 0);
  await seen.field.fill(value);
  await seen.state('done');
  assert.equal(await seen.page.locator('#findings-count').textContent(), '');
});

withEditing('what is no figure is refused with help, and the file stays as it was', async (seen, preview) => {
  const before = preview.read('running-costs.yaml');
  await seen.chooseFirst('running-costs.finance-and-performance.total');
  const isHelped = words => seen.page.locator('#picked-trouble li').filter({ hasText: words }).waitFor();
  await seen.field.fill('');
  await isHelped(/nothing is left of the value.*write the value/);
  await seen.field.fill('a: b # c');
  await isHelped(/`a: b # c` has no room among figures on one line.*write the figure without quotation marks/);
  await seen.says('refused');
  assert.equal(preview.read('running-costs.yaml'), before);
  assert.equal(await seen.page.locator('#undo').isDisabled(), true, 'there is nothing to take back');
});

withEditing('a word of the PDF leads to its text', async seen => {
  await seen.page.getByRole('button', { name: 'PDF', exact: true }).click();
  const sheet = seen.page.locator('.sheet').nth(3);
  await sheet.scrollIntoViewIfNeeded();
  await seen.page.waitForFunction(() => document.querySelectorAll('.sheet img')[3].naturalWidth > 0);
  const places = await seen.page.evaluate(async report => (await fetch(`/~preview/edit/places/${report}`)).json(), REPORT);
  const { paper } = places.items.find(({ source }) => source.startsWith('I am delighted'));
  const line = paper.find(({ page }) => page === 4);
  assert.ok(line, 'the foreword stands on page 4');
  const box = await sheet.boundingBox();
  await seen.page.mouse.click(box.x + (line.left + line.width / 2) / 100 * box.width, box.y + (line.top + line.height / 2) / 100 * box.height);
  await seen.kind('Paragraph');
  assert.match(await seen.editor.textContent(), /I am delighted to present/);
});

withEditing('a text is changed with the keyboard alone', async (seen, preview) => {
  await seen.page.locator('#find-place').focus();
  await seen.page.keyboard.type('delighted to present');
  await seen.page.locator('#places-list button').first().waitFor();
  await seen.page.keyboard.press('ArrowDown');
  await seen.page.keyboard.press('Enter');
  await seen.kind('Paragraph');
  await seen.page.keyboard.press('Control+Home');
  await seen.page.keyboard.type('Well: ');
  await seen.says('saved');
  await seen.page.keyboard.press('Escape');
  await seen.until(() => document.activeElement.id === 'find-place');
  await becomes(preview, 'foreword.md', text => text.includes('Well: I am delighted'));
});

withEditing('what is typed last is saved though its text is left, and another or the same one is picked, before it was sent', async (seen, preview) => {
  await seen.page.route('**/~preview/edit/change', async route => {
    await new Promise(done => setTimeout(done, 700));
    await route.continue();
  });
  await seen.chooseFirst('delighted to present');
  await seen.kind('Paragraph');
  await seen.page.keyboard.press('Control+Home');
  await seen.page.keyboard.type('So ');
  await seen.page.keyboard.press('Escape');
  await seen.chooseFirst('delighted to present');
  await seen.page.waitForFunction(() => document.querySelector('#picked-editor')?.textContent.startsWith('So I am delighted'));
  await seen.page.keyboard.press('Control+Home');
  await seen.page.keyboard.type('And ');
  await seen.chooseFirst('Much has changed');
  await becomes(preview, 'foreword.md', text => text.includes('And So I am delighted'));
  assert.equal(await seen.page.locator('#conflict').isVisible(), false, 'the writer meets no conflict with themselves');
});

withEditing('who begins a new paragraph writes on in it', async (seen, preview) => {
  await seen.chooseFirst('delighted to present');
  await seen.kind('Paragraph');
  await seen.page.keyboard.press('Control+End');
  for (const words of ['Books', 'Films']) {
    const answered = seen.page.waitForResponse(answer => answer.request().postDataJSON()?.changes?.[0].text?.endsWith('\n\n'));
    await seen.page.keyboard.press('Enter');
    await seen.page.keyboard.press('Enter');
    await answered;
    await seen.page.keyboard.type(words);
    await seen.onPage(words);
    await seen.state('done');
    await seen.page.keyboard.type(' more');
    await becomes(preview, 'foreword.md', text => text.includes(`\n\n${words} more`));
  }
  await becomes(preview, 'foreword.md', text => text.includes('healthier lives.\n\nBooks more\n\nFilms more\n\nMuch has changed'));
});

withEditing('figures are typed one after the other without waiting', async (seen, preview) => {
  await seen.chooseFirst('indicators.clinical-contracts-signed.q1.denominator');
  await seen.kind('Figure');
  const before = preview.read('indicators.yaml');
  const places = await seen.page.evaluate(async report => (await fetch(`/~preview/edit/places/${report}`)).json(), REPORT);
  const startOf = ({ id }) => Number(id.split('-')[1]);
  const figures = places.items.filter(({ file, format }) => format === 'figure' && file.endsWith('indicators.yaml'))
    .sort((one, other) => startOf(one) - startOf(other));
  const here = figures.findIndex(({ address }) => address === 'indicators.clinical-contracts-signed.q1.denominator');
  for (const figure of ['71', '1,072', '73']) {
    await seen.page.keyboard.press('Control+A');
    await seen.page.keyboard.type(figure);
    await seen.page.keyboard.press('Enter');
  }
  await becomes(preview, 'indicators.yaml', text => ['71', '1,072', '73'].every(figure => text.includes(figure)));
  await seen.says('saved');
  let expected = before;
  for (const [step, figure] of ['73', '1,072', '71'].entries()) {
    const [, start, end] = figures[here + 2 - step].id.split('-').map(Number);
    const written = Buffer.from(expected);
    expected = `${written.subarray(0, start)}${figure}${written.subarray(end)}`;
  }
  const bare = text => text.replaceAll('"', '');
  await becomes(preview, 'indicators.yaml', text => bare(text) === bare(expected), 'each figure stands in its own place, and nothing else changed');
});

withEditing('a figure is put into a sentence by its name, and is bound', async (seen, preview) => {
  await seen.frame.getByText('I am delighted to present').click();
  await seen.kind('Paragraph');
  await seen.page.keyboard.press('Control+End');
  await seen.page.keyboard.type(' We count ');
  await seen.page.keyboard.press('Control+k');
  // While the figure is looked for, the sentence is saved and shown: its last space, which no file keeps, stays.
  await seen.onPage('We count');
  await seen.says('saved');
  await seen.page.keyboard.type('indicators.count');
  await seen.page.locator('#figure-list button').first().waitFor();
  await seen.page.keyboard.press('Enter');
  await seen.onPage('We count 39');
  await becomes(preview, 'foreword.md', text => text.includes('We count {{ indicators.count }}'));
});

withEditing('a paragraph is added, moved and removed, and all of it can be taken back', async (seen, preview) => {
  const before = preview.read('foreword.md');
  const press = name => seen.page.locator('#picked-structure').getByRole('button', { name }).click();
  await seen.chooseFirst('I am delighted to present');
  await press('Add after');
  await seen.onPage('New text.');
  // It is picked as soon as it is known where it stands.
  await seen.begins('New text.');
  await press('Remove');
  await seen.offPage('New text.');
  await becomes(preview, 'foreword.md', text => text === before);
  await seen.chooseFirst('I am delighted to present');
  await press('Move down');
  await seen.until(() => /Much has changed[^]*I am delighted/.test(document.querySelector('#frame').contentDocument?.body?.textContent));
  for (let steps = 0; steps < 3; steps++) {
    const was = preview.read('foreword.md');
    await seen.page.locator('#undo').click();
    await becomes(preview, 'foreword.md', text => text !== was);
  }
  assert.equal(preview.read('foreword.md'), before);
});

withEditing('cells that are pasted go into the rows that are there, all or none', async (seen, preview) => {
  await seen.chooseFirst('indicators.clinical-contracts-signed.q1.denominator');
  await seen.kind('Figure');
  const before = preview.read('indicators.yaml');
  await seen.paste(seen.field, '183\t76\n184\t77\n');
  await seen.says('saved');
  await becomes(preview, 'indicators.yaml', text => /183, 76[^]*184, 77/.test(text));
  await seen.page.locator('#undo').click();
  await becomes(preview, 'indicators.yaml', text => text === before);
});

withEditing('of cells that do not fit each is told with its place, and none is written', async (seen, preview) => {
  await seen.chooseFirst('indicators.clinical-contracts-signed.q1.denominator');
  await seen.kind('Figure');
  const before = preview.read('indicators.yaml');
  await seen.paste(seen.field, '183\ta few\n#REF!\t77\n');
  await seen.says('refused');
  const told = await seen.page.locator('#picked-trouble').textContent();
  assert.match(told, /Row 1, column 2[^]*Row 2, column 1/);
  assert.equal(preview.read('indicators.yaml'), before);
});

withEditing('what is copied in Word or from a web page keeps its form, and what has another place is said', async (seen, preview) => {
  await seen.chooseFirst('I am delighted to present');
  await seen.kind('Paragraph');
  await seen.page.keyboard.press('Control+A');
  await seen.paste(seen.editor, 'Our year', `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang=EN-GB><!--StartFragment-->
      <h2>Our year<o:p></o:p></h2><p class=MsoNormal>We <b>opened</b> <a href="https://example.org/a">some</a> <i>new</i> branches.<o:p></o:p></p>
      <ul><li>Alton</li><li>Borley</li></ul><table><tr><th>Year</th></tr><tr><td>12</td></tr></table><script>top.ran=1</script><!--EndFragment--></body></html>`);
  await becomes(preview, 'foreword.md', text => text.startsWith('## Our year\n\nWe **opened** [some](https://example.org/a) *new* branches.\n\n- Alton\n- Borley\n\nMuch has'));
  assert.match(await seen.page.locator('#picked-left-out').textContent(), /1 table was left out/);
  await seen.onPage('We opened some new branches.');
  await nothingRan(seen);
});

withEditing('steps are taken back across files and windows, the last one first', async (seen, preview) => {
  const before = ['foreword.md', 'running-costs.yaml'].map(preview.read);
  const other = await open(preview, REPORT);
  await seen.chooseFirst('I am delighted to present');
  await seen.kind('Paragraph');
  await seen.page.keyboard.press('Control+Home');
  await seen.page.keyboard.type('One ');
  await becomes(preview, 'foreword.md', text => text.startsWith('One I am'));
  await other.chooseFirst('running-costs.finance-and-performance.total');
  await other.kind('Figure');
  const value = await other.field.inputValue();
  await other.field.fill(value.replace(/\d$/, digit => (Number(digit) + 1) % 10));
  await becomes(preview, 'running-costs.yaml', text => text !== before[1]);
  await seen.page.waitForFunction(() => document.querySelector('#undo').title.includes('figure'));
  await seen.page.locator('#undo').click();
  await becomes(preview, 'running-costs.yaml', text => text === before[1]);
  assert.match(preview.read('foreword.md'), /^One I am/);
  await other.page.waitForFunction(() => document.querySelector('#undo').title.includes('text'));
  await other.page.locator('#undo').click();
  await becomes(preview, 'foreword.md', text => text === before[0]);
  await other.page.locator('#redo').click();
  await becomes(preview, 'foreword.md', text => text.startsWith('One I am'));
  await other.close();
});

withEditing('on a disk that is full what was typed stays in the window, and is saved when there is room', async (seen, preview) => {
  const before = preview.read('foreword.md');
  await seen.chooseFirst('I am delighted to present');
  await seen.kind('Paragraph');
  preview.fillDisk();
  await seen.page.keyboard.press('Control+Home');
  await seen.page.keyboard.type('Full: ');
  await seen.saysOfSaving(`Not saved: content/${REPORT}/foreword.md cannot be written: the disk is full. What you typed is kept in this window`);
  assert.equal(preview.read('foreword.md'), before, 'of what did not fit nothing is there');
  assert.match(await seen.editor.textContent(), /^Full: /);
  preview.clearDisk();
  await becomes(preview, 'foreword.md', text => text.startsWith('Full: I am'));
  await seen.says('saved');
});

withEditing('what another program changes elsewhere in the file is kept; in the same place both are shown', async (seen, preview) => {
  await seen.chooseFirst('I am delighted to present');
  await seen.kind('Paragraph');
  await seen.page.keyboard.press('Control+Home');
  preview.edit('foreword.md', 'Much has changed', 'So much has changed');
  await seen.page.keyboard.type('Now ');
  await seen.onPage('Now I am delighted');
  await seen.onPage('So much has changed');

  await seen.page.route('**/~preview/edit/change', async route => {
    if (preview.read('foreword.md').includes('I am delighted')) preview.edit('foreword.md', 'I am delighted', 'I was delighted');
    await route.continue();
  });
  await seen.editor.press('Control+Home');
  await seen.page.keyboard.type('X');
  await seen.says('conflict');
  const dialog = seen.page.locator('#conflict');
  assert.match(await dialog.textContent(), /XNow I am delighted[^]*I was delighted/);
  await seen.page.unroute('**/~preview/edit/change');
  await seen.page.locator('#conflict-yours-again').click();
  await seen.onPage('XNow I am delighted');
});

withEditing('two windows see each other’s changes', async (seen, preview) => {
  const other = await open(preview, REPORT);
  await seen.chooseFirst('I am delighted to present');
  await seen.page.keyboard.press('Control+Home');
  await seen.page.keyboard.type('Both: ');
  await seen.says('saved');
  await other.onPage('Both: I am delighted');
  await other.page.waitForFunction(() => !document.querySelector('#undo').disabled);
  await other.page.locator('#undo').click();
  await seen.offPage('Both: I am');
  await other.close();
});

withEditing('when the program is killed what was typed stays in the window, and is saved when it is back', async (seen, preview) => {
  await seen.chooseFirst('I am delighted to present');
  await seen.page.keyboard.press('Control+Home');
  await preview.kill();
  await seen.page.keyboard.type('Still here. ');
  await seen.saysOfSaving('Not saved: tally preview does not answer');
  assert.match(await seen.editor.textContent(), /^Still here\. /);
  assert.doesNotMatch(preview.read('foreword.md'), /Still here/);
  await preview.begin();
  await becomes(preview, 'foreword.md', text => text.startsWith('Still here. I am delighted'));
  await seen.says('saved');
  await seen.onPage('Still here. I am delighted');
  await seen.page.keyboard.type('And on. ');
  await seen.onPage('Still here. And on. I am delighted');
  await seen.chooseFirst('Much has changed');
  await seen.page.waitForFunction(() => document.querySelector('#picked-editor')?.textContent.startsWith('Much has changed'));
});

withEditing('the focus stays where somebody works: at a button that moves, and after what is removed in the list of places', async (seen, preview) => {
  const focused = () => seen.page.evaluate(() => document.activeElement.id || document.activeElement.textContent);
  const rests = () => seen.page.waitForFunction(() => !document.querySelector('#picked').inert && document.activeElement.id !== 'saved');
  const press = async name => {
    const button = seen.page.locator('#picked-structure').getByRole('button', { name });
    await button.focus();
    await seen.page.keyboard.press('Enter');
  };
  const before = preview.read('foreword.md');
  await seen.chooseFirst('I am delighted to present');
  await seen.kind('Paragraph');
  await press('Move down');
  await becomes(preview, 'foreword.md', text => text.startsWith('Much has changed'));
  await rests();
  assert.equal(await focused(), 'Move down');
  await seen.page.keyboard.press('Enter');
  await becomes(preview, 'foreword.md', text => text.startsWith('Much has changed') && /The public consultations[^]*I am delighted/.test(text));
  await rests();
  assert.equal(await focused(), 'Move down');
  assert.match(await seen.editor.textContent(), /^I am delighted/);
  await press('Remove');
  await becomes(preview, 'foreword.md', text => !text.includes('I am delighted'));
  await rests();
  assert.equal(await focused(), 'find-place');
  for (let steps = 0; steps < 3; steps++) await seen.page.locator('#undo').click();
  await becomes(preview, 'foreword.md', text => text === before, 'three presses take three steps back');
});

withEditing('what is typed stays, whatever was asked before of where it stands', async (seen, preview) => {
  let go, found;
  const [held, isFound] = [new Promise(done => { go = done; }), new Promise(done => { found = done; })];
  await seen.chooseFirst('Much has changed');
  await seen.kind('Paragraph');
  // The answer is of the file as it is before that, and comes after it.
  await seen.page.route('**/~preview/edit/followed/**', async route => {
    const answer = await route.fetch();
    found();
    await held;
    await route.fulfill({ response: answer });
  });
  preview.edit('foreword.md', 'I am delighted', 'I was delighted');
  await isFound;
  await seen.editor.press('Control+End');
  await seen.page.keyboard.type(' Indeed.');
  await becomes(preview, 'foreword.md', text => text.includes(' Indeed.'));
  await seen.says('saved');
  await seen.page.locator('#find-place').focus();
  await seen.page.evaluate(() => {
    const editor = document.querySelector('#picked-editor');
    globalThis.read = [];
    new MutationObserver(() => globalThis.read.push(editor.textContent)).observe(editor, { childList: true, characterData: true, subtree: true });
  });
  go();
  // It is outlined when it is known where it stands by now.
  await seen.until(() => document.querySelector('#frame').contentDocument?.querySelector('[data-picked]')?.textContent.includes(' Indeed.'));
  assert.match(await seen.editor.textContent(), / Indeed\.$/);
  assert.deepEqual((await seen.page.evaluate(() => globalThis.read)).filter(text => !text.includes(' Indeed.')), []);
});

withEditing('a press that begins before its list is renewed is one', async (seen, preview) => {
  await seen.page.locator('#find-place').fill('I am delighted to present');
  await seen.page.locator('#places-list button').first().hover();
  await seen.page.mouse.down();
  const learnt = seen.page.waitForResponse('**/~preview/edit/places/*');
  preview.edit('foreword.md', 'Much has changed', 'So much has changed');
  await seen.onPage('So much has changed');
  await learnt;
  await seen.rests();
  await seen.page.mouse.up();
  await seen.kind('Paragraph');
});

withEditing('while it is not known what stands where after a move, somebody looks for another place, or clicks on nothing', async (seen, preview) => {
  const move = async name => {
    const go = await seen.holdPlaces();
    const before = preview.read('foreword.md');
    await seen.page.locator('#picked-structure').getByRole('button', { name }).click();
    await becomes(preview, 'foreword.md', text => text !== before);
    return async () => {
      go();
      await seen.until(() => !document.querySelector('#picked').inert);
    };
  };
  await seen.chooseFirst('I am delighted to present');
  const isKnown = await move('Move down');
  await seen.page.locator('#find-place').pressSequentially('Much has');
  await isKnown();
  await seen.page.keyboard.type(' changed');
  assert.equal(await seen.page.locator('#find-place').inputValue(), 'Much has changed');
  for (const name of ['Move up', 'Remove']) {
    const isKnownAgain = await move(name);
    await seen.page.evaluate(() => document.querySelector('#frame').contentDocument.body.click());
    await isKnownAgain();
  }
  // Where something was removed nothing is picked.
  await seen.until(() => document.querySelector('#picked').hidden);
});

withEditing('what is wrong is heard though what was typed since cannot be saved', async (seen, preview) => {
  await seen.chooseFirst('I am delighted to present');
  await seen.kind('Paragraph');
  await seen.page.keyboard.press('Control+End');
  await seen.page.keyboard.insertText(' For 9,876 people.');
  await seen.page.locator('#picked-trouble li').filter({ hasText: '9,876' }).waitFor();
  preview.fillDisk();
  await seen.page.keyboard.type(' And');
  await seen.says('failed');
  await seen.page.evaluate(() => { document.querySelector('#trouble-heard').textContent = ''; });
  preview.edit('foreword.md', 'Much has changed', 'So much has changed');
  await seen.until(() => document.querySelector('#trouble-heard').textContent.includes('9,876'));
});

withEditing('the panel has no violation that axe-core knows, on a phone and in forced colours too', async seen => {
  await seen.chooseFirst('I am delighted to present');
  await seen.kind('Paragraph');
  assert.deepEqual(await seen.axe(), []);
  await seen.page.setViewportSize({ width: 360, height: 740 });
  assert.deepEqual(await seen.axe(), []);
  assert.ok(await seen.page.evaluate(() => document.documentElement.scrollWidth <= 360), 'nothing leaves the window');
  await seen.page.emulateMedia({ forcedColors: 'active' });
  assert.deepEqual(await seen.axe(), []);
  await seen.page.emulateMedia({ colorScheme: 'dark', forcedColors: 'none' });
  assert.deepEqual(await seen.axe(), []);
});

// Without a number, which would be an error by itself.
const SCRIPT = '<img src=x onerror="top.ran=true;parent.ran=true;window.ran=true"><script>top.ran=true;alert(top)</script>';

/** Fails where something of the content ran, in whichever document. */
async function nothingRan({ page }) {
  const looked = await page.evaluate(() => {
    const documents = [document, ...[...document.querySelectorAll('iframe')].map(frame => frame.contentDocument)].filter(Boolean);
    return {
      ran: documents.map(one => one.defaultView?.ran).filter(Boolean),
      made: documents.flatMap(one => [...one.querySelectorAll('img[onerror], img[src="x"], body script')].map(element => element.outerHTML)),
    };
  });
  assert.deepEqual(looked, { ran: [], made: [] });
}

withEditing('what is typed is text everywhere, and runs nowhere', async (seen, preview) => {
  const dialogs = [];
  seen.page.on('dialog', dialog => { dialogs.push(dialog.message()); dialog.dismiss(); });
  const isOnPage = wanted => seen.until(wanted => document.querySelector('#frame').contentDocument?.body?.outerHTML.includes('top.ran') === wanted, wanted);
  // A title, a paragraph, in which it is refused, a caption, an alternative text, the name of a row.
  for (const [words, kind, name, isRefused = false] of [
    ['Next steps', 'Title', 'report.yaml'],
    ['I am delighted to present', 'Paragraph', 'foreword.md', true],
    ['Running costs', 'Caption', 'running-costs.yaml'],
    ['', 'Alternative text', 'report.yaml'],
    ['Information Governance', 'Name', 'running-costs.yaml'],
  ]) {
    const places = await seen.page.evaluate(async report => (await fetch(`/~preview/edit/places/${report}`)).json(), REPORT);
    const item = places.items.find(one => one.kind.startsWith(kind) && one.file.endsWith(name) && one.words.startsWith(words));
    assert.ok(item, `${kind} “${words}” of ${name}`);
    await seen.choose(item.words.slice(0, 40), item.kind);
    await seen.page.keyboard.press('Control+End');
    await seen.page.keyboard.insertText(` ${SCRIPT}`);
    await becomes(preview, name, text => text.split('<script>').length > 1 && text.includes('top.ran'));
    if (isRefused) {
      await seen.state('faulty');
    } else {
      await isOnPage(true);
      await seen.page.locator('#find-place').fill('<img');
      await seen.page.locator('#places-list li').first().waitFor();
    }
    await nothingRan(seen);
    await seen.page.locator('#find-place').fill('');
    await seen.page.locator('#undo').click();
    await becomes(preview, name, text => !text.includes('<script>'));
    await isOnPage(false);
    await seen.state('done');
  }
  assert.deepEqual(dialogs, []);
});

withEditing('what lies in the content is text everywhere, in names of files too', async (seen, preview) => {
  const name = '<img src=x onerror=top.ran=1>.yaml';
  preview.write(name, preview.read('running-costs.yaml'));
  preview.edit('report.yaml', 'running-costs.yaml', JSON.stringify(name));
  preview.edit('foreword.md', 'I am delighted', `${SCRIPT} I am delighted`);
  await seen.page.waitForFunction(() => document.querySelector('#findings-list').textContent.includes('onerror'));
  await nothingRan(seen);
  await seen.page.locator('#tab-findings').click();
  await seen.page.locator('#findings-list').getByRole('button', { name: 'Open the file' }).first().click();
  await seen.kind('File');
  await nothingRan(seen);
});

withEditing('a file that could not be read when the preview began is mended in it, as in a text editor', async (seen, preview) => {
  const before = preview.read('../organisation.yaml');
  await preview.end();
  const windows = before.replace(/\n/g, '\r\n').replace(/^name:/m, 'name');
  preview.write('../organisation.yaml', windows);
  await preview.begin();
  const fresh = await open(preview, REPORT, { expects: 'faulty' });
  await fresh.page.locator('#tab-findings').click();
  await fresh.page.locator('#findings-list').getByRole('button', { name: 'Open the file' }).first().click();
  await fresh.kind('File');
  assert.match(await fresh.editor.textContent(), /short-name:/);
  assert.match(await fresh.page.locator('#picked-trouble').textContent(), /Error:/);
  assert.deepEqual(await fresh.axe(), []);
  // The file is changed letter by letter, and keeps its ends of lines.
  await fresh.editor.click();
  await fresh.page.keyboard.press('Control+Home');
  await fresh.page.keyboard.insertText('# Ours\n');
  await becomes(preview, '../organisation.yaml', text => text === `# Ours\r\n${windows}`);
  await fresh.until(() => /line 5/.test(document.querySelector('#picked-trouble').textContent));
  await fresh.page.locator('#picked-trouble').getByRole('button', { name: 'Open the file' }).click();
  await fresh.until(() => document.activeElement.matches('.cm-content'));
  for (const _ of 'name') await fresh.page.keyboard.press('ArrowRight');
  await fresh.page.keyboard.type(':');
  await becomes(preview, '../organisation.yaml', text => text === `# Ours\r\n${before.replace(/\n/g, '\r\n')}`);
  await fresh.state('done');
  await fresh.onPage('I am delighted to present');
  // What another program writes into the file is there at once, and what is typed then goes on from it.
  preview.write('../organisation.yaml', preview.read('../organisation.yaml').replace('# Ours', '# Theirs'));
  await fresh.until(() => document.querySelector('#picked-editor').textContent.includes('# Theirs'));
  await fresh.page.locator('#undo').click();
  // What somebody else wrote is not taken back with it.
  await fresh.until(() => document.body.textContent.includes('the file was changed by another program since'));
  assert.equal(preview.read('../organisation.yaml'), `# Theirs\r\n${before.replace(/\n/g, '\r\n')}`);
  assert.deepEqual(fresh.problems, []);
  await fresh.close();
});

withEditing('a window that was open all the while asks for nothing that a program started again has not built', async (seen, preview) => {
  const before = preview.read('../organisation.yaml');
  let go;
  const held = new Promise(done => { go = done; });
  const path = `**/${REPORT}/index.html`;
  await seen.page.route(path, route => held.then(() => route.abort()), { times: 1 });
  const asked = seen.page.waitForRequest(path);
  preview.edit('foreword.md', 'I am delighted', 'We are delighted');
  await asked;
  // The program ends while the page is on its way, and the next one cannot build it.
  await preview.end();
  preview.write('../organisation.yaml', before.replace(/^name:/m, 'name'));
  const missing = seen.page.waitForResponse(answer => answer.url().endsWith(`${REPORT}/index.html`) && answer.status() === 404);
  await preview.begin();
  await seen.state('faulty');
  go();
  await missing;
  preview.write('../organisation.yaml', before);
  await seen.state('done');
  await seen.onPage('We are delighted to present');
});

test('nobody else writes, and nothing is written without being asked', { timeout: 10 * WAIT }, async () => {
  const preview = await startPreview('--edit');
  try {
    const seen = await open(preview, REPORT);
    const token = await seen.page.evaluate(() => document.querySelector('meta[name="tally-token"]').content);
    const places = await seen.page.evaluate(async report => (await fetch(`/~preview/edit/places/${report}`)).json(), REPORT);
    const { id, revision } = places.items.find(({ source }) => source.startsWith('I am delighted'));
    const before = preview.read('foreword.md');
    const body = JSON.stringify({ changes: [{ kind: 'text', id, revision, text: 'Taken over.' }] });
    const ask = headers => fetch(`${preview.origin}/~preview/edit/change`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
    const own = { origin: preview.origin, 'x-tally-token': token };
    for (const [who, headers] of [
      ['no token', { origin: preview.origin }],
      ['another token', { ...own, 'x-tally-token': token.replace(/./g, '0') }],
      ['no origin', { 'x-tally-token': token }],
      ['another origin', { ...own, origin: 'https://example.org' }],
      ['an origin that begins alike', { ...own, origin: `${preview.origin}.example.org` }],
      ['the form of a page', { ...own, 'content-type': 'text/plain' }],
    ]) {
      assert.equal((await ask(headers)).status, 405, who);
      assert.equal(preview.read('foreword.md'), before, who);
    }
    assert.equal((await ask(own)).status, 200);
    assert.match(preview.read('foreword.md'), /Taken over\./);
    // Nothing of a report runs beside who may write, neither in a frame nor in a window of its own.
    const policy = async path => (await fetch(`${preview.origin}${path}`)).headers.get('content-security-policy');
    const nonce = await seen.page.evaluate(() => document.querySelector('meta[name="tally-token"]').dataset.nonce);
    const shell = await policy('/~preview/');
    assert.match(shell, /default-src 'self'.*frame-ancestors 'self'/);
    assert.ok(shell.endsWith(`style-src 'self' 'nonce-${nonce}'`), shell);
    for (const path of [`/${REPORT}/index.html`, '/index.html', `/${REPORT}/logo.svg`]) {
      assert.match(await policy(path), /frame-ancestors 'self'; script-src 'none'; object-src 'none'/, path);
    }
    assert.equal(await policy(`/${REPORT}/${REPORT}.pdf`), "frame-ancestors 'self'", 'a browser shows a PDF by an object');
    assert.deepEqual(await seen.page.evaluate(() => [...document.querySelectorAll('iframe')].map(frame => frame.getAttribute('sandbox'))), ['allow-same-origin allow-popups', 'allow-same-origin allow-popups']);
    await seen.close();
  } finally {
    await preview.close();
  }
  const reading = await startPreview();
  try {
    const page = await (await fetch(`${reading.origin}/~preview/`)).text();
    assert.doesNotMatch(page, /tally-token|edit\.js/);
    for (const path of ['edit/places/css-annual-report', 'edit.js', 'codemirror.js']) {
      assert.equal((await fetch(`${reading.origin}/~preview/${path}`)).status, 404, path);
    }
    assert.equal(existsSync(join(reading.folder, 'output')), false);
  } finally {
    await reading.close();
  }
});
