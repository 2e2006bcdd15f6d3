import { button, el, setText } from '../shell/dom';
import { duration } from '../shell/duration';
import type { ShownCall } from './shownCall';

const words = { dialing: 'Dialing', ringing: 'Ringing', connecting: 'Connecting', connected: 'Connected', ending: 'Ending' } as const;

/** The region "Current call": who, in what state, since when, and what can be done. */
export class CallPanel {
  readonly element: HTMLElement;
  readonly #who = el('p', { class: 'call-who' });
  readonly #number = el('p', { class: 'call-number' });
  readonly #state = el('span', { class: 'call-state', 'aria-live': 'polite' });
  readonly #time = el('span', { class: 'call-time', role: 'timer', 'aria-label': 'Duration' });
  readonly #note = el('p', { class: 'call-note' },
    'The sound of this call is in another tab or on another device, or ended when this page was reloaded.');
  readonly #mute: HTMLButtonElement;
  #call: ShownCall | null = null;

  constructor(onMute: () => void, onHangUp: () => void) {
    this.#mute = button('Mute', 'mic-mute', 'btn-quiet', onMute);
    this.element = el('section', { class: 'dock-call', 'aria-label': 'Current call', hidden: true },
      this.#who, this.#number, el('p', { class: 'call-line' }, this.#state, this.#time), this.#note,
      el('div', { class: 'call-buttons' }, this.#mute, button('Hang up', 'telephone-x-fill', 'btn-danger', onHangUp)));
  }

  get call(): ShownCall | null {
    return this.#call;
  }

  show(call: ShownCall | null): void {
    this.#call = call;
    this.element.hidden = call === null;
    if (!call) return;
    this.element.dataset.state = call.state;
    setText(this.#who, call.who);
    setText(this.#number, call.number);
    this.#number.hidden = call.number === '';
    setText(this.#state, words[call.state]);
    this.#note.hidden = call.own;
    this.#mute.hidden = !call.own || call.state !== 'connected';
    this.#mute.setAttribute('aria-pressed', String(call.muted));
    const label = this.#mute.lastChild;
    if (label) label.textContent = call.muted ? 'Unmute' : 'Mute';
    this.tick();
  }

  /** Each second: the duration goes on. */
  tick(): void {
    const since = this.#call?.since ?? null;
    setText(this.#time, since === null ? '' : duration(Date.now() - since));
  }
}
