import { button, el, setText } from '../shell/dom';
import { canMerge, canSwap, onlyOther } from './callActions';
import { stateWords } from './callWords';
import type { Shown, ShownCall } from './shownCall';

export interface OtherCallsWorld {
  swapTo(call: ShownCall): void;
  mergeWith(call: ShownCall): void;
  hangUp(call: ShownCall): void;
}

/** The region "Other calls": those that wait while one talks in the current one. */
export class OtherCalls {
  readonly element: HTMLElement;
  readonly #list = el('ul');
  readonly #rows = new Map<string, OtherCall>();

  constructor(private readonly world: OtherCallsWorld) {
    this.element = el('section', { class: 'dock-others', 'aria-label': 'Other calls', hidden: true }, this.#list);
  }

  show({ current, others }: Shown): void {
    for (const [key, row] of this.#rows) {
      if (others.some((call) => call.key === key)) continue;
      row.element.remove();
      this.#rows.delete(key);
    }
    for (const call of others) {
      const row = this.#rows.get(call.key) ?? this.#add(call.key);
      // The current call's own buttons do it where there is but one other, and no consultation that they are about.
      const isNamed = onlyOther(others) === null || (current?.view?.consultation ?? null) !== null;
      row.show(call, isNamed && current !== null && canSwap(current, call), isNamed && current !== null && canMerge(current, call));
    }
    this.element.hidden = others.length === 0;
  }

  #add(key: string): OtherCall {
    const row = new OtherCall(this.world);
    this.#rows.set(key, row);
    this.#list.append(row.element);
    return row;
  }
}

class OtherCall {
  readonly element: HTMLLIElement;
  readonly #who = el('span', { class: 'other-who' });
  readonly #state = el('span', { class: 'other-state' });
  readonly #swap: HTMLButtonElement;
  readonly #merge: HTMLButtonElement;
  readonly #hangUp: HTMLButtonElement;
  #call: ShownCall | null = null;

  constructor(world: OtherCallsWorld) {
    const press = (act: (call: ShownCall) => void) => (): void => { if (this.#call) act(this.#call); };
    this.#swap = button('Swap', 'arrow-left-right', 'btn-quiet btn-sm', press((call) => { world.swapTo(call); }));
    this.#merge = button('Merge', 'people', 'btn-quiet btn-sm', press((call) => { world.mergeWith(call); }));
    this.#hangUp = button('Hang up', 'telephone-x', 'btn-outline-danger btn-sm', press((call) => { world.hangUp(call); }));
    this.element = el('li', {}, el('span', { class: 'other-line' }, this.#who, this.#state),
      el('span', { class: 'other-buttons' }, this.#swap, this.#merge, this.#hangUp));
  }

  show(call: ShownCall, swaps: boolean, merges: boolean): void {
    this.#call = call;
    setText(this.#who, call.who);
    setText(this.#state, stateWords(call));
    this.#swap.hidden = !swaps;
    this.#merge.hidden = !merges;
    this.#hangUp.hidden = call.state === 'ending';
    this.#swap.setAttribute('aria-label', `Swap to ${call.who}`);
    this.#merge.setAttribute('aria-label', `Merge ${call.who}`);
    this.#hangUp.setAttribute('aria-label', `Hang up ${call.who}`);
  }
}
