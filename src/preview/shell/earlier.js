// With which earlier state what changed is shown: chosen once for every place that shows it.

import { state } from './newest.js';
import { make, memory } from './tools.js';

const NAMES = { commit: 'the last commit', draft: 'the last draft', edition: 'the edition before' };
/** What is said of a report that was not there then. */
const MISSING = {
  commit: 'The last commit has no report like this.',
  draft: 'No draft of this report is committed. A line “draft:” with a day in its report.yaml makes it a draft.',
  edition: 'This report follows no other edition.',
};
const NOTHING = { reports: {}, notes: [], stylesheet_digest: null };

/** Its name: that which was chosen; else the first one that has something to show of the report. */
export function earlierOf(report) {
  const known = Object.keys(NAMES);
  const chosen = memory.read('earlier', null);
  return known.includes(chosen) ? chosen : known.find(name => state.changes.since[name]?.reports[report?.id]) ?? known[0];
}

/** What changed since then, in all reports. */
export const changesSince = report => state.changes.since[earlierOf(report)] ?? NOTHING;

/** Why nothing is shown of a report: what the comparison says, or that there was no such report. */
export function whyNothing(report) {
  const { notes } = changesSince(report);
  const isCompared = earlierOf(report) in state.changes.since;
  return notes.length || !isCompared ? notes : [MISSING[earlierOf(report)]];
}

/** Lets it be chosen in a field; that it was is told to the whole window as `tally-earlier`. */
export function readyChoice(field) {
  field.replaceChildren(...Object.entries(NAMES).map(([value, textContent]) => make('option', { value, textContent })));
  field.addEventListener('change', () => {
    memory.write('earlier', field.value);
    document.dispatchEvent(new Event('tally-earlier'));
  });
}
