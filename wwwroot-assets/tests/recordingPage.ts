import { vi, type Mock } from 'vitest';
import { startRecordingPlayer } from '../pages/recordingPlayer';
import type { Side } from '../recording/sideMixer';

/** What the server sends: see _Player.cshtml and _Comments.cshtml. */
const html = `
  <section data-recording-player data-waveform="/recording/1/waveform" data-seconds="60" data-left="Alice" data-right="+1 202-555-0142">
    <audio controls preload="none" src="/recording/1/audio"></audio>
    <div data-player-stage></div>
    <ul><li data-pause data-from="12" data-to="18">Paused</li></ul>
    <turbo-frame id="recording-comments">
      <h3 tabindex="-1" data-comments-head>Comments</h3>
      <ul><li data-comment="a" data-at="30"><a href="?t=30" data-seek="30">0:30</a>
        <p data-comment-text>Well said</p><span data-comment-author>Bob</span><form data-delete></form></li></ul>
      <form data-comment-form><div data-comment-seconds><input type="number" name="at" value="0"></div>
        <label data-comment-label>Comment</label><button type="button" data-comment-here hidden></button><textarea name="text"></textarea></form>
    </turbo-frame>
  </section>`;

/** An audio graph that only remembers what was connected to what. */
export class FakeContext {
  readonly lines: string[] = [];
  readonly gains: { gain: { value: number; setTargetAtTime: (value: number) => void } }[] = [];
  readonly destination = { name: 'speakers' };
  readonly currentTime = 0;
  state = 'suspended';
  closed = false;

  createMediaElementSource(): object { return this.#node('source'); }
  createChannelSplitter(count: number): object { return this.#node(`splitter of ${count}`); }
  createGain(): object {
    const gain = { value: 1, setTargetAtTime: (value: number) => { gain.value = value; } };
    const node = { ...this.#node(`gain ${this.gains.length}`), gain };
    this.gains.push(node);
    return node;
  }
  resume(): Promise<void> {
    this.state = 'running';
    return Promise.resolve();
  }
  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
  #node(name: string): { name: string; connect: (to: { name: string }, output?: number) => void } {
    return { name, connect: (to, output) => { this.lines.push(`${name}${output === undefined ? '' : `.${output}`} -> ${to.name}`); } };
  }
}

export interface RecordingPage {
  readonly root: HTMLElement;
  readonly audio: HTMLAudioElement;
  readonly contexts: FakeContext[];
  readonly draw: Mock;
  readonly destroy: Mock;
  readonly mutes: [Side, boolean][];
  readonly end: () => void;
}

export const peaks = {
  perSecond: 10,
  left: Array.from({ length: 600 }, (_, index) => (index < 200 || index >= 400 ? 80 : 0)),
  right: Array.from({ length: 600 }, () => 0),
};

/** The page with a player whose sound stands still unless a test moves it. */
export async function open({ waveform = Response.json(peaks), withWebAudio = true }: { waveform?: Response | Error; withWebAudio?: boolean } = {}): Promise<RecordingPage> {
  document.body.innerHTML = html;
  vi.spyOn(globalThis, 'fetch').mockImplementation(() => (waveform instanceof Error ? Promise.reject(waveform) : Promise.resolve(waveform)));
  const contexts: FakeContext[] = [];
  const mutes: [Side, boolean][] = [];
  const destroy = vi.fn();
  const draw = vi.fn(() => ({ mute: (side: Side, muted: boolean) => { mutes.push([side, muted]); }, destroy }));
  const newContext = (): AudioContext => {
    const context = new FakeContext();
    contexts.push(context);
    return context as unknown as AudioContext;
  };
  const root = document.querySelector<HTMLElement>('[data-recording-player]') ?? document.body;
  const end = startRecordingPlayer(root, { draw, newContext: withWebAudio ? newContext : null });
  const audio = root.querySelector('audio') ?? new Audio();
  fakePlaying(audio);
  await new Promise((done) => { setTimeout(done); });
  return { root, audio, contexts, draw, destroy, mutes, end };
}

function fakePlaying(audio: HTMLAudioElement): void {
  let paused = true;
  const set = (to: boolean): void => {
    paused = to;
    audio.dispatchEvent(new Event(to ? 'pause' : 'play'));
  };
  Object.defineProperty(audio, 'paused', { get: () => paused });
  audio.play = () => {
    set(false);
    return Promise.resolve();
  };
  audio.pause = () => { set(true); };
}

export function goTo(audio: HTMLAudioElement, seconds: number): void {
  audio.currentTime = seconds;
  audio.dispatchEvent(new Event('timeupdate'));
}

export function find(root: ParentNode, role: 'button' | 'a', name: string): HTMLElement {
  const found = [...root.querySelectorAll<HTMLElement>(role)].find((one) => (one.getAttribute('aria-label') ?? one.textContent) === name);
  if (!found) throw new Error(`There is no ${role} "${name}".`);
  return found;
}
