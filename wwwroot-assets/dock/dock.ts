import type { SoundParts } from '../devices/startSound';
import type { CallView } from '../hub/contract';
import type { Phone } from '../phone/phoneState';
import { el, setText } from '../shell/dom';
import { CallAlert } from './alerts';
import { CallPanel } from './callView';
import { DockFoot } from './foot';
import { IncomingDialog } from './incomingView';
import { Keys, type Action } from './keys';
import { NumberField, type NumberFieldWorld } from './numberField';
import { ProblemLine } from './problemLine';
import { shownCall } from './shownCall';
import { statusOf } from './status';

/** What the dock asks of the phone and the server. */
export interface DockWorld extends Pick<NumberFieldWorld, 'resolve'> {
  dial(dial: string, number: string, name: string | null): void;
  accept(): void;
  reject(): void;
  hangUp(): void;
  toggleMute(): void;
  takeOver(): void;
  hangUpThroughHub(callId: string): void;
  callMe(): Promise<void>;
}

/** The phone as the person sees it. Everything shown follows from the phone's state and the person's live calls. */
export class Dock {
  readonly #status = el('p', { class: 'dock-status', role: 'status', 'aria-label': 'Phone' });
  readonly #number = el('span', { class: 'dock-number' });
  readonly #problem: ProblemLine;
  readonly #field: NumberField;
  readonly #call: CallPanel;
  readonly #incoming: IncomingDialog;
  readonly #outcome = el('p', { class: 'dock-outcome', 'aria-live': 'polite' });
  readonly #alert = new CallAlert();
  readonly #foot: DockFoot;
  #phone: Phone | null = null;
  #inCall = false;
  /** The outcome that was read: whoever writes the next number is done with it. */
  #read: Phone['outcome'] = null;
  #mine: ReadonlyMap<string, CallView> = new Map();

  constructor(private readonly root: HTMLElement, private readonly world: DockWorld) {
    this.#problem = new ProblemLine(root.dataset.signIn ?? '/', () => { world.takeOver(); });
    this.#field = new NumberField({
      resolve: (text) => world.resolve(text),
      call: ({ dial, number, name }) => { world.dial(dial, number, name); },
    });
    this.#call = new CallPanel(() => { world.toggleMute(); }, () => { this.#hangUp(); });
    this.#incoming = new IncomingDialog(() => { world.accept(); }, () => { world.reject(); });
    const keys = new Keys((action) => this.#act(action));
    this.#foot = new DockFoot(keys.element, root.dataset.demo === 'true' ? () => world.callMe() : null);
    this.#call.element.tabIndex = -1;
    this.#field.element.addEventListener('input', () => {
      this.#read = this.#phone?.outcome ?? null;
      this.#render();
    });
    root.replaceChildren(
      el('div', { class: 'dock-head' }, this.#status, this.#number),
      this.#problem.element, this.#outcome, this.#call.element, this.#field.element, this.#foot.element, this.#incoming.element);
    setInterval(() => { this.#call.tick(); }, 1_000);
  }

  set number(number: string | null) {
    setText(this.#number, number ?? '');
  }

  placeSound({ notices, opener, dialog }: SoundParts): void {
    this.#problem.element.after(notices);
    this.#foot.element.prepend(opener);
    this.root.append(dialog);
  }

  showPhone(phone: Phone): void {
    this.#phone = phone;
    this.#render();
  }

  showMine(mine: ReadonlyMap<string, CallView>): void {
    this.#mine = mine;
    this.#render();
  }

  #render(): void {
    const phone = this.#phone;
    if (!phone) return;
    const status = statusOf(phone);
    setText(this.#status, status.text);
    this.#status.dataset.tone = status.tone;
    this.#problem.show(phone);
    this.#incoming.show(phone.call);
    this.#alert.show(phone.call?.state === 'incoming' ? phone.call.name ?? phone.call.number : null);
    const call = shownCall(phone, this.#mine);
    setText(this.#outcome, call || phone.outcome === this.#read ? '' : phone.outcome?.sentence ?? '');
    this.#outcome.classList.toggle('text-danger', phone.outcome?.tone === 'bad');
    this.#outcome.hidden = this.#outcome.textContent === '';
    // A call whose sound is elsewhere, or lost, does not keep this page from making one.
    this.#swap(call?.own === true, () => { this.#call.show(call); });
    this.#field.element.hidden = call?.own === true || phone.place === 'elsewhere' || phone.registration === 'destroyed';
  }

  /** Field and call take each other's place; the focus goes along if it was there, and nowhere else. */
  #swap(toCall: boolean, show: () => void): void {
    const leaving = toCall ? this.#field.element : this.#call.element;
    const hadFocus = leaving.contains(document.activeElement) && !leaving.hidden;
    const changes = toCall !== this.#inCall;
    this.#inCall = toCall;
    show();
    if (!changes) return;
    if (toCall) this.#field.clear();
    this.#field.element.hidden = toCall;
    if (!hadFocus) return;
    if (toCall) this.#call.element.focus();
    else this.#field.focus();
  }

  #hangUp(): void {
    const call = this.#call.call;
    if (call?.own) this.world.hangUp();
    else if (call?.callId) this.world.hangUpThroughHub(call.callId);
  }

  #act(action: Action): boolean {
    const phone = this.#phone;
    if (!phone) return false;
    switch (action) {
      case 'accept':
        if (phone.call?.state !== 'incoming') return false;
        this.world.accept();
        return true;
      case 'reject':
        if (phone.call?.state !== 'incoming') return false;
        this.world.reject();
        return true;
      case 'mute':
        if (phone.call?.state !== 'connected') return false;
        this.world.toggleMute();
        return true;
      case 'end':
        if (!this.#call.call) return false;
        this.#hangUp();
        return true;
    }
  }
}
