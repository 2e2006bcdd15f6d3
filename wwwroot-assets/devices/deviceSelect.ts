import { el } from '../shell/dom';
import type { Device } from './choice';

/** One choice among devices, with the system's default on top. */
export class DeviceSelect {
  readonly element: HTMLElement;
  readonly #select: HTMLSelectElement;
  #options = '';

  constructor(name: string, id: string, onChoose: (device: string) => void, ...beside: HTMLElement[]) {
    this.#select = el('select', { id, class: 'form-select' });
    this.#select.addEventListener('change', () => { onChoose(this.#select.value); });
    this.element = el('div', { class: 'devices-row' },
      el('label', { class: 'form-label', for: id }, name), el('div', { class: 'devices-field' }, this.#select, ...beside));
  }

  /** Shows the choice also while its device is not there: it still stands. */
  show(chosen: Device | null, devices: readonly Device[]): void {
    const gone = chosen !== null && !devices.some((one) => one.id === chosen.id) ? [{ ...chosen, label: `${chosen.label} (not connected)` }] : [];
    const all = [{ id: '', label: 'System default' }, ...devices, ...gone];
    const options = JSON.stringify(all);
    // An open list stays open while nothing in it changes.
    if (options !== this.#options) this.#select.replaceChildren(...all.map(({ id, label }) => el('option', { value: id }, label)));
    this.#options = options;
    this.#select.value = chosen?.id ?? '';
  }

  focus(): void {
    this.#select.focus();
  }
}
