import { button, el, icon, setLabel, setText } from '../shell/dom';
import { moveOf, type Move } from './keys';
import type { Side } from './sideMixer';
import { clock, positionWords } from './timeWords';

export type Names = Record<Side, string>;

/** What a person wants of the player. */
export interface Wishes {
  move(move: Move): void;
  speed(rate: number): void;
  mute(side: Side): void;
  skipSilence(on: boolean): void;
}

const speeds = [0.75, 1, 1.25, 1.5, 2];
const jump = 10;

/** The visible player: both sides with what is drawn between their names, and the buttons below. */
export class Stage {
  readonly element: HTMLElement;
  /** Where the waveform is drawn. */
  readonly wave = el('div', { class: 'player-canvas' });
  /** Where marks are put over it: above both sides, and across them. */
  readonly marks = el('ul', { class: 'player-marks', 'aria-label': 'Comments in the recording', hidden: true });
  readonly gaps = el('div', { class: 'player-gaps', 'aria-hidden': 'true' });
  readonly #slider: HTMLElement;
  readonly #play: HTMLButtonElement;
  readonly #at = el('span', { class: 'player-at' }, '0:00');
  readonly #length = el('span');
  readonly #status = el('p', { class: 'player-status', role: 'status' });
  readonly #skip = el('input', { type: 'checkbox', role: 'switch', class: 'form-check-input', disabled: true });
  readonly #mutes: Record<Side, HTMLButtonElement>;
  readonly #rows: Record<Side, HTMLElement>;

  constructor(names: Names, wishes: Wishes) {
    this.#slider = el('div', {
      class: 'player-slider', role: 'slider', tabindex: '0', 'aria-label': 'Position in the recording', 'aria-valuemin': '0',
    }, this.wave);
    this.#play = button('Play', 'play-fill', 'btn-primary player-play', () => { wishes.move('toggle'); });
    this.#mutes = { left: muteButton(names.left, 'left', wishes), right: muteButton(names.right, 'right', wishes) };
    const row = (side: Side): HTMLElement => el('div', { class: 'player-side', 'data-side': side },
      el('span', { class: 'player-swatch', 'aria-hidden': 'true' }), el('span', { class: 'player-name' }, names[side]), this.#mutes[side]);
    this.#rows = { left: row('left'), right: row('right') };
    this.#skip.addEventListener('change', () => { wishes.skipSilence(this.#skip.checked); });
    this.element = el('div', { class: 'player-stage' },
      this.#rows.left,
      el('div', { class: 'player-track' }, this.marks, el('div', { class: 'player-lanes' }, this.#slider, this.gaps, this.#status)),
      this.#rows.right,
      el('div', { class: 'player-controls', role: 'group', 'aria-label': 'Playing' },
        el('div', { class: 'player-buttons' }, jumpButton(-jump, wishes), this.#play, jumpButton(jump, wishes)),
        el('p', { class: 'player-time' }, this.#at, ' / ', this.#length),
        el('div', { class: 'player-choices' }, speedChoice(wishes),
          el('label', { class: 'player-skip form-check form-switch' }, this.#skip, ' Skip silence'))));
    this.element.addEventListener('keydown', (event) => {
      const move = event.target instanceof Element ? moveOf(event, event.target) : null;
      if (move === null) return;
      event.preventDefault();
      wishes.move(move);
    });
  }

  showPosition(at: number, length: number): void {
    setText(this.#at, clock(at));
    setText(this.#length, clock(length));
    for (const [name, value] of [['valuemax', Math.floor(length)], ['valuenow', Math.floor(at)], ['valuetext', positionWords(at, length)]] as const) {
      const attribute = `aria-${name}`;
      if (this.#slider.getAttribute(attribute) !== String(value)) this.#slider.setAttribute(attribute, String(value));
    }
  }

  showPlaying(playing: boolean): void {
    setLabel(this.#play, playing ? 'Pause' : 'Play');
    swapIcon(this.#play, playing ? 'pause-fill' : 'play-fill');
  }

  showMuted(side: Side, muted: boolean): void {
    const word = this.#mutes[side].querySelector('[data-word]');
    if (word) setText(word, muted ? 'Unmute' : 'Mute');
    swapIcon(this.#mutes[side], muted ? 'volume-mute' : 'volume-up');
    this.#rows[side].toggleAttribute('data-muted', muted);
  }

  forbidMuting(): void {
    this.#mutes.left.hidden = this.#mutes.right.hidden = true;
  }

  /** Silence is known from the waveform alone. */
  allowSkipping(): void {
    this.#skip.disabled = false;
  }

  /** What the player waits for; nothing where it waits for nothing. */
  showStatus(sentence: string): void {
    setText(this.#status, sentence);
  }

  /** In place of everything where there is nothing to hear, and above it otherwise. */
  showProblem(sentence: string, isAll: boolean): void {
    const notice = el('p', { class: `notice${isAll ? ' notice-danger' : ''} player-problem`, role: 'alert' }, icon('exclamation-triangle'), el('span', {}, sentence));
    this.element.querySelector('.player-problem')?.remove();
    if (isAll) this.element.replaceChildren(notice);
    else this.element.prepend(notice);
  }

  hideProblem(sentence: string): void {
    const shown = this.element.querySelector('.player-problem');
    if (shown?.textContent === sentence) shown.remove();
  }
}

/** In a narrow player the name is for screen readers alone: it stands beside the button. */
function muteButton(name: string, side: Side, wishes: Wishes): HTMLButtonElement {
  const made = button('', 'volume-up', 'btn-sm btn-quiet', () => { wishes.mute(side); });
  made.append(el('span', {}, el('span', { 'data-word': true }, 'Mute'), el('span', { class: 'player-mute-name' }, ` ${name}`)));
  return made;
}

function jumpButton(seconds: number, wishes: Wishes): HTMLButtonElement {
  const back = seconds < 0;
  const made = button(`${Math.abs(seconds)} s`, back ? 'arrow-counterclockwise' : 'arrow-clockwise', 'btn-quiet', () => { wishes.move(seconds); });
  made.setAttribute('aria-label', `${back ? 'Back' : 'Forward'} ${Math.abs(seconds)} s`);
  return made;
}

function speedChoice(wishes: Wishes): HTMLElement {
  const choice = el('select', { class: 'form-select form-select-sm' },
    ...speeds.map((speed) => el('option', { value: String(speed), selected: speed === 1 }, `${speed}×`)));
  choice.addEventListener('change', () => { wishes.speed(Number(choice.value)); });
  return el('label', { class: 'player-speed' }, 'Speed ', choice);
}

function swapIcon(place: HTMLButtonElement, name: string): void {
  place.querySelector('use')?.setAttribute('href', `/dist/icons.svg#${name}`);
}
