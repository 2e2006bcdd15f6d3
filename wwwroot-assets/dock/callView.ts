import type { Control } from '../hub/controls';
import { button, el, setLabel, setText } from '../shell/dom';
import { duration } from '../shell/duration';
import { actionsOf, type CallAction } from './callActions';
import { recordingWords, stateWords, transferWords } from './callWords';
import { Members } from './members';
import type { Shown, ShownCall } from './shownCall';

const style: Readonly<Record<CallAction, readonly [label: string, icon: string, style: string]>> = {
  continue: ['Continue here', 'telephone-inbound', 'btn-primary call-wide'],
  mute: ['Mute', 'mic-mute', 'btn-quiet'],
  hold: ['Hold', 'pause-fill', 'btn-quiet'],
  keypad: ['Keypad', 'grid-3x3-gap-fill', 'btn-quiet'],
  transfer: ['Transfer', 'telephone-forward', 'btn-quiet'],
  add: ['Add person', 'person-plus', 'btn-quiet'],
  swap: ['Swap', 'arrow-left-right', 'btn-quiet'],
  merge: ['Merge', 'people', 'btn-quiet'],
  record: ['Record', 'record-circle', 'btn-quiet'],
  'pause-recording': ['Pause recording', 'pause-circle', 'btn-quiet call-wide'],
  complete: ['Complete transfer', 'telephone-forward-fill', 'btn-primary call-wide'],
  cancel: ['Cancel transfer', 'x-lg', 'btn-quiet call-wide'],
  'hang-up': ['Hang up', 'telephone-x-fill', 'btn-danger call-wide'],
};

export interface CallPanelWorld {
  act(action: CallAction): void;
  ask(control: Control): void;
  /** This person may read what is said in a recorded call. */
  readonly readsAlong: boolean;
}

function noteOf({ token, lost }: ShownCall): string {
  if (lost === 'here') return 'The sound of this call was lost. It comes back by itself; the other side hears music meanwhile.';
  if (lost === 'elsewhere') return 'The sound of this call was lost with your other phone. You can go on here; the other side hears music meanwhile.';
  return token === null ? 'You hear this call in another tab or on another device. It can be controlled here.' : '';
}

/** The region "Current call": who, in what state, since when, and what can be done. */
export class CallPanel {
  readonly element: HTMLElement;
  readonly #who = el('p', { class: 'call-who' });
  readonly #number = el('p', { class: 'call-number' });
  readonly #state = el('span', { class: 'call-state', 'aria-live': 'polite' });
  readonly #time = el('span', { class: 'call-time', role: 'timer', 'aria-label': 'Duration' });
  readonly #recording = el('p', { class: 'call-recording' });
  readonly #recordingState = el('span', { 'aria-live': 'polite' });
  readonly #words = el('a', { class: 'call-words' }, 'Read along');
  readonly #transfer = el('p', { class: 'call-transfer', 'aria-live': 'polite' });
  readonly #note = el('p', { class: 'call-note' });
  readonly #members: Members;
  readonly #buttons = new Map<CallAction, HTMLButtonElement>();
  #call: ShownCall | null = null;
  #actions: ReadonlySet<CallAction> = new Set();

  constructor(world: CallPanelWorld) {
    this.#recording.append(this.#recordingState, ...world.readsAlong ? [this.#words] : []);
    this.#members = new Members((control) => { world.ask(control); });
    for (const [action, [label, icon, css]] of Object.entries(style) as [CallAction, (typeof style)[CallAction]][]) {
      this.#buttons.set(action, button(label, icon, css, () => { world.act(action); }));
    }
    this.element = el('section', { class: 'dock-call', 'aria-label': 'Current call', tabindex: '-1', hidden: true },
      this.#who, this.#number, el('p', { class: 'call-line' }, this.#state, this.#time), this.#recording, this.#transfer, this.#note,
      this.#members.element, el('div', { class: 'call-buttons' }, ...this.#buttons.values()));
  }

  /** What can be done with the call that is shown. */
  get actions(): ReadonlySet<CallAction> {
    return this.#actions;
  }

  button(action: CallAction): HTMLButtonElement | null {
    return this.#buttons.get(action) ?? null;
  }

  show({ current: call, others }: Shown): void {
    this.#call = call;
    this.#actions = call ? actionsOf(call, others) : new Set();
    this.element.hidden = call === null;
    for (const [action, one] of this.#buttons) one.hidden = !this.#actions.has(action);
    this.#members.show(call);
    if (!call) return;
    this.element.dataset.state = call.state === 'connected' && (call.holding || call.held || call.lost !== 'no') ? 'held' : call.state;
    setText(this.#who, call.who);
    setText(this.#number, call.number);
    this.#number.hidden = call.number === '';
    setText(this.#state, stateWords(call));
    setText(this.#transfer, transferWords(call));
    this.#transfer.hidden = this.#transfer.textContent === '';
    setText(this.#note, noteOf(call));
    this.#note.hidden = this.#note.textContent === '';
    this.#toggle('mute', call.muted, ['Mute', 'Unmute']);
    this.#toggle('hold', call.holding, ['Hold', 'Resume']);
    const recording = call.view?.recording ?? 'off';
    this.#toggle('record', recording !== 'off', ['Record', 'Stop recording']);
    this.#toggle('pause-recording', recording === 'paused', ['Pause recording', 'Resume recording']);
    setText(this.#recordingState, recordingWords(recording));
    this.#words.hidden = call.callId === null;
    if (call.callId !== null) this.#words.href = `/live/${encodeURIComponent(call.callId)}`;
    this.#recording.dataset.recording = recording;
    this.#recording.hidden = recording === 'off';
    this.tick();
  }

  /** Each second: the duration goes on. */
  tick(): void {
    const since = this.#call?.since ?? null;
    setText(this.#time, since === null ? '' : duration(Date.now() - since));
  }

  /** Which of the buttons has its tool open below the call. */
  setOpen(open: CallAction | null): void {
    for (const tool of ['keypad', 'transfer', 'add'] as const) this.#buttons.get(tool)?.setAttribute('aria-expanded', String(tool === open));
  }

  #toggle(action: CallAction, on: boolean, [off, undo]: readonly [string, string]): void {
    const one = this.#buttons.get(action);
    if (!one) return;
    one.setAttribute('aria-pressed', String(on));
    setLabel(one, on ? undo : off);
  }
}
