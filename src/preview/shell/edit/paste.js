// What was copied in Word or from a web page, as Markdown in the editor of a text.

import { askPasted } from './messages.js';

/** Whether the clipboard holds more than plain words. */
export const isFormed = data => data.types.includes('text/html') && data.getData('text/html').trim() !== '';

/**
 * Puts what was copied where the caret is, as Markdown; plain words where it cannot be read. Calls `said` with what did not
 * come along.
 * @param {DataTransfer} data
 */
export async function pasteFormed(data, insert, said) {
  // The clipboard can be read as long as its event lasts.
  const [html, plain] = ['text/html', 'text/plain'].map(kind => data.getData(kind));
  try {
    const answer = await askPasted(html);
    if (answer.markdown !== undefined) {
      insert(answer.markdown);
      said(answer.left_out.map(message => ({ message, help: '' })));
      return;
    }
    said([answer]);
    if (plain.trim()) insert(plain);
  } catch {
    insert(plain);
  }
}
