// The server's stream of states, which is taken up again for as long as anybody listens.

import { RETRY } from './tools.js';

/** Calls `heard` with the text of every new state, and `lost` when the server is out of reach. */
export function follow({ heard, lost }) {
  const events = new EventSource('/~preview/events');
  events.onmessage = ({ data }) => heard(data);
  events.onerror = () => {
    lost();
    // A refusal, unlike a silence, ends an EventSource for good.
    if (events.readyState === EventSource.CLOSED) setTimeout(() => follow({ heard, lost }), RETRY);
  };
}
