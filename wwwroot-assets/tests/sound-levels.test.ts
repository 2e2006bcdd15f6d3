import { beforeEach, describe, expect, it, vi } from 'vitest';
import { hearSilence, hearSpeech, levelOf, meterValue, noSilence, noSpeech, type Level } from '../devices/levels';
import { MicrophoneWatch, type MicrophoneFinding } from '../devices/microphoneWatch';

const loud = -30;
const faint = -50;
const quiet = -70;

/** Ten moments a second, of the given loudness each. */
function speechAfter(moments: readonly number[], speech = noSpeech, from = 0): typeof noSpeech {
  return moments.reduce((so, loudness, index) => hearSpeech(so, loudness, from + index * 100), speech);
}

const times = (count: number, loudness: number): number[] => Array.from({ length: count }, () => loudness);

describe('levelOf', () => {
  it('measures peak and loudness', () => {
    expect(levelOf(new Float32Array(8))).toEqual({ peak: 0, loudness: -100 });
    expect(levelOf(Float32Array.of(1, -1, 1, -1))).toEqual({ peak: 1, loudness: 0 });
    expect(levelOf(Float32Array.of(0.1, -0.1)).loudness).toBeCloseTo(-20, 3);
  });

  it('shows on the meter between nothing and everything', () => {
    expect([-100, -60, -33, -6, 0].map(meterValue)).toEqual([0, 0, 50, 100, 100]);
  });
});

describe('hearSpeech', () => {
  it('takes four loud moments for a voice, and a click for none', () => {
    expect(speechAfter(times(3, loud)).speaking).toBe(false);
    expect(speechAfter(times(4, loud)).speaking).toBe(true);
    expect(speechAfter([loud, quiet, loud, quiet, loud, quiet, loud, quiet]).speaking).toBe(false);
    expect(speechAfter(times(100, faint)).speaking).toBe(false);
  });

  it('lasts through the pauses of a sentence and its quiet end, and no longer', () => {
    const speaking = speechAfter(times(4, loud));
    expect(speechAfter(times(29, quiet), speaking, 400).speaking).toBe(true);
    expect(speechAfter([...times(20, faint), ...times(25, quiet)], speaking, 400).speaking).toBe(true);
    expect(speechAfter(times(31, quiet), speaking, 400)).toEqual(noSpeech);
  });
});

describe('hearSilence', () => {
  it('calls a microphone dead after five seconds of nothing at all', () => {
    const after = (ms: number, peak: number): typeof noSilence => hearSilence(hearSilence(noSilence, 0, 1_000), peak, 1_000 + ms);
    expect(after(4_900, 0).dead).toBe(false);
    expect(after(5_000, 0).dead).toBe(true);
    expect(after(5_000, 1 / 30_000)).toEqual(noSilence);
  });
});

describe('MicrophoneWatch', () => {
  const track = {} as MediaStreamTrack;
  let hear: (level: Level) => void;
  let at: number;
  let stops: number;
  let opened: MediaStreamTrack[];
  let found: MicrophoneFinding[];
  let watch: MicrophoneWatch;

  const voice: Level = { peak: 0.3, loudness: loud };
  const nothing: Level = { peak: 0, loudness: -100 };
  const listenTo = (level: Level, moments: number): void => { for (let turn = 0; turn < moments; turn++) hear(level); };

  beforeEach(() => {
    at = 0;
    stops = 0;
    opened = [];
    found = [];
    hear = vi.fn();
    watch = new MicrophoneWatch((opens, tell) => {
      opened.push(opens);
      hear = (level) => { tell(level, at += 100); };
      return { stop: () => { stops++; hear = () => undefined; } };
    }, (now) => { found.push(now); });
  });

  it('says so while one speaks muted, until one is not any more', () => {
    watch.attend({ muted: true, held: false }, track);
    listenTo(voice, 10);
    expect(found).toEqual([{ mutedSpeech: true, dead: false }]);
    watch.attend({ muted: false, held: false }, track);
    listenTo(voice, 10);
    expect(found.at(-1)).toEqual({ mutedSpeech: false, dead: false });
    expect([opened.length, stops]).toEqual([1, 0]);
  });

  it('says that a microphone is dead, while it is wanted', () => {
    watch.attend({ muted: false, held: false }, track);
    listenTo(nothing, 52);
    expect(found).toEqual([{ mutedSpeech: false, dead: true }]);
    listenTo(voice, 1);
    expect(found.at(-1)?.dead).toBe(false);
    watch.attend({ muted: true, held: false }, track);
    listenTo(nothing, 100);
    expect(found.at(-1)?.dead).toBe(false);
  });

  it('does not listen while the call is held, nor without one', () => {
    watch.attend({ muted: true, held: false }, track);
    listenTo(voice, 10);
    watch.attend({ muted: true, held: true }, track);
    listenTo(voice, 10);
    expect(found.at(-1)).toEqual({ mutedSpeech: false, dead: false });
    expect(stops).toBe(1);
    watch.attend(null, null);
    watch.attend({ muted: false, held: false }, null);
    expect(opened).toHaveLength(1);
  });

  it('begins anew with another microphone', () => {
    watch.attend({ muted: false, held: false }, track);
    listenTo(nothing, 45);
    watch.attend({ muted: false, held: false }, {} as MediaStreamTrack);
    listenTo(nothing, 45);
    expect(found).toEqual([]);
    expect([opened.length, stops]).toEqual([2, 1]);
  });
});
