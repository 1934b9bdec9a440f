// What the server told last: everything else works its way towards it.

import { RETRY } from './tools.js';

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
  const events = new EventSource('events');
  events.onmessage = ({ data }) => {
    state = { reports: [], findings: [], ...JSON.parse(data) };
    if (isLost) regained();
    isLost = false;
    told();
  };
  events.onerror = () => {
    isLost = true;
    state ??= { reports: [], findings: [], state: 'lost' };
    told();
    // A refusal, unlike a silence, ends an EventSource for good.
    if (events.readyState === EventSource.CLOSED) setTimeout(() => listen({ told, regained }), RETRY);
  };
}
