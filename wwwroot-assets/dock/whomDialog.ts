import type { NumberPreview } from '../hub/contract';
import { button, el, setText } from '../shell/dom';
import { WhomField } from './whomField';

/** One of the dialog's answers: its word, and what it asks of the server, which says whether it accepted. */
export interface Choice {
  readonly label: string;
  readonly icon: string;
  choose(callId: string, to: string): Promise<boolean>;
}

export interface WhomDialogOptions {
  readonly id: string;
  readonly title: string;
  readonly label: string;
  readonly places: boolean;
  /** The first is what Enter does. */
  readonly choices: readonly [Choice, ...Choice[]];
}

/**
 * Asks who is meant: for a transfer, or to add a person. It stands in the dock instead of above the page, so that an
 * incoming call can be taken meanwhile.
 */
export class WhomDialog {
  readonly element: HTMLDialogElement;
  readonly #whom: WhomField;
  readonly #about = el('p', { class: 'whom-about' });
  #callId: string | null = null;
  #asking = false;
  #back: HTMLElement | null = null;

  constructor(resolve: (text: string) => Promise<NumberPreview>, options: WhomDialogOptions, private readonly onClose: () => void) {
    const { id, title, label, places, choices: [first, ...more] } = options;
    this.#whom = new WhomField(resolve, { id, label, places });
    const submit = button(first.label, first.icon, 'btn-primary', () => undefined);
    submit.type = 'submit';
    const form = el('form', { novalidate: true, 'data-turbo': 'false' }, this.#whom.element,
      el('div', { class: 'whom-buttons' }, submit,
        ...more.map((choice) => button(choice.label, choice.icon, 'btn-primary', () => void this.#choose(choice))),
        button('Cancel', 'x-lg', 'btn-quiet', () => { this.close(); })));
    this.element = el('dialog', { class: 'dock-whom-dialog', 'aria-labelledby': `${id}-title` },
      el('h2', { id: `${id}-title` }, title), this.#about, form);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#choose(first);
    });
    this.element.addEventListener('keydown', (event) => {
      // The list of colleagues takes the first Escape.
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      this.close();
    });
  }

  get callId(): string | null {
    return this.#callId;
  }

  /** Opens it for a call; the focus comes back to where it was, or else to where it is told to. */
  open(callId: string, back: HTMLElement | null, who: string): void {
    this.#back = back;
    this.#callId = callId;
    setText(this.#about, who);
    this.#whom.clear();
    this.element.open = true;
    this.#whom.focus();
  }

  close(): void {
    if (this.#callId === null) return;
    const hadFocus = this.element.contains(document.activeElement);
    this.#callId = null;
    this.element.open = false;
    this.onClose();
    if (hadFocus) this.#back?.focus();
  }

  /** One press, one request, however often it is pressed until the answer is there. */
  async #choose(choice: Choice): Promise<void> {
    const callId = this.#callId;
    if (callId === null || this.#asking) return;
    this.#asking = true;
    try {
      const target = await this.#whom.target();
      if (target && this.#callId === callId && await choice.choose(callId, target.dial)) this.close();
    } finally {
      this.#asking = false;
    }
  }
}
