// One stream for all tabs: a browser keeps six connections to an address, so that six tabs with a stream each would
// leave none for their pages.

import { follow } from './events.js';

const tabs = new Set();
let last = null;

function tell(message) {
  last = message;
  for (const tab of tabs) tab.postMessage(message);
}

addEventListener('connect', ({ ports: [tab] }) => {
  tabs.add(tab);
  tab.onmessage = () => tabs.delete(tab);
  if (last) tab.postMessage(last);
});

follow({ heard: text => tell({ text }), lost: () => tell({}) });
