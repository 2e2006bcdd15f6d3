import type { SoundParts } from '../devices/startSound';
import type { CallView, NumberPreview } from '../hub/contract';
import type { Control } from '../hub/controls';
import type { Phone } from '../phone/phoneState';
import { problems } from '../phone/problems';
import { el, setText } from '../shell/dom';
import { CallAlert } from './alerts';
import { actionFor, type CallAction } from './callActions';
import { CallTools } from './callTools';
import { CallPanel } from './callView';
import { Controls, type ControlsWorld } from './controls';
import { DockFoot } from './foot';
import { IncomingDialog, whoRings } from './incomingView';
import { Keys, type Action } from './keys';
import { Notices } from './notices';
import { NumberField } from './numberField';
import { OtherCalls } from './otherCalls';
import { ProblemLine } from './problemLine';
import { shownCalls, type Shown } from './shownCall';
import { statusOf } from './status';
import type { Target } from './whomField';

/** What the dock asks of the phone, the server and the other tabs. */
export interface DockWorld extends ControlsWorld {
  resolve(text: string): Promise<NumberPreview>;
  takeOver(): void;
  callMe(): Promise<void>;
  tone(digit: string): void;
}

/** The phone as the person sees it. Everything shown follows from the phone's state and the person's live calls. */
export class Dock {
  readonly #status = el('p', { class: 'dock-status', role: 'status', 'aria-label': 'Phone' });
  readonly #number = el('span', { class: 'dock-number' });
  readonly #problem: ProblemLine;
  readonly #field: NumberField;
  readonly #panel: CallPanel;
  readonly #tools: CallTools;
  readonly #others: OtherCalls;
  readonly #incoming: IncomingDialog;
  readonly #notices = new Notices();
  readonly #outcome = el('p', { class: 'dock-outcome', 'aria-live': 'polite' });
  readonly #refusal = el('p', { class: 'dock-refusal', role: 'alert' });
  readonly #alert = new CallAlert();
  readonly #controls: Controls;
  readonly #foot: DockFoot;
  #phone: Phone | null = null;
  #shown: Shown = { current: null, others: [], ringing: [] };
  /** The outcome that was read: whoever writes the next number is done with it. */
  #read: Phone['outcome'] = null;
  /** Whom this tab called last. */
  #called: Target | null = null;
  #mine: ReadonlyMap<string, CallView> = new Map();

  constructor(private readonly root: HTMLElement, world: DockWorld) {
    const controls = this.#controls = new Controls(world, (sentence) => { setText(this.#refusal, sentence); });
    this.#problem = new ProblemLine(root.dataset.signIn ?? '/', () => { world.takeOver(); });
    this.#field = new NumberField({ resolve: (text) => world.resolve(text), call: (target) => void this.call(target) });
    this.#panel = new CallPanel({
      act: (action) => { this.#act(action); }, ask: (control) => void controls.ask(control), readsAlong: root.dataset.words === 'true',
    });
    this.#tools = new CallTools({
      resolve: (text) => world.resolve(text),
      ask: (control) => controls.ask(control),
      tone: (digit) => { world.tone(digit); },
      changed: () => { this.#render(); },
    });
    this.#others = new OtherCalls({
      swapTo: (call) => { controls.resume(call, this.#shown); },
      mergeWith: (call) => { if (this.#shown.current) controls.mergeWith(this.#shown.current, call); },
      hangUp: (call) => { controls.hangUp(call); },
    });
    this.#incoming = new IncomingDialog((call) => { controls.accept(call); }, (call) => { controls.reject(call); });
    const keys = new Keys((action) => this.#onKey(action));
    this.#foot = new DockFoot(keys.element, root.dataset.demo === 'true' ? () => world.callMe() : null);
    this.#field.element.addEventListener('input', () => {
      this.#read = this.#phone?.outcome ?? null;
      this.#render();
    });
    root.replaceChildren(
      el('div', { class: 'dock-head' }, this.#status, this.#number),
      this.#problem.element, this.#notices.element, this.#outcome, this.#panel.element, ...this.#tools.elements,
      this.#refusal, this.#others.element, this.#field.element, this.#foot.element, this.#incoming.element);
    setInterval(() => { this.#panel.tick(); }, 1_000);
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
    const isNew = phone.started > (this.#phone?.started ?? 0);
    const isToBeTriedAgain = phone.outcome?.again === true && phone.outcome !== this.#phone?.outcome;
    this.#phone = phone;
    // What was written is being called.
    if (isNew && phone.calls.at(-1)?.direction === 'outgoing') this.#field.clear();
    if (isToBeTriedAgain && this.#called) this.#field.restore(this.#called);
    this.#render();
  }

  showMine(mine: ReadonlyMap<string, CallView>): void {
    this.#mine = mine;
    this.#notices.show(mine.values());
    this.#render();
  }

  /** Asks the server; whatever it does not accept is said. */
  ask(control: Control): Promise<boolean> {
    return this.#controls.ask(control);
  }

  /** Calls, from the tab that has the phone; says why where it cannot. */
  async call(target: Target): Promise<void> {
    const before = this.#phone;
    if (before?.place === 'elsewhere') {
      if (await this.#controls.dialElsewhere(target)) this.#field.clear();
      return;
    }
    this.#called = target;
    this.#controls.dial(target);
    const isSilent = before !== null && this.#phone?.started === before.started && this.#phone.outcome === before.outcome;
    if (isSilent) setText(this.#refusal, problems.oneAtATime.sentence);
  }

  #render(): void {
    const phone = this.#phone;
    if (!phone) return;
    const status = statusOf(phone);
    setText(this.#status, status.text);
    this.#status.dataset.tone = status.tone;
    this.#problem.show(phone);
    this.#keepFocus(() => {
      const shown = this.#shown = shownCalls(phone, this.#mine);
      const [ringing] = shown.ringing;
      this.#incoming.show(shown);
      this.#alert.show(ringing ? whoRings(ringing) : null);
      this.#showOutcome(phone);
      this.#panel.show(shown);
      this.#others.show(shown);
      this.#tools.closeStale(shown.current, this.#panel.actions);
      this.#panel.setOpen(this.#tools.open);
      this.#field.element.hidden = !this.#canDial(phone);
    });
  }

  #showOutcome({ outcome }: Phone): void {
    const sentence = outcome === null || outcome === this.#read ? '' : outcome.sentence;
    const who = this.#shown.current === null ? null : outcome?.who ?? null;
    setText(this.#outcome, sentence !== '' && who !== null ? `${who}: ${sentence}` : sentence);
    this.#outcome.classList.toggle('text-danger', outcome?.tone === 'bad');
    this.#outcome.hidden = sentence === '';
  }

  /** A call whose sound is lost does not keep this page from making one; a second call begins once the first is answered. */
  #canDial(phone: Phone): boolean {
    const { current } = this.#shown;
    if (phone.registration === 'destroyed' || this.#tools.open !== null) return false;
    return current === null || current.state === 'connected' || (current.token === null && phone.place !== 'elsewhere');
  }

  /** Whoever was in the dock stays in it, though what they were on may go: by keyboard nobody starts again at the top. */
  #keepFocus(change: () => void): void {
    const hadFocus = this.root.contains(document.activeElement);
    change();
    const focused = document.activeElement;
    if (!hadFocus || (focused && this.root.contains(focused) && !focused.closest('[hidden], dialog:not([open])'))) return;
    if (!this.#panel.element.hidden) this.#panel.element.focus();
    else if (!this.#field.element.hidden) this.#field.focus();
  }

  #act(action: CallAction): void {
    const { current } = this.#shown;
    if (!current) return;
    switch (action) {
      case 'continue': this.#controls.continueHere(current); break;
      case 'record': this.#controls.record(current); break;
      case 'pause-recording': this.#controls.pauseRecording(current); break;
      case 'mute': this.#controls.mute(current); break;
      case 'hold': this.#controls.hold(current, this.#shown); break;
      case 'swap': this.#controls.swap(this.#shown); break;
      case 'merge': this.#controls.merge(this.#shown); break;
      case 'complete': if (current.callId !== null) void this.ask(['CompleteTransfer', current.callId]); break;
      case 'cancel': if (current.callId !== null) void this.ask(['CancelTransfer', current.callId]); break;
      case 'hang-up': this.#controls.hangUp(current); break;
      case 'keypad':
      case 'transfer':
      case 'add':
        this.#tools.toggle(action, current, this.#panel.button(action));
        this.#render();
        break;
    }
  }

  #onKey(action: Action): boolean {
    if (action === 'accept' || action === 'reject') {
      const ringing = this.#incoming.call;
      if (ringing) this.#controls[action](ringing);
      return ringing !== null;
    }
    const pressed = actionFor(action, this.#shown.current);
    if (pressed === null || !this.#panel.actions.has(pressed)) return false;
    this.#act(pressed);
    return true;
  }
}
