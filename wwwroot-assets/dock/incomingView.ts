import { button, el, icon, setText } from '../shell/dom';
import type { RingingCall, Shown } from './shownCall';

/** The dialog "Incoming call". It does not block the page, and does not take the focus from what is being written. */
export class IncomingDialog {
  readonly element: HTMLDialogElement;
  readonly #who = el('p', { class: 'call-who' });
  readonly #number = el('p', { class: 'call-number' });
  readonly #hint = el('p', { class: 'incoming-hint' });
  #call: RingingCall | null = null;

  constructor(onAccept: (call: RingingCall) => void, onReject: (call: RingingCall) => void) {
    this.element = el('dialog', { class: 'incoming', 'aria-labelledby': 'incoming-title', 'aria-describedby': 'incoming-who' },
      el('h2', { id: 'incoming-title' }, icon('telephone-inbound'), 'Incoming call'),
      el('div', { id: 'incoming-who', 'aria-live': 'assertive' }, this.#who, this.#number, this.#hint),
      el('div', { class: 'incoming-buttons' },
        button('Accept', 'telephone-fill', 'btn-primary', () => { if (this.#call) onAccept(this.#call); }),
        button('Reject', 'telephone-x', 'btn-danger', () => { if (this.#call) onReject(this.#call); })));
  }

  /** The call that is asked about: the one that has rung for longest. */
  get call(): RingingCall | null {
    return this.#call;
  }

  show(shown: Shown): void {
    const [first, ...more] = shown.ringing;
    this.#call = first ?? null;
    // Not show(): that moves the focus, and the space that somebody is about to type would accept the call.
    this.element.open = first !== undefined;
    if (!first) return;
    setText(this.#who, whoRings(first));
    setText(this.#number, first.name === null ? '' : first.number);
    setText(this.#hint, hintOf(shown, first, more.length));
    this.#hint.hidden = this.#hint.textContent === '';
  }
}

export function whoRings(call: RingingCall): string {
  return call.name ?? (call.number || 'Unknown number');
}

/** What accepting does besides. */
function hintOf({ current }: Shown, call: RingingCall, waiting: number): string {
  const sentences: string[] = [];
  if (call.team !== null) sentences.push(`For the team ${call.team}.`);
  if (current?.state === 'dialing' || current?.state === 'ringing') sentences.push(`Accepting ends your call to ${current.who}.`);
  if (current?.state === 'connected' && !current.holding) sentences.push(`Accepting puts ${current.who} on hold.`);
  if (call.token === null) sentences.push('You will hear it in the tab that has the phone.');
  if (waiting > 0) sentences.push(waiting === 1 ? 'Another call rings as well.' : `${waiting} other calls ring as well.`);
  return sentences.join(' ');
}
