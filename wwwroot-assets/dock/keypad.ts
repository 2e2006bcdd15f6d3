import { el, setText } from '../shell/dom';
import { DigitSender, digitsIn, shown } from './digitSender';

const keys: readonly (readonly [key: string, letters: string])[] = [
  ['1', ''], ['2', 'ABC'], ['3', 'DEF'], ['4', 'GHI'], ['5', 'JKL'], ['6', 'MNO'],
  ['7', 'PQRS'], ['8', 'TUV'], ['9', 'WXYZ'], ['*', ''], ['0', ''], ['#', ''],
];

const noDigits = 'Only 0–9, *, #, A–D and w (a pause of half a second) can be sent.';
const stored = 'aridialer-hide-digits';

export interface KeypadWorld {
  /** True where the server accepted them. */
  send(callId: string, digits: string, masked: boolean): Promise<boolean>;
  /** Lets the person hear what they press. */
  tone(digit: string): void;
  closed(): void;
}

/** Twelve keys and a field that takes typing and pasting; both send at once, in order. */
export class Keypad {
  readonly element: HTMLElement;
  readonly #sent = el('input', {
    class: 'form-control keypad-sent', id: 'keypad-sent', type: 'text', autocomplete: 'off', spellcheck: 'false', inputmode: 'tel', 'aria-describedby': 'keypad-said',
  });
  readonly #hide = el('input', { type: 'checkbox', class: 'form-check-input', id: 'keypad-hide' });
  readonly #said = el('p', { class: 'keypad-said', id: 'keypad-said', 'aria-live': 'polite' });
  #callId: string | null = null;
  #sender: DigitSender | null = null;
  #shown = '';
  #back: HTMLElement | null = null;

  constructor(private readonly world: KeypadWorld) {
    this.#hide.checked = localStorage.getItem(stored) === 'yes';
    this.#hide.addEventListener('change', () => { localStorage.setItem(stored, this.#hide.checked ? 'yes' : 'no'); });
    this.#sent.addEventListener('input', () => { this.#typed(); });
    this.element = el('section', { class: 'dock-keypad', 'aria-label': 'Keypad', hidden: true },
      el('label', { for: 'keypad-sent' }, 'Digits'), this.#sent, this.#said,
      el('div', { class: 'keypad-keys' }, ...keys.map(([key, letters]) => this.#key(key, letters))),
      el('div', { class: 'form-check' }, this.#hide, el('label', { class: 'form-check-label', for: 'keypad-hide' }, 'Hide digits in the history')));
    this.element.addEventListener('keydown', (event) => { this.#onKey(event); });
    this.element.addEventListener('paste', (event) => {
      if (event.target === this.#sent) return;
      event.preventDefault();
      this.#enter(event.clipboardData?.getData('text/plain') ?? '');
    });
  }

  get callId(): string | null {
    return this.#callId;
  }

  open(callId: string, back: HTMLElement | null): void {
    this.#back = back;
    this.#callId = callId;
    this.#sender = new DigitSender(
      (digits, masked) => this.world.send(callId, digits, masked),
      (lost) => { setText(this.#said, `Not sent: ${lost}`); });
    this.#show('');
    setText(this.#said, '');
    this.element.hidden = false;
    this.#sent.focus();
  }

  close(): void {
    if (this.#callId === null) return;
    const hadFocus = this.element.contains(document.activeElement);
    this.#callId = null;
    this.element.hidden = true;
    this.world.closed();
    if (hadFocus) this.#back?.focus();
  }

  #key(key: string, letters: string): HTMLButtonElement {
    const one = el('button', { type: 'button', class: 'btn btn-quiet keypad-key', 'aria-label': key },
      el('span', {}, key), el('small', { 'aria-hidden': 'true' }, letters));
    one.addEventListener('click', () => { this.#enter(key); });
    return one;
  }

  /** A digit typed while a key or the switch has the focus. */
  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.preventDefault();
      this.close();
      return;
    }
    const isText = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.target === this.#sent || !isText || event.key === ' ' || digitsIn(event.key) === null) return;
    event.preventDefault();
    this.#enter(event.key);
  }

  /** What is in the field beyond what was sent is new, however it came there. What was sent cannot be taken back. */
  #typed(): void {
    const { value } = this.#sent;
    const added = value.startsWith(this.#shown) ? value.slice(this.#shown.length) : value.replaceAll('•', '');
    const isDeleted = this.#shown.startsWith(value);
    this.#show(this.#shown);
    if (!isDeleted) this.#enter(added);
  }

  #enter(text: string): void {
    const digits = digitsIn(text);
    setText(this.#said, digits === null ? noDigits : '');
    if (!digits) return;
    const masked = this.#hide.checked;
    if (digits.length === 1) this.world.tone(digits);
    this.#show(this.#shown + shown({ digits, masked }));
    this.#sender?.add(digits, masked);
  }

  #show(text: string): void {
    this.#shown = text;
    this.#sent.value = text;
    this.#sent.setSelectionRange(text.length, text.length);
    this.#sent.scrollLeft = this.#sent.scrollWidth;
  }
}
