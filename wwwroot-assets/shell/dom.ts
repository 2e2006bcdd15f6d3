type Attributes = Readonly<Record<string, string | boolean>>;

/** Makes an element: el('button', { type: 'button', class: 'btn' }, 'Call'). */
export function el<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: (Node | string)[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (value !== false) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const svg = 'http://www.w3.org/2000/svg';

/** One of the icons in icons/list.txt; an ornament beside words, never in their place. */
export function icon(name: string): SVGSVGElement {
  const element = document.createElementNS(svg, 'svg');
  element.setAttribute('class', 'icon');
  element.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(svg, 'use');
  use.setAttribute('href', `/dist/icons.svg#${name}`);
  element.append(use);
  return element;
}

export function button(label: string, iconName: string, style: string, onClick: () => void): HTMLButtonElement {
  const element = el('button', { type: 'button', class: `btn ${style}` }, icon(iconName), label);
  element.addEventListener('click', onClick);
  return element;
}

/** Changes the word on a button that was made with button(). */
export function setLabel(button: HTMLButtonElement, label: string): void {
  const text = button.lastChild;
  if (text && text.textContent !== label) text.textContent = label;
}

/** Writes only what is new, so that screen readers do not hear it twice. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
