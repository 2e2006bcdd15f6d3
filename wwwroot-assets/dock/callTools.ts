import type { NumberPreview } from '../hub/contract';
import type { Control } from '../hub/controls';
import type { CallAction } from './callActions';
import { Keypad } from './keypad';
import type { ShownCall } from './shownCall';
import { WhomDialog } from './whomDialog';

export type Tool = 'keypad' | 'transfer' | 'add';

export interface CallToolsWorld {
  resolve(text: string): Promise<NumberPreview>;
  ask(control: Control): Promise<boolean>;
  tone(digit: string): void;
  /** One was closed. */
  changed(): void;
}

/** What opens below the current call: keypad, transfer, adding a person. One at a time, and only while it makes sense. */
export class CallTools {
  readonly #tools: Readonly<Record<Tool, Keypad | WhomDialog>>;

  constructor(world: CallToolsWorld) {
    const closed = (): void => { world.changed(); };
    const resolve = (text: string): Promise<NumberPreview> => world.resolve(text);
    this.#tools = {
      keypad: new Keypad({
        send: (callId, digits, masked) => world.ask(['SendDigits', callId, digits, masked]),
        tone: (digit) => { world.tone(digit); },
        closed,
      }),
      transfer: new WhomDialog(resolve, {
        id: 'transfer', title: 'Transfer', label: 'Transfer to', places: true,
        choices: [
          { label: 'Transfer now', icon: 'telephone-forward', choose: (callId, to) => world.ask(['Transfer', callId, to]) },
          { label: 'Ask first', icon: 'question-circle', choose: (callId, to) => world.ask(['Ask', callId, to]) },
        ],
      }, closed),
      add: new WhomDialog(resolve, {
        id: 'add-person', title: 'Add person', label: 'Person to add', places: false,
        choices: [{ label: 'Add', icon: 'person-plus', choose: (callId, to) => world.ask(['AddPerson', callId, to]) }],
      }, closed),
    };
  }

  get elements(): HTMLElement[] {
    return Object.values(this.#tools).map((tool) => tool.element);
  }

  get open(): Tool | null {
    return (Object.keys(this.#tools) as Tool[]).find((name) => this.#tools[name].callId !== null) ?? null;
  }

  toggle(name: Tool, call: ShownCall, back: HTMLElement | null): void {
    const { open } = this;
    if (open !== null) this.#tools[open].close();
    if (open !== name && call.callId !== null) this.#tools[name].open(call.callId, back, call.who);
  }

  /** Closes what was opened for another call, or cannot be done any more. */
  closeStale(current: ShownCall | null, actions: ReadonlySet<CallAction>): void {
    const { open } = this;
    if (open === null) return;
    if (!actions.has(open) || this.#tools[open].callId !== current?.callId) this.#tools[open].close();
  }
}
