// What `npm test` says: a line for each test, and at its end every test that failed, with where and why, so that who reads the
// last lines of a long log knows it.
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** So many lines of a reason are shown; some hold a whole file. */
const LINES = 14;
const SIGNS = { passed: '✔', failed: '✖', skipped: '–' };

/** The beginning of a long text. */
function shortened(text) {
  const lines = stripVTControlCharacters(text).trim().split('\n');
  return lines.length > LINES ? [...lines.slice(0, LINES), `… and ${lines.length - LINES} more lines`] : lines;
}

/** Why a test failed, and the lines of the tests that led there; of a file that ended early, what it `said`. */
function why({ details: { error } }, said) {
  const { message = `${error}`, stack = '' } = error.cause ?? error;
  const places = stack.split('\n').filter(line => /^\s+at .*\/tests\/browser\/(?!node_modules)/.test(line));
  return [...shortened('exitCode' in error && said ? said : message), ...places.slice(0, 3).map(line => line.trim())];
}

export default async function* report(source) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const failed = [];
  /** The names of the tests that one stands in. */
  const within = [];
  /** What each file wrote as errors. */
  const said = {};
  for await (const { type, data } of source) {
    if (type === 'test:start') within.splice(data.nesting, Infinity, data.name);
    if (type === 'test:stderr') said[data.file] = `${said[data.file] ?? ''}${data.message}`;
    if (type === 'test:stdout' || type === 'test:stderr') yield data.message;
    // What holds a test that failed is told by that one.
    if (!/^test:(pass|fail)$/.test(type) || data.details.error?.failureType === 'subtestsFailed') continue;
    const outcome = type === 'test:fail' ? 'failed' : data.skip === undefined ? 'passed' : 'skipped';
    const name = [...within.slice(0, data.nesting), data.name].join(' › ');
    counts[outcome] += 1;
    yield `${SIGNS[outcome]} ${name} (${outcome === 'skipped' ? data.skip : `${Math.round(data.details.duration_ms)} ms`})\n`;
    if (outcome !== 'failed') continue;
    const reason = why(data, said[data.file]).map(line => `    ${line}\n`).join('');
    // At once, too: the end of a run that is stopped is never written.
    yield reason;
    failed.push({ name: `${relative('', data.file ?? '')}:${data.line}: ${name}`, reason });
  }
  yield `\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`;
  for (const { name, reason } of failed) yield `\n✖ ${name}\n${reason}`;
  if (failed.length > 1) yield `\nThese failed:\n${failed.map(({ name }) => `✖ ${name}\n`).join('')}`;
}
