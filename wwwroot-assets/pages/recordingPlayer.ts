import { takeOver } from '../recording/audioElement';
import { CommentField } from '../recording/commentField';
import { fetchPeaks } from '../recording/fetchPeaks';
import { target, type Move } from '../recording/keys';
import { readGaps, readMarks, showGaps, showMarks, type Mark } from '../recording/marks';
import { afterSilence, drawable, silences, type Stretch } from '../recording/peaks';
import { onSeekRecording, tellRecordingPosition } from '../recording/position';
import { SideMixer, type Side } from '../recording/sideMixer';
import { Stage } from '../recording/stage';
import { secondIn } from '../recording/timeWords';
import { drawWaveform, type DrawWaveform, type Waveform } from '../recording/waveform';

/** What the player needs of the browser that a test has none of. */
export interface PlayerParts {
  readonly draw: DrawWaveform;
  /** Null where the browser has no Web Audio: the recording is heard as it is, and no side can be muted. */
  readonly newContext: (() => AudioContext) | null;
}

const noAudio = 'The recording could not be loaded. Reload the page; if it fails again, tell your administrator.';
const noPeaks = 'The waveform could not be loaded. You can listen all the same; reload the page to see it.';
const notAllowed = 'The browser did not let the recording play. Press Play again.';
const often = 100;

/** Makes a player of the page's recording. Gives what ends it when another page comes. */
export function startRecordingPlayer(root: HTMLElement, parts: PlayerParts = fromBrowser()): () => void {
  const player = new RecordingPlayer(root, parts);
  return () => { player.end(); };
}

function fromBrowser(): PlayerParts {
  return { draw: drawWaveform, newContext: typeof AudioContext === 'undefined' ? null : () => new AudioContext() };
}

class RecordingPlayer {
  readonly #audio: HTMLAudioElement;
  readonly #stage: Stage;
  readonly #mixer: SideMixer | null;
  readonly #comments: CommentField;
  readonly #ending = new AbortController();
  readonly #stopListening: () => void;
  #waveform: Waveform | null = null;
  #silences: Stretch[] = [];
  #skips = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly root: HTMLElement, private readonly parts: PlayerParts) {
    this.#audio = takeOver(root);
    this.#mixer = parts.newContext && new SideMixer(this.#audio, parts.newContext);
    this.#stage = new Stage({ left: root.dataset.left ?? '', right: root.dataset.right ?? '' }, {
      move: (move) => { this.#move(move); },
      speed: (rate) => { this.#audio.playbackRate = rate; },
      mute: (side) => { this.#mute(side); },
      skipSilence: (on) => { this.#skips = on; this.#tick(); },
    });
    if (!this.#mixer) this.#stage.forbidMuting();
    root.querySelector('[data-player-stage]')?.replaceChildren(this.#stage.element);
    this.#comments = new CommentField(root);
    this.#listen();
    this.#stopListening = onSeekRecording(({ seconds, play }) => {
      this.#seek(seconds);
      if (play) void this.#play();
    });
    this.#place();
    const second = secondIn(location.search);
    if (second !== null) this.#seek(second);
    this.#tick();
    void this.#draw();
  }

  end(): void {
    this.#ending.abort();
    this.#stopListening();
    clearInterval(this.#timer);
    this.#audio.pause();
    this.#waveform?.destroy();
    this.#mixer?.close();
  }

  get #seconds(): number { return Number(this.root.dataset.seconds ?? 0); }

  /** What the file says, once it is known; it may differ a little from what the server wrote down. */
  get #length(): number {
    const { duration } = this.#audio;
    return Number.isFinite(duration) && duration > 0 ? duration : this.#seconds;
  }

  #listen(): void {
    const on = (of: EventTarget, names: readonly string[], hear: (event: Event) => void): void => {
      for (const name of names) of.addEventListener(name, hear, { signal: this.#ending.signal });
    };
    on(this.#audio, ['timeupdate', 'seeking', 'play', 'pause', 'ended'], () => { this.#tick(); });
    on(this.#audio, ['durationchange'], () => { this.#place(); this.#tick(); });
    on(this.#audio, ['waiting'], () => { this.#stage.showStatus('Loading…'); });
    on(this.#audio, ['playing', 'seeked', 'pause'], () => { this.#stage.showStatus(''); });
    on(this.#audio, ['error'], () => { this.#stage.showProblem(noAudio, true); });
    on(document, ['click'], (event) => { this.#follow(event); });
    on(this.root, ['turbo:frame-render'], () => {
      this.#place();
      this.#comments.refresh();
    });
  }

  /** Anything on the page that names a second leads there: <a data-seek="83">; with data-seek-play it plays, too. */
  #follow(event: Event): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-seek]') : null;
    const seconds = Number(link?.dataset.seek);
    const isForAnotherTab = event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey);
    if (!link || !Number.isFinite(seconds) || isForAnotherTab) return;
    event.preventDefault();
    this.#seek(seconds);
    if (link.hasAttribute('data-seek-play')) void this.#play();
  }

  #move(move: Move): void {
    if (move !== 'toggle') this.#seek(target(move, this.#audio.currentTime, this.#length));
    else if (this.#audio.paused) void this.#play();
    else this.#audio.pause();
  }

  #seek(seconds: number): void {
    this.#audio.currentTime = Math.min(this.#length, Math.max(0, seconds));
    this.#tick();
  }

  async #play(): Promise<void> {
    this.#wire();
    try {
      await this.#audio.play();
      this.#stage.hideProblem(notAllowed);
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.#stage.showProblem(notAllowed, false);
      // Of what cannot be played the element itself tells; paused again before it began is no fault.
    }
  }

  #wire(): void {
    try {
      this.#mixer?.wire();
    } catch {
      // The browser gives no more Web Audio: the recording is heard as it is.
      this.#stage.forbidMuting();
    }
  }

  #mute(side: Side): void {
    const muted = !this.#mixer?.isMuted(side);
    this.#mixer?.mute(side, muted);
    this.#waveform?.mute(side, muted);
    this.#stage.showMuted(side, muted);
  }

  /** Everything that follows the position. */
  #tick(): void {
    const playing = !this.#audio.paused && !this.#audio.ended;
    clearInterval(this.#timer);
    // The element itself tells four times a second: too seldom for words to follow, or to jump before a word.
    if (playing) this.#timer = setInterval(() => { this.#tick(); }, often);
    const on = playing && this.#skips && !this.#audio.seeking ? afterSilence(this.#silences, this.#audio.currentTime) : null;
    if (on !== null) this.#audio.currentTime = Math.min(on, this.#length);
    const at = this.#audio.currentTime;
    this.#stage.showPosition(at, this.#length);
    this.#stage.showPlaying(playing);
    this.#comments.moved(at);
    tellRecordingPosition({ seconds: at, playing });
  }

  #place(): void {
    showGaps(this.#stage.gaps, readGaps(this.root), this.#length);
    showMarks(this.#stage.marks, readMarks(this.root), this.#length, (mark) => { this.#choose(mark); });
  }

  #choose(mark: Mark): void {
    this.#seek(mark.at);
    for (const item of this.root.querySelectorAll<HTMLElement>('[data-comment]')) {
      const isIt = item.dataset.comment === mark.id;
      item.toggleAttribute('data-chosen', isIt);
      if (isIt) item.scrollIntoView({ block: 'nearest' });
    }
  }

  async #draw(): Promise<void> {
    this.#stage.showStatus('Loading the recording…');
    const peaks = await fetchPeaks(this.root.dataset.waveform ?? '', this.#ending.signal);
    if (this.#ending.signal.aborted) return;
    this.#stage.showStatus('');
    if (peaks) {
      this.#silences = silences(peaks);
      this.#stage.allowSkipping();
    } else if (!this.#audio.error) {
      this.#stage.showProblem(noPeaks, false);
    }
    this.#waveform = this.parts.draw(this.#stage.wave, this.#audio, drawable(peaks ?? { perSecond: 1, left: [], right: [] }, this.#seconds), this.#seconds);
  }
}
