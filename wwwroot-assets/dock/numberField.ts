import type { NumberPreview } from '../hub/contract';
import { button, el } from '../shell/dom';
import { WhomField, type Target } from './whomField';

export interface NumberFieldWorld {
  resolve(text: string): Promise<NumberPreview>;
  call(target: Target): void;
}

/** The field "Number or name" with its button "Call". */
export class NumberField {
  readonly element: HTMLFormElement;
  readonly #whom: WhomField;

  constructor(private readonly world: NumberFieldWorld) {
    const call = button('Call', 'telephone-fill', 'btn-primary', () => undefined);
    call.type = 'submit';
    this.#whom = new WhomField((text) => world.resolve(text), { id: 'dock', label: 'Number or name', places: false, beside: call });
    this.element = el('form', { class: 'dock-form', novalidate: true, 'data-turbo': 'false' }, this.#whom.element);
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#submit();
    });
  }

  focus(): void {
    this.#whom.focus();
  }

  clear(): void {
    this.#whom.clear();
  }

  restore(target: Target): void {
    this.#whom.restore(target);
  }

  async #submit(): Promise<void> {
    const target = await this.#whom.target();
    if (target) this.world.call(target);
  }
}
