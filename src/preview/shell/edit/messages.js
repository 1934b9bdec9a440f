// What the shell and the editing preview say to each other. The server's side of each is in `src/preview/edit/messages.rs`.

import { PATIENCE } from './tools.js';

/**
 * @typedef {{edition: number, page_digest: ?string, pdf_digest: ?string, saved: number, items: Item[], figures: Object<string, FigureCard>, due: DueItem[], status: FileStatus[], marks: Object<string, string>}} PlacesOfReport
 * @typedef {{id: string, kind: string, location: string[], section: string, file: string, line: number, revision: string,
 *   format: 'markdown'|'plain'|'figure'|'file', source: string, words: string, address: ?string, figures: FigureInText[],
 *   page: {selector: string}[], paper: Area[], in_list: boolean}} Item
 * @typedef {{from: number, to: number, address: string, printed: string}} FigureInText
 * @typedef {{page: number, left: number, top: number, width: number, height: number}} Area
 * @typedef {{name: string, printed: string, item: ?string, follows: ?string, last: ?string, change: ?string, paper: Area[], source: ?string,
 *   checks: CheckState[], used_in: string[], leads_to: string[]}} FigureCard
 * @typedef {{rule: string, holds: boolean, words: string[], acknowledged: ?string}} CheckState
 * @typedef {{id: string, revision: string}} Followed
 * @typedef {{id: string, file: string, line: number, kind: string, words: string, address: ?string}} DueItem
 * @typedef {{file: string, new: number, confirmed: number, due: number}} FileStatus
 * @typedef {{report: string, ids: string[], by: string, date: string}} ConfirmRequest
 * @typedef {{changes: AskedChange[], typing: ?string}} ChangeRequest
 * @typedef {{kind: 'text'|'figure'|'file'|'mend', id: string, revision: string, text: string}
 *   | {kind: 'cells', id: string, revision: string, cells: string[][]}
 *   | {kind: 'field', id: string, revision: string, name: string, text: string}
 *   | {kind: 'insert', id: string, revision: string, list: ?string, before: boolean, values: [string, string][]}
 *   | {kind: 'add', id: string, revision: string, list: string, before: boolean, given: *}
 *   | {kind: 'within', id: string, revision: string, list: string, given: *}
 *   | {kind: 'remove'|'duplicate', id: string, revision: string, list: ?string}
 *   | {kind: 'away', id: string, revision: string}
 *   | {kind: 'move', id: string, revision: string, list: ?string, by: number}} AskedChange
 * @typedef {{levels: RoomLevel[], notes: KnownNote[]}} Room
 * @typedef {{id: string, text: string}} KnownNote
 * @typedef {{list: string, what: string, name: string, place: number, of: number, beside: ?Asked,
 *   fields: (AskedField & {says: string})[], lists: AskedField[]}} Level
 * @typedef {Level & {id: string, revision: string, files: OwnFile[]}} RoomLevel
 * @typedef {{id: string, revision: string, name: string}} OwnFile
 * @typedef {{name: string, about: string, must: boolean, asked: Asked}} AskedField
 * @typedef {{kind: 'text', words: string[], known: string[], written: ?string, is_long: boolean}
 *   | {kind: 'some', words: string[]} | {kind: 'lines', labels: string[]} | {kind: 'cells'} | {kind: 'picture'}
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
/** Of this run of the preview. */
let token = meta.content;

/** Asks for something that is read; nothing where there is no such thing. */
async function get(path) {
  const answer = await fetch(`/~preview/edit/${path}`, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
  return answer.ok ? answer.json() : null;
}

/** Everything of a report that can be pointed at. @returns {Promise<?PlacesOfReport>} */
export const askPlaces = report => get(`places/${encodeURIComponent(report)}`);

/** All of the file that a place stands in. @returns {Promise<?Item>} */
export const askFile = ({ id }) => get(`file/${id}`).catch(() => null);

/** What a place is called now, as far as it can be followed. @returns {Promise<?Followed>} */
export const askFollowed = ({ id, revision }) => get(`followed/${id}/${revision}`);

/** What an item stands in, and what can be added there. @returns {Promise<?Room>} */
export const askRoom = ({ id, revision }) => get(`room/${id}/${revision}`).catch(() => null);

/** What a copied text is in Markdown, or why it is none. @returns {Promise<Pasted | Reason>} */
export async function askPasted(html) {
  const answer = await post('paste', { html });
  return [200, 422].includes(answer.status) ? answer.json() : { message: (await answer.text()).trim(), help: '' };
}

/** Asks for something that is written. What failed can be asked again. @returns {Promise<Answer>} */
export async function askWritten(path, body = {}) {
  try {
    const answer = await post(path, body);
    if (answer.ok) return await answer.json();
    if (answer.status === 405) return { state: 'failed', message: 'tally preview was begun without --edit' };
    const message = (await answer.text()).trim();
    return answer.status >= 500 ? { state: 'failed', message } : { state: 'refused', reasons: [{ cell: null, message, help: '' }] };
  } catch {
    return { state: 'failed', message: 'tally preview does not answer: is it still running?' };
  }
}

/** Sends what only a window of this run of the preview can send. A preview that was begun anew has another token. */
async function post(path, body) {
  const send = () => fetch(`/~preview/edit/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-tally-token': token },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE),
  });
  const answer = await send();
  return answer.status === 405 && await renewToken() ? send() : answer;
}

async function renewToken() {
  const page = await fetch('/~preview/', { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
  const fresh = new DOMParser().parseFromString(await page.text(), 'text/html').querySelector('meta[name="tally-token"]')?.content;
  if (!fresh || fresh === token) return false;
  token = fresh;
  return true;
}
