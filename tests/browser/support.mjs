// What all tests share: the built pages, a server with a strict policy, and a browser.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, extname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch, ready } from './browser.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.pdf': 'application/pdf',
  '.csv': 'text/csv; charset=utf-8',
  '.json': 'application/json',
};

const root = fileURLToPath(new URL('../..', import.meta.url));
const fixtures = join(root, 'tests/fixtures');

// The policy that servers are told to send (hosting/ of an output), so that it is tried with every page.
const POLICY = /POLICY: &str = "(.+)";/.exec(readFileSync(join(root, 'src/render/hosting.rs'), 'utf8'))[1];

/** The program. */
const tally = resolve(process.env.TALLY ?? join(root, 'target/debug/tally'));

/** The folder that Tally wrote to. */
export const output = resolve(process.env.TALLY_OUTPUT ?? join(root, 'output'));

/** All files below a folder, as paths with forward slashes. */
const below = folder => existsSync(folder)
  ? readdirSync(folder, { recursive: true })
      .filter(name => statSync(join(folder, name)).isFile())
      .map(name => name.split(sep).join('/'))
      .sort()
  : [];

export const files = below(output);

/** Pages that lead on at once are none, and those about data files are looked at apart. */
const isPage = name => name.endsWith('.html') && !name.startsWith('latest/') && !name.includes('/data/');

/** The web pages, and those of them that are reports: a report has a folder of its own. */
export const pages = files.filter(isPage);
/** The pages about the data files of the reports. */
export const dataPages = files.filter(name => name.endsWith('/data/index.html'));
export const reports = pages.filter(name => name.includes('/'));
if (reports.length === 0) throw new Error(`no report in ${output}: build one, and name its folder in TALLY_OUTPUT`);

const made = {};

/** The pages of a folder with content that is kept for tests, made by the program. */
function make(folder, options = [], name = basename(folder)) {
  const pages = made[name] = mkdtempSync(join(tmpdir(), 'tally-pages-'));
  process.on('exit', () => rmSync(pages, { recursive: true }));
  execFileSync(tally, ['--quiet', '--format', 'html', '--output', pages, ...options], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  return below(pages).filter(isPage).map(file => `${name}/${file}`);
}

/** The pages of a folder with content that a test made. */
export const built = (folder, name) => make(folder, [], name);

/** The pages of one of these: `full` has every part, `stress` is as long, as wide and as much as can be. */
export const fixture = name => make(join(fixtures, name));

/** The pages of `full` with one for each section. */
export const chapters = () => make(join(fixtures, 'full'), ['--pages', 'sections'], 'chapters').filter(page => page.split('/').length > 2);

/** The page of what changed from `full` to a copy of it that was edited in words, figures, ratings and rows. */
export function comparison() {
  const content = mkdtempSync(join(tmpdir(), 'tally-content-'));
  const pages = made.comparison = mkdtempSync(join(tmpdir(), 'tally-pages-'));
  process.on('exit', () => [content, pages].forEach(folder => rmSync(folder, { recursive: true })));
  const before = join(fixtures, 'full/content');
  cpSync(before, content, { recursive: true });
  for (const [file, from, to] of [
    ['example/welcome.md', 'Every day.', 'Every single day. Come and see.'],
    ['example/loans.yaml', '12,500', '12,600'],
    ['example/indicators.yaml', 'rating: red', 'rating: amber'],
    ['example/report.yaml', 'We opened {{ facts.new-branches | words }} branches.', 'Branches opened.'],
  ]) {
    const path = join(content, file);
    const text = readFileSync(path, 'utf8');
    assert.ok(text.includes(from), `${file} does not hold “${from}”`);
    writeFileSync(path, text.replace(from, to));
  }
  execFileSync(tally, ['compare', before, '--content', content, '--output', pages], { stdio: ['ignore', 'ignore', 'inherit'] });
  return below(pages).filter(file => file.endsWith('.html')).map(file => `comparison/${file}`);
}

/** The fragments of the fixture with every part, each with its style sheet where it has one. */
export function fragments() {
  const pages = mkdtempSync(join(tmpdir(), 'tally-fragments-'));
  process.on('exit', () => rmSync(pages, { recursive: true }));
  return ['embed', 'plain'].flatMap(form => {
    const output = join(pages, form);
    execFileSync(tally, ['--quiet', '--format', 'html', '--fragment', form, '--uploads', 'https://files.example.org', '--output', output], { cwd: join(fixtures, 'full'), stdio: ['ignore', 'ignore', 'inherit'] });
    return below(output).filter(file => file.endsWith(`.${form}.html`)).map(file => {
      const text = name => existsSync(join(output, name)) ? readFileSync(join(output, name), 'utf8') : '';
      return { report: file.split('/')[0], form, html: text(file), sheet: text(file.replace(/html$/, 'css')) };
    });
  });
}

const reportsOf = name => make(join(fixtures, 'cases', name)).filter(page => page.split('/').length > 2);

/** The reports of contents that once came out wrong, where they are built. */
export const cases = () => readdirSync(join(fixtures, 'cases'))
  .filter(name => readFileSync(join(fixtures, 'cases', name, 'outcome.snap'), 'utf8').includes('\nIt is built.'))
  .flatMap(reportsOf);

/** Reports with every form of chart: of figures as they usually are, of figures of any kind, and of indicators. */
export const charts = () => ['charts-of-every-form', 'charts-of-any-figures', 'charts-of-indicators', 'visits-month-by-month'].flatMap(reportsOf);

/** Where a file of the output folder, or of a fixture, lies on the disk. */
export function place(name) {
  const [first, ...rest] = name.split('/');
  const [folder, inside] = first in made ? [made[first], rest.join('/')] : [output, name];
  return below(folder).includes(inside) ? join(folder, inside) : null;
}

/** A server of the output folder on this machine alone, and a browser that visits it. */
export async function start() {
  const server = createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, 'http://localhost').pathname).slice(1);
    response.setHeader('Content-Security-Policy', POLICY);
    const path = place(name);
    if (!path) return response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream' });
    response.end(readFileSync(path));
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${server.address().port}`;

  const browser = await launch();
  const opened = async options => {
    const page = await browser.newPage(options);
    await ready(page);
    return page;
  };

  const usual = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', colorScheme: 'light', forcedColors: 'none', contrast: 'no-preference' };
  let shared;

  return {
    origin,
    /**
     * Loads a page anew and hands it to `use`. `prepare` sees it before it loads.
     * A new tab costs more than most tests, so they share one where nothing of a test can stay behind in it.
     */
    async visit(name, options, use, prepare) {
      const { viewport, javaScriptEnabled = true, ...media } = { ...usual, ...options };
      const alone = prepare || !javaScriptEnabled;
      const page = alone ? await opened({ javaScriptEnabled }) : shared ??= await opened();
      try {
        await prepare?.(page);
        await page.setViewportSize(viewport);
        await page.emulateMedia({ media: null, ...media });
        await page.goto(`${origin}/${name}`);
        return await use(page);
      } finally {
        if (alone) await page.close();
      }
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise(done => server.close(done));
    },
  };
}

/** Opens or closes every `details` of a page, and says how many there are. */
export const setDetails = (page, open) => page.evaluate(open => {
  const all = [...document.querySelectorAll('details')];
  for (const one of all) one.open = open;
  return all.length;
}, open);

export const resize = (page, width, height = 800) => page.setViewportSize({ width, height });

/** Fails with a line for each of the first problems, if there are any. */
export function none(problems) {
  const [shown, more] = [problems.slice(0, 12), problems.length - 12];
  assert.ok(problems.length === 0, ['', ...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('\n  - '));
}
