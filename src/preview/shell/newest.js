// What the server told last: everything else works its way towards it.

import { follow } from './events.js';

const NOTHING = { reports: [], findings: [], changes: { since: {} } };
export let state = null;
/** Whether the server is out of reach. */
export let isLost = false;

export const chosenId = () => location.hash.slice(1);
/** The report that is looked at. */
export const chosen = () => state?.reports.find(report => report.id === chosenId()) ?? state?.reports[0];
/** Whether what is shown is taken back: then nothing that the reader knows has changed. */
export const isTakenBack = () => state.state === 'faulty';

/** Calls `told` for every new state and when the server is lost, and `regained` before that when it is back. */
export function listen({ told, regained }) {
  const heard = text => {
    state = { ...NOTHING, ...JSON.parse(text) };
    if (isLost) regained();
    isLost = false;
    told();
    document.dispatchEvent(new Event('tally-state'));
  };
  const lost = () => {
    isLost = true;
    state ??= { ...NOTHING, state: 'lost' };
    told();
    document.dispatchEvent(new Event('tally-lost'));
  };
  if (!('SharedWorker' in window)) return follow({ heard, lost });
  const { port } = new SharedWorker('/~preview/stream.js', { type: 'module' });
  port.onmessage = ({ data: { text } }) => text ? heard(text) : lost();
  addEventListener('pagehide', () => port.postMessage('gone'));
  // A page that comes back from the browser's memory listens anew.
  addEventListener('pageshow', ({ persisted }) => { if (persisted) location.reload(); });
}
