// Takes pictures of all pages, to look at: node pictures.mjs FOLDER
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pages, resize, start } from './support.mjs';

const folder = process.argv[2];
if (!folder) {
  console.error('Name the folder for the pictures: node pictures.mjs FOLDER');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const site = await start();
try {
  for (const name of pages) await site.visit(name, {}, async page => {
    const stem = join(folder, name.replace(/\.html$/, '').replaceAll('/', '-'));
    await page.pdf({ path: `${stem}-print.pdf`, format: 'A4', preferCSSPageSize: true });
    for (const width of [320, 768, 1280]) for (const colorScheme of ['light', 'dark']) {
      await resize(page, width);
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${stem}-${width}-${colorScheme}.png` });
      await page.screenshot({ path: `${stem}-${width}-${colorScheme}-full.png`, fullPage: true });
    }
  });
} finally {
  await site.close();
}
