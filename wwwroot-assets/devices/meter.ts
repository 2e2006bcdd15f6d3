import { el } from '../shell/dom';
import { LevelProbe } from './levelProbe';
import { meterValue } from './levels';

/** The meter "Microphone level". */
export class LevelMeter {
  readonly #bar = el('span', { class: 'level-bar' });
  readonly element = el('div', {
    class: 'level', role: 'meter', 'aria-label': 'Microphone level', 'aria-valuemin': '0', 'aria-valuemax': '100', 'aria-valuenow': '0',
  }, this.#bar);
  #probe: LevelProbe | null = null;

  /** Shows what this track hears; null for none. */
  follow(track: MediaStreamTrack | null): void {
    this.#probe?.stop();
    this.#probe = track && new LevelProbe(track, ({ loudness }) => { this.#show(meterValue(loudness)); });
    this.#show(0);
  }

  #show(value: number): void {
    this.element.setAttribute('aria-valuenow', String(value));
    this.#bar.style.setProperty('transform', `scaleX(${value / 100})`);
  }
}
