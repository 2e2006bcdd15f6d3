import type { CallView } from '../hub/contract';
import { el, setText } from '../shell/dom';

const tones = { good: 'Good', watch: 'Watch', risk: 'Risk' } as const;

/** What is watched for and was said in a call: a badge each, kept while the call lives. A screen reader is told each once. */
export class LiveFlags {
  readonly element = el('div', { class: 'live-flags', 'aria-live': 'polite', 'aria-relevant': 'additions' });
  readonly #badges = new Map<string, { badge: HTMLElement; count: HTMLElement }>();

  show(flags: CallView['flags']): void {
    for (const flag of flags) {
      const key = `${flag.ours} ${flag.phrase} ${flag.tone}`;
      const known = this.#badges.get(key) ?? this.#add(key, flag);
      setText(known.count, flag.count > 1 ? `${flag.count} times` : '');
    }
    // A page that was away while the call ended and another one of its id began: never seen, but cheap to get right.
    if (flags.length === 0 && this.#badges.size > 0) {
      this.#badges.clear();
      this.element.replaceChildren();
    }
  }

  #add(key: string, flag: CallView['flags'][number]): { badge: HTMLElement; count: HTMLElement } {
    const count = el('span', { class: 'flag-count', 'aria-live': 'off' });
    const tone = el('span', { class: 'visually-hidden' });
    setText(tone, `${tones[flag.tone]}:`);
    const words = el('span', {});
    setText(words, `${flag.who}: “${flag.phrase}”`);
    const badge = el('span', { class: 'flag', 'data-tone': flag.tone, title: `${tones[flag.tone]}: said by ${flag.who}` }, tone, words, count);
    this.element.append(badge);
    const added = { badge, count };
    this.#badges.set(key, added);
    return added;
  }
}
