// The browser that all tests look through, and how fast and how steady its machine is.
import { chromium } from 'playwright-core';

/** After so many milliseconds what is waited for does not come any more. */
export const WAIT = Number(process.env.WAIT ?? 60_000);
/** So many times slower than it is the browser's machine is, and so many milliseconds away is what it asks. */
const SLOWER = Number(process.env.SLOWER ?? 1);
const AWAY = Number(process.env.AWAY ?? 0);
/** With a number, all that is asked and answered is late, now more and now less; with the same number it is so again. */
const UNSTEADY = Number(process.env.UNSTEADY ?? 0);

export const launch = () => chromium.launch({
  executablePath: process.env.TALLY_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

/** A function that waits mostly for a moment, and now and then for almost a second. */
function lateness(seed) {
  let last = seed;
  const next = () => (last = last * 48_271 % 2_147_483_647) / 2_147_483_647;
  return () => new Promise(done => setTimeout(done, next() ** 4 * 900));
}

/** Waits as long as something is late; where nothing is to be, there is no such function. */
export const late = UNSTEADY ? lateness(UNSTEADY) : null;

/** Lets what the program asks go out late, and its answers come late; and so what the browser loads by itself. */
async function unsettle(page) {
  await page.addInitScript(`{
    const late = (${lateness})(${UNSTEADY});
    const { fetch } = window;
    window.fetch = async (...asked) => {
      await late();
      const answer = await fetch(...asked);
      await late();
      return answer;
    };
  }`);
  await page.route('**/*', async route => {
    if (route.request().resourceType() !== 'fetch') await late();
    await route.continue();
  });
}

/** Readies a page: its machine is slow, and what it asks far away or late, where that is wanted. */
export async function ready(page) {
  page.setDefaultTimeout(WAIT);
  if (late) await unsettle(page);
  if (SLOWER === 1 && AWAY === 0) return;
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', { offline: false, latency: AWAY, downloadThroughput: -1, uploadThroughput: -1 });
}
