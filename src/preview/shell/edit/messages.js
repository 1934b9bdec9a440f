// What the shell and the editing preview say to each other. The server's side of each is in `src/preview/edit/messages.rs`.

/**
 * @typedef {{edition: number, saved: number, items: Item[], figures: Object<string, FigureCard>, due: DueItem[], status: FileStatus[], marks: Object<string, string>}} PlacesOfReport
 * @typedef {{id: string, kind: string, location: string[], section: string, file: string, line: number, revision: string,
 *   format: 'markdown'|'plain'|'figure', source: string, words: string, address: ?string, figures: FigureInText[],
 *   page: {selector: string}[], paper: Area[], in_list: boolean}} Item
 * @typedef {{from: number, to: number, address: string, printed: string}} FigureInText
 * @typedef {{page: number, left: number, top: number, width: number, height: number}} Area
 * @typedef {{name: string, printed: string, item: ?string, follows: ?string, last: ?string, change: ?string, source: ?string,
 *   checks: CheckState[], used_in: string[], leads_to: string[]}} FigureCard
 * @typedef {{rule: string, holds: boolean, words: string[], acknowledged: ?string}} CheckState
 * @typedef {{text: string, left: number, top: number, width: number, height: number}} PaperWord
 * @typedef {{id: string, file: string, line: number, kind: string, words: string, address: ?string}} DueItem
 * @typedef {{file: string, new: number, confirmed: number, due: number}} FileStatus
 * @typedef {{report: string, ids: string[], by: string, date: string}} ConfirmRequest
 * @typedef {{changes: Object[], typing: boolean}} ChangeRequest
 * @typedef {{levels: RoomLevel[], notes: {id: string, text: string}[]}} Room
 * @typedef {{id: string, revision: string, list: string, what: string, name: string, place: number, of: number,
 *   beside: ?Asked, fields: (AskedField & {says: string})[], lists: AskedField[],
 *   files: {id: string, revision: string, name: string}[]}} RoomLevel
 * @typedef {{name: string, about: string, must: boolean, asked: Asked}} AskedField
 * @typedef {{kind: 'text', words: string[], known: string[], written: ?string, is_long: boolean}
 *   | {kind: 'some', words: string[]} | {kind: 'lines', labels: string[]} | {kind: 'cells'}
 *   | {kind: 'record', fields: AskedField[]} | {kind: 'list', of: Asked, most: ?number}
 *   | {kind: 'choice', ways: {name: string, about: string, asked: Asked}[]}
 *   | {kind: 'file', files: string[], new: ?Asked}} Asked
 * @typedef {{html: string}} PasteRequest
 * @typedef {{markdown: string, left_out: string[]}} Pasted
 * @typedef {{id: string, revision: string, name: string, alternative: string, bytes: string}} PictureRequest
 * @typedef {{cell: ?number[], message: string, help: string}} Reason
 * @typedef {{saved: number, undo: ?string, redo: ?string}} EditState
 * @typedef {{state: 'saved', revisions: Object<string, string>, ids: Object<string, string>, saved: number, undo: ?string, redo: ?string}
 *   | {state: 'refused', reasons: Reason[]}
 *   | {state: 'conflict', file: string, revision: string, yours: string, theirs: string}
 *   | {state: 'failed', message: string}} Answer
 */

const meta = document.querySelector('meta[name="tally-token"]');
/** Lets the editor's own style rules stand in the page. */
export const nonce = meta.dataset.nonce;

/** Everything of a report that can be pointed at. @returns {Promise<?PlacesOfReport>} */
export async function askPlaces(report) {
  const answer = await fetch(`/~preview/edit/places/${encodeURIComponent(report)}`, { cache: 'no-store' });
  return answer.ok ? answer.json() : null;
}

/** What an item stands in, and what can be added there. @returns {Promise<?Room>} */
export async function askRoom({ id, revision }) {
  const answer = await fetch(`/~preview/edit/room/${id}/${revision}`, { cache: 'no-store' }).catch(() => null);
  return answer?.ok ? answer.json() : null;
}

/** The words of a page of the PDF, in per cent of the page. @returns {Promise<PaperWord[]>} */
export async function askWords(report, page) {
  const answer = await fetch(`/~preview/edit/words/${encodeURIComponent(report)}/${page}`, { cache: 'no-store' });
  return answer.ok ? answer.json() : [];
}

/** What a copied text is in Markdown, or why it is none. @returns {Promise<Pasted | Reason>} */
export async function askPasted(html) {
  const answer = await post('paste', { html });
  return [200, 422].includes(answer.status) ? answer.json() : { message: (await answer.text()).trim(), help: '' };
}

/** Asks for something that is written. @returns {Promise<Answer>} */
export async function askWritten(path, body = {}) {
  try {
    const answer = await post(path, body);
    if (answer.ok) return await answer.json();
    return { state: 'failed', message: answer.status === 405 ? 'this window is of an earlier preview: load it again' : (await answer.text()).trim() };
  } catch {
    return { state: 'failed', message: 'tally preview does not answer: is it still running?' };
  }
}

/** Sends what only a window of this run of the preview can send. */
const post = (path, body) => fetch(`/~preview/edit/${path}`, {
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-tally-token': meta.content },
  body: JSON.stringify(body),
});
