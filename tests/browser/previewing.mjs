// `tally preview` at work on a copy of the content, for the tests that open it.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { late } from './browser.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const tally = resolve(process.env.TALLY ?? join(root, 'target/debug/tally'));
const content = join(root, 'content');

export const REPORT = 'css-annual-report';

/** The program at work on a copy of the content. */
export async function startPreview(...options) {
  const folder = mkdtempSync(join(tmpdir(), 'tally-preview-'));
  cpSync(content, join(folder, 'content'), { recursive: true });
  // What is published is not changed here, but copies of it.
  for (const report of ['css-annual-report', 'od-progress-summary']) rmSync(join(folder, 'content', report, 'published.lock'), { force: true });
  return startIn(folder, REPORT, options);
}

/** The program at work on the report that `tally new` begins. */
export function startNew(report, ...options) {
  const folder = mkdtempSync(join(tmpdir(), 'tally-new-'));
  execFileSync(tally, ['new', report], { cwd: folder });
  return startIn(folder, report, options);
}

/** The program at work on the next edition of the report that `tally new` begins. */
export function startNext(report, next, ...options) {
  const folder = mkdtempSync(join(tmpdir(), 'tally-next-'));
  execFileSync(tally, ['new', report], { cwd: folder });
  execFileSync(tally, ['roll-forward', report, next], { cwd: folder });
  return startIn(folder, next, options);
}

/** The program at work on a project that a test made. */
export const startWith = (folder, report, ...options) => startIn(folder, report, options);

/** Stops a program now and then for as long as something is late, until it ends. */
async function unsettle(child) {
  while (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGSTOP');
    await late();
    child.kill('SIGCONT');
    await late();
  }
}

async function startIn(folder, report, options) {
  // Whichever port is free; where it is begun again, the same.
  let port = 0;
  let child;
  const begin = () => new Promise((ready, fail) => {
    // A file that may not grow is an error to the program, and does not end it (`fillDisk`).
    child = spawn('sh', ['-c', 'trap "" XFSZ; exec "$@"', 'sh', tally, 'preview', ...options, '--port', `${port}`], { cwd: folder });
    let said = '';
    let isHeard = false;
    const listen = chunk => {
      said += chunk;
      const found = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(said);
      if (!found || isHeard) return;
      isHeard = true;
      port = Number(found[1]);
      if (late) unsettle(child);
      ready(`http://127.0.0.1:${port}`);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('exit', code => fail(new Error(`ended with ${code} before it listened: ${said}`)));
    child.on('error', fail);
  });
  const origin = await begin();
  const file = name => join(folder, 'content', report, name);
  const limit = bytes => execFileSync('prlimit', ['--pid', `${child.pid}`, `--fsize=${bytes}:`]);
  return {
    origin, port, folder, begin,
    has: name => existsSync(file(name)),
    read: name => readFileSync(file(name), 'utf8'),
    write: (name, text) => writeFileSync(file(name), text),
    edit(name, from, to) {
      const text = readFileSync(file(name), 'utf8');
      assert.ok(text.includes(from), `${name} has “${from}”`);
      writeFileSync(file(name), text.replace(from, () => to));
    },
    /** Saves as many editors do: to a file beside it, which then takes its name. */
    replace(name, from, to) {
      const text = readFileSync(file(name), 'utf8');
      assert.ok(text.includes(from), `${name} has “${from}”`);
      writeFileSync(file(`.${name}.tmp`), text.replace(from, () => to));
      renameSync(file(`.${name}.tmp`), file(name));
    },
    /** Lets no file of the program become longer than a few letters, which the system reports like a full disk. */
    fillDisk: () => limit(8),
    /** There is room again. */
    clearDisk: () => limit('unlimited'),
    /** Ends it as a machine does that loses its power. */
    async kill() {
      child.kill('SIGKILL');
      await new Promise(done => child.on('exit', done));
    },
    async end() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill();
        await new Promise(done => child.on('exit', done));
      }
    },
    async close() {
      await this.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
