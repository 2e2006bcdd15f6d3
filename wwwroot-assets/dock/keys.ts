import { el } from '../shell/dom';

export type Action = 'accept' | 'reject' | 'mute' | 'hold' | 'keypad' | 'end' | 'record' | 'pause' | 'go-on';

/** By place on the keyboard, not by letter: with Shift, "1" is another character on every layout. */
const actions: Readonly<Record<string, Action>> = {
  KeyA: 'accept', KeyR: 'reject', KeyM: 'mute', KeyH: 'hold', KeyD: 'keypad', Digit1: 'end',
  Digit2: 'record', Digit3: 'pause', Digit4: 'go-on',
};
const stored = 'aridialer-keys';

const help: readonly (readonly [string, string])[] = [
  ['A', 'Accept the call'], ['R', 'Reject the call'], ['M', 'Mute or unmute'], ['H', 'Hold or resume'], ['D', 'Keypad'], ['1', 'Hang up'],
  ['2', 'Record or stop recording'], ['3', 'Pause recording'], ['4', 'Resume recording'],
];

export function actionOf(event: Pick<KeyboardEvent, 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey' | 'code'>): Action | null {
  return event.ctrlKey && event.shiftKey && !event.altKey && !event.metaKey ? actions[event.code] ?? null : null;
}

/** The keys of the phone, their list, and the switch that turns them off. */
export class Keys {
  readonly element: HTMLDetailsElement;
  #on = localStorage.getItem(stored) !== 'off';

  /** The action tells whether it applied; only then is the key taken from the browser. */
  constructor(act: (action: Action) => boolean) {
    const box = el('input', { type: 'checkbox', class: 'form-check-input', id: 'dock-keys-on' });
    box.checked = this.#on;
    box.addEventListener('change', () => {
      this.#on = box.checked;
      localStorage.setItem(stored, this.#on ? 'on' : 'off');
    });
    this.element = el('details', { class: 'dock-keys' }, el('summary', {}, 'Keys'),
      el('dl', {}, ...help.flatMap(([key, meaning]) => [
        el('dt', {}, el('kbd', {}, 'Ctrl'), ' ', el('kbd', {}, 'Shift'), ' ', el('kbd', {}, key)), el('dd', {}, meaning)])),
      el('div', { class: 'form-check' }, box, el('label', { class: 'form-check-label', for: 'dock-keys-on' }, 'Use these keys')));
    document.addEventListener('keydown', (event) => {
      const action = this.#on && !event.repeat ? actionOf(event) : null;
      if (action && act(action)) event.preventDefault();
    });
  }
}
