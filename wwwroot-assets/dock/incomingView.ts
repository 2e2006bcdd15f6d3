import type { PhoneCall } from '../phone/phoneState';
import { button, el, icon, setText } from '../shell/dom';

/** The dialog "Incoming call". It does not block the page, and does not take the focus from what is being written. */
export class IncomingDialog {
  readonly element: HTMLDialogElement;
  readonly #who = el('p', { class: 'call-who' });
  readonly #number = el('p', { class: 'call-number' });

  constructor(onAccept: () => void, onReject: () => void) {
    this.element = el('dialog', { class: 'incoming', 'aria-labelledby': 'incoming-title', 'aria-describedby': 'incoming-who' },
      el('h2', { id: 'incoming-title' }, icon('telephone-inbound'), 'Incoming call'),
      el('div', { id: 'incoming-who', 'aria-live': 'assertive' }, this.#who, this.#number),
      el('div', { class: 'incoming-buttons' },
        button('Accept', 'telephone-fill', 'btn-primary', onAccept),
        button('Reject', 'telephone-x', 'btn-danger', onReject)));
  }

  show(call: PhoneCall | null): void {
    const offered = call?.state === 'incoming' ? call : null;
    // Not show(): that moves the focus, and the space that somebody is about to type would accept the call.
    this.element.open = offered !== null;
    if (!offered) return;
    setText(this.#who, offered.name ?? (offered.number || 'Unknown number'));
    setText(this.#number, offered.name === null ? '' : offered.number);
  }
}
