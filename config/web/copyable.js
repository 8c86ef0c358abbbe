// A text to be typed elsewhere, with a button that copies it.

import { el, tell, tellOrHide } from './dom.js';

/** Copies what a node shows, and says so on the button. */
export async function copyText(node, button) {
  try {
    await navigator.clipboard.writeText(node.textContent);
    tell(button, 'Copied');
    setTimeout(() => tell(button, 'Copy'), 2000);
  } catch {
    // Only a page from this machine or over HTTPS may copy; anywhere else it is selected.
    getSelection().selectAllChildren(node);
  }
}

/** A line with a label, such a text and its button; hidden where there is none. */
export function copyable(label) {
  const code = el('code');
  const button = el('button', { type: 'button' }, 'Copy');
  button.addEventListener('click', () => copyText(code, button));
  const node = el('p', { class: 'to-type' }, `${label} `, code, ' ', button);
  return {
    node,
    show(text) {
      node.hidden = !text;
      tellOrHide(code, text);
    },
  };
}
