import { Autoplay } from '../devices/autoplay';
import { Outlet } from '../devices/outlet';
import type { Sound } from './sounding';

interface Cadence {
  readonly tones: readonly number[];
  readonly volume: number;
  /** Seconds on and off, in turns. */
  readonly rhythm: readonly number[];
}

/** A tone to try a device with. */
export type Trial = 'ring' | 'speaker';

/** Seconds, as the server sends it. */
const keyTone = 0.16;

const cadences: Readonly<Record<NonNullable<Sound>, Cadence>> = {
  ringtone: { tones: [587.33, 739.99], volume: 0.16, rhythm: [0.4, 0.2, 0.4, 2] },
  /** Another call, while one talks: quiet enough to go on talking. */
  waiting: { tones: [440], volume: 0.05, rhythm: [0.2, 0.2, 0.2, 4] },
  ringback: { tones: [440, 480], volume: 0.06, rhythm: [2, 4] },
};

/** DTMF: a low tone for the row, a high one for the column. */
const rows = [697, 770, 852, 941];
const columns = [1209, 1336, 1477, 1633];
const keys = '123A456B789C*0#D';

const chord: Cadence = { tones: [392, 493.88, 587.33], volume: 0.08, rhythm: [0.5, 0.2, 0.9, 9] };
const trialLasts = 1_800;

/** Makes the tones itself, so that nothing has to be loaded when a call comes in. What rings may ring elsewhere than calls are heard. */
export class Sounds {
  readonly #ring = new Outlet();
  readonly #talk = new Outlet();
  // Whoever hears the ringback has touched the page to call.
  readonly #autoplay = new Autoplay(this.#ring);
  #playing: Sound = null;
  #stop: (() => void) | null = null;
  #stopTrial: (() => void) | null = null;

  /** Calls may ring in this page from now on, or ring elsewhere. */
  expectRing(isExpected: boolean): void {
    this.#autoplay.expect(isExpected);
  }

  /** Tells, at each change, whether the browser would let no ring be heard. */
  onBlocked(listener: (isBlocked: boolean) => void): void {
    this.#autoplay.onChange(listener);
  }

  /** The ids of the devices; null for the system's default. */
  use(ring: string | null, speaker: string | null): void {
    this.#ring.use(ring);
    this.#talk.use(speaker);
  }

  play(sound: Sound): void {
    if (sound === this.#playing) return;
    this.#playing = sound;
    this.#stop?.();
    this.#stop = sound === null ? null : start(sound === 'ringtone' ? this.#ring : this.#talk, cadences[sound]);
  }

  /** What a person hears of the key that they press; the far side hears it from the server. */
  key(digit: string): void {
    const index = keys.indexOf(digit);
    if (index < 0) return;
    const tones = [rows[Math.floor(index / 4)] ?? 0, columns[index % 4] ?? 0];
    setTimeout(start(this.#talk, { tones, volume: 0.05, rhythm: [keyTone, 1] }), keyTone * 1000);
  }

  /** Sounds for a moment where ringing, or calls, are heard. */
  test(trial: Trial): void {
    this.#stopTrial?.();
    const stop = trial === 'ring' ? start(this.#ring, cadences.ringtone) : start(this.#talk, chord);
    const end = setTimeout(() => { this.#stopTrial?.(); }, trialLasts);
    this.#stopTrial = () => {
      clearTimeout(end);
      stop();
      this.#stopTrial = null;
    };
  }
}

function start(outlet: Outlet, { tones, volume, rhythm }: Cadence): () => void {
  const { context } = outlet;
  outlet.wake();
  const gain = context.createGain();
  gain.gain.value = 0;
  gain.connect(outlet.into);
  const oscillators = tones.map((frequency) => {
    const oscillator = context.createOscillator();
    oscillator.frequency.value = frequency;
    oscillator.connect(gain);
    oscillator.start();
    return oscillator;
  });
  const stopRhythm = beat(rhythm, (on) => { gain.gain.setTargetAtTime(on ? volume : 0, context.currentTime, 0.015); });
  return () => {
    stopRhythm();
    for (const oscillator of oscillators) oscillator.stop();
    gain.disconnect();
  };
}

function beat(rhythm: readonly number[], turn: (on: boolean) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const next = (index: number): void => {
    turn(index % 2 === 0);
    timer = setTimeout(() => { next((index + 1) % rhythm.length); }, (rhythm[index] ?? 1) * 1000);
  };
  next(0);
  return () => { clearTimeout(timer); };
}
