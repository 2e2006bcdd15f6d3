import { hearSilence, hearSpeech, noSilence, noSpeech, type Level } from './levels';

/** The call that is talked on: connected, and the one that is current where there are several. */
export interface Talk {
  readonly muted: boolean;
  /** By either side: what is said then is meant for nobody. */
  readonly held: boolean;
}

/** What a microphone does that the person should know of. */
export interface MicrophoneFinding {
  readonly mutedSpeech: boolean;
  readonly dead: boolean;
}

export const nothingFound: MicrophoneFinding = { mutedSpeech: false, dead: false };

/** Something that listens until it is stopped; a LevelProbe, but for the tests. */
export type Listen = (track: MediaStreamTrack, tell: (level: Level, at: number) => void) => { stop(): void };

/** Listens along while somebody talks: speaking although muted, and a microphone that gives nothing though it should. */
export class MicrophoneWatch {
  #talk: Talk | null = null;
  #track: MediaStreamTrack | null = null;
  #probe: { stop(): void } | null = null;
  #speech = noSpeech;
  #silence = noSilence;
  #found = nothingFound;

  constructor(private readonly listen: Listen, private readonly tell: (found: MicrophoneFinding) => void) {}

  attend(talk: Talk | null, track: MediaStreamTrack | null): void {
    const listened = talk !== null && !talk.held ? track : null;
    const anew = listened !== this.#track || talk?.muted !== this.#talk?.muted;
    this.#talk = talk;
    if (listened !== this.#track) {
      this.#probe?.stop();
      this.#track = listened;
      this.#probe = listened && this.listen(listened, (level, at) => { this.#hear(level, at); });
    }
    if (!anew) return;
    this.#speech = noSpeech;
    this.#silence = noSilence;
    this.#show();
  }

  #hear(level: Level, at: number): void {
    if (this.#talk?.muted) this.#speech = hearSpeech(this.#speech, level.loudness, at);
    else this.#silence = hearSilence(this.#silence, level.peak, at);
    this.#show();
  }

  #show(): void {
    const found: MicrophoneFinding = { mutedSpeech: this.#speech.speaking, dead: this.#silence.dead };
    if (found.mutedSpeech === this.#found.mutedSpeech && found.dead === this.#found.dead) return;
    this.#found = found;
    this.tell(found);
  }
}
