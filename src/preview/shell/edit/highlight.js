// Shows in the PDF pane what is picked.

import { find, make } from './tools.js';

let picked = null;

function show() {
  document.querySelectorAll('.picked-area').forEach(area => area.remove());
  const sheets = [...find('sheets').children];
  for (const { page, left, top, width, height } of picked?.paper ?? []) {
    const area = make('span', { className: 'picked-area', ariaHidden: 'true' });
    // The policy of the page lets no style attribute stand; styles that a script sets may.
    Object.assign(area.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
    sheets[page - 1]?.append(area);
  }
}

/** Brings the first area into view, unless it is. */
function reveal() {
  const area = document.querySelector('.picked-area');
  if (!area?.checkVisibility()) return;
  const { top, bottom } = area.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) area.scrollIntoView({ block: 'center' });
}

document.addEventListener('tally-picked', ({ detail: { item, isNew } }) => {
  picked = item;
  show();
  if (isNew) reveal();
});
// The pages are laid anew when they change.
new MutationObserver(show).observe(find('sheets'), { childList: true });
