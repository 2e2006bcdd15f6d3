import { levelOf, type Level } from './levels';

const every = 100;

/**
 * Listens to a microphone ten times a second. It has a copy of the track of its own, which is sent to nobody and hears
 * also while the track itself is muted.
 */
export class LevelProbe {
  readonly #track: MediaStreamTrack;
  readonly #context = new AudioContext();
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(track: MediaStreamTrack, tell: (level: Level, at: number) => void) {
    this.#track = track.clone();
    this.#track.enabled = true;
    const analyser = this.#context.createAnalyser();
    // 85 ms at 48 kHz: hardly anything is missed between two looks.
    analyser.fftSize = 4096;
    this.#context.createMediaStreamSource(new MediaStream([this.#track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    void this.#context.resume().catch(() => undefined);
    this.#timer = setInterval(() => {
      // A page that nobody has touched yet hears nothing, which says nothing about the microphone.
      if (this.#context.state !== 'running') return;
      analyser.getFloatTimeDomainData(samples);
      tell(levelOf(samples), performance.now());
    }, every);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#track.stop();
    void this.#context.close();
  }
}
