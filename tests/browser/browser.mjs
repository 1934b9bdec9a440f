// The browser that all tests look through, and how fast its machine is.
import { chromium } from 'playwright-core';

/** After so many milliseconds what is waited for does not come any more. */
export const WAIT = Number(process.env.WAIT ?? 60_000);
/** So many times slower than it is the browser's machine is, and so many milliseconds away is what it asks. */
const SLOWER = Number(process.env.SLOWER ?? 1);
const AWAY = Number(process.env.AWAY ?? 0);

export const launch = () => chromium.launch({
  executablePath: process.env.TALLY_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

/** Readies a page: its machine is slow, and what it asks far away, where that is wanted. */
export async function ready(page) {
  page.setDefaultTimeout(WAIT);
  if (SLOWER === 1 && AWAY === 0) return;
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', { offline: false, latency: AWAY, downloadThroughput: -1, uploadThroughput: -1 });
}
