// What a screen reader is told of a page, as Chromium hands it over: a tree, and as lines that can be written down.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SILENT = new Set(['InlineTextBox', 'LineBreak', 'none', 'generic']);

/** The tree of a page: what is heard, each with its role, its name and what it holds. */
export async function heard(page) {
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
export function told(all, depth = 0) {
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

/** Holds what is heard against what was written down under a name: who changes it reads what changes. HEARD=write writes it anew. */
export function assertHeard(name, lines) {
  const folder = fileURLToPath(new URL('heard/', import.meta.url));
  const file = `${folder}${name}.txt`;
  const now = `${lines.join('\n')}\n`;
  if (process.env.HEARD === 'write') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, now);
  }
  assert.ok(existsSync(file), `${file} is not written yet: HEARD=write npm test`);
  const [before, after] = [readFileSync(file, 'utf8'), now].map(text => text.split('\n'));
  const at = after.findIndex((line, place) => line !== before[place]);
  assert.ok(at < 0 && before.length === after.length, `line ${at + 1} was: ${before[at]}\nline ${at + 1} is: ${after[at]}\n${before.length} lines were heard, and are now ${after.length}`);
}
