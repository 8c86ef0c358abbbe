// Builds and changes elements. Whatever a server said becomes text here, never markup.

/** An element with attributes and children; a child that is null is left out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    node.setAttribute(name, value);
  }
  node.append(...children.filter(child => child !== null));
  return node;
}

/** An element of an SVG picture. */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) {
    node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

export function byId(id) {
  return document.getElementById(id);
}

/** Sets a text; what is the same already is not touched, so that nobody hears it twice. */
export function tell(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** Shows a text, or hides its element where there is none. */
export function tellOrHide(node, text) {
  node.hidden = !text;
  tell(node, text || '');
}

/** Sets an attribute; null removes it. */
export function set(node, name, value) {
  if (value === null) {
    node.removeAttribute(name);
  } else if (node.getAttribute(name) !== String(value)) {
    node.setAttribute(name, value);
  }
}

/** Makes these nodes the children, in this order; those in place stay, and so does the focus. */
export function arrange(parent, nodes) {
  const focused = document.activeElement;
  const kept = new Set(nodes);
  for (const child of [...parent.children]) {
    if (!kept.has(child)) {
      child.remove();
    }
  }
  nodes.forEach((node, place) => {
    if (parent.children[place] !== node) {
      parent.insertBefore(node, parent.children[place] ?? null);
    }
  });
  if (focused !== document.activeElement && focused?.isConnected) {
    focused.focus({ preventScroll: true });
  }
}

/** A list of facts; one without a value is not shown. */
export function facts(list, pairs) {
  const known = pairs.filter(([, value]) => value !== null && value !== undefined && value !== '');
  list.hidden = known.length === 0;
  list.replaceChildren(
    ...known.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, String(value)))),
  );
}

/** A bar with a label and its value in words. */
export function bar(label, named) {
  const progress = el('progress', { 'aria-label': `${named}: ${label}`, max: 1, value: 0 });
  const value = el('span', { class: 'bar-value' });
  const node = el(
    'div',
    { class: 'bar' },
    el('p', { class: 'bar-head' }, el('span', {}, label), value),
    progress,
  );
  return {
    node,
    /** How full from 0 to 1, the same in words, and how it is to be taken: '', near or over. */
    show(share, words, level = '') {
      node.hidden = false;
      progress.value = Math.min(1, Math.max(0, share));
      set(progress, 'aria-valuetext', words);
      tell(value, words);
      set(node, 'data-level', level || null);
    },
    hide() {
      node.hidden = true;
    },
  };
}
