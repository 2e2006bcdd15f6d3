import { el, icon } from '../shell/dom';

export interface Notice {
  readonly sentence: string;
  readonly tone: 'plain' | 'warn' | 'danger';
}

/** Lines about the sound: each can be put away, and comes again when it is true anew. */
export class SoundNotices {
  readonly element = el('div', { class: 'sound-notices', 'aria-live': 'polite' });
  readonly #shown = new Map<string, HTMLElement>();
  #putAway: ReadonlySet<string> = new Set();

  show(notices: readonly Notice[]): void {
    const sentences = new Set(notices.map((one) => one.sentence));
    this.#putAway = new Set([...this.#putAway].filter((sentence) => sentences.has(sentence)));
    for (const [sentence, line] of this.#shown) {
      if (sentences.has(sentence)) continue;
      line.remove();
      this.#shown.delete(sentence);
    }
    for (const notice of notices) {
      if (this.#shown.has(notice.sentence) || this.#putAway.has(notice.sentence)) continue;
      const line = this.#lineOf(notice);
      this.#shown.set(notice.sentence, line);
      this.element.append(line);
    }
  }

  #lineOf({ sentence, tone }: Notice): HTMLElement {
    const close = el('button', { type: 'button', class: 'btn-close', 'aria-label': 'Dismiss' });
    // Alone "danger" interrupts a screen reader: nobody hears the person.
    const line = el('div', { class: `notice notice-${tone}`, role: tone === 'danger' ? 'alert' : false },
      icon(tone === 'plain' ? 'info-circle' : 'exclamation-triangle'), el('p', {}, sentence), close);
    close.addEventListener('click', () => {
      line.remove();
      this.#shown.delete(sentence);
      this.#putAway = new Set([...this.#putAway, sentence]);
    });
    return line;
  }
}
