// Adds a picture to a figure: its file, and what it shows for people who cannot see it.

import { find } from './tools.js';

/** The bytes of a file as hexadecimal digits. @param {File} file */
export async function digits(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}

/** The kinds of files that a report can show. */
export const KINDS = '.jpg,.jpeg,.png,.svg';

/**
 * Asks for a picture, which may be chosen already, and calls `add` with it. An alternative text is asked for, and begins as `alternative`.
 * @param {(picture: {name: string, alternative: string, bytes: string}) => void} add
 */
export function askPicture(alternative, add, files = null) {
  const [dialog, form, file, text] = ['add-picture', 'picture-form', 'picture-file', 'picture-alternative'].map(find);
  file.value = '';
  if (files) file.files = files;
  text.value = alternative;
  form.onsubmit = async event => {
    event.preventDefault();
    const [chosen] = file.files;
    if (!chosen || !text.value.trim()) return;
    dialog.close();
    add({ name: chosen.name, alternative: text.value.trim(), bytes: await digits(chosen) });
  };
  find('picture-cancel').onclick = () => dialog.close();
  dialog.showModal();
  if (files) text.focus();
}
