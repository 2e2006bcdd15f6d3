import type { Sound } from './sounding';

interface Cadence {
  readonly tones: readonly number[];
  readonly volume: number;
  /** Seconds on and off, in turns. */
  readonly rhythm: readonly number[];
}

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

/** Makes the tones itself, so that nothing has to be loaded when a call comes in. */
export class Sounds {
  #context: AudioContext | null = null;
  #playing: Sound = null;
  #stop: (() => void) | null = null;

  constructor() {
    // Browsers let a page sound only after somebody touched it: the first touch unlocks it for later calls.
    const unlock = (): void => {
      void this.#ready().resume().catch(() => undefined);
    };
    for (const gesture of ['pointerdown', 'keydown']) document.addEventListener(gesture, unlock, { once: true, capture: true });
  }

  play(sound: Sound): void {
    if (sound === this.#playing) return;
    this.#playing = sound;
    this.#stop?.();
    this.#stop = sound === null ? null : start(this.#ready(), cadences[sound]);
  }

  /** What a person hears of the key that they press; the far side hears it from the server. */
  key(digit: string): void {
    const index = keys.indexOf(digit);
    if (index < 0) return;
    const tones = [rows[Math.floor(index / 4)] ?? 0, columns[index % 4] ?? 0];
    setTimeout(start(this.#ready(), { tones, volume: 0.05, rhythm: [keyTone, 1] }), keyTone * 1000);
  }

  #ready(): AudioContext {
    this.#context ??= new AudioContext();
    return this.#context;
  }
}

function start(context: AudioContext, { tones, volume, rhythm }: Cadence): () => void {
  void context.resume().catch(() => undefined);
  const gain = context.createGain();
  gain.gain.value = 0;
  gain.connect(context.destination);
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
