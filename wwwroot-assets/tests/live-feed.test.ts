import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveMessage } from '../hub/contract';
import { LiveFeed, type LiveSource } from '../hub/liveFeed';
import { call } from './views';

interface Stream { next: (message: LiveMessage) => void; failed: () => void; stopped: boolean }

class FakeSource implements LiveSource {
  connected = true;
  readonly streams: Stream[] = [];
  #up: () => void = () => undefined;
  #down: () => void = () => undefined;
  onConnected(listener: () => void): () => void { this.#up = listener; return () => { this.#up = () => undefined; }; }
  onDisconnected(listener: () => void): () => void { this.#down = listener; return () => { this.#down = () => undefined; }; }
  watch(_: string, next: Stream['next'], failed: Stream['failed']): () => void {
    const stream: Stream = { next, failed, stopped: false };
    this.streams.push(stream);
    return () => { stream.stopped = true; };
  }
  say(message: LiveMessage): void { this.streams.at(-1)?.next(message); }
  drop(): void { this.connected = false; this.#down(); }
  comeBack(): void { this.connected = true; this.#up(); }
}

let source: FakeSource;
let feed: LiveFeed;
let shown: string[];
let ended: string[];
let fresh: boolean[];

beforeEach(() => {
  source = new FakeSource();
  shown = [];
  ended = [];
  fresh = [];
  feed = new LiveFeed(source, 'all', {
    changed: (calls, over) => { shown = [...calls.keys()]; ended.push(...over.map((one) => one.id)); },
    fresh: (value) => { fresh.push(value); },
  });
});

describe('LiveFeed', () => {
  it('shows the snapshot and then each change', () => {
    source.say({ kind: 'snapshot', seq: 1, calls: [call({ id: 'a' })] });
    source.say({ kind: 'change', seq: 2, calls: [call({ id: 'b' }), call({ id: 'a', version: 2, state: 'ended' })] });
    expect(shown).toEqual(['b']);
    expect(ended).toEqual(['a']);
    expect(fresh).toEqual([true]);
  });

  it('is right again by itself after the connection was lost', () => {
    source.say({ kind: 'snapshot', seq: 5, calls: [call({ id: 'a' })] });
    source.drop();
    expect(fresh).toEqual([true, false]);
    expect(shown).toEqual(['a']);
    source.comeBack();
    source.say({ kind: 'snapshot', seq: 1, calls: [call({ id: 'z' })] });
    expect(shown).toEqual(['z']);
    expect(fresh).toEqual([true, false, true]);
  });

  it('asks for a new snapshot after a gap, and drops the stream that had it', () => {
    source.say({ kind: 'snapshot', seq: 10, calls: [] });
    source.say({ kind: 'change', seq: 3, calls: [call({ id: 'b' })] });
    expect(source.streams).toHaveLength(2);
    expect(source.streams[0]?.stopped).toBe(true);
    expect(fresh.at(-1)).toBe(false);
    source.say({ kind: 'snapshot', seq: 3, calls: [call({ id: 'b' })] });
    expect(shown).toEqual(['b']);
    expect(fresh.at(-1)).toBe(true);
  });

  it('subscribes again when the server ends the stream', async () => {
    vi.useFakeTimers();
    source.streams[0]?.failed();
    expect(fresh).toEqual([false]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(source.streams).toHaveLength(2);
    vi.useRealTimers();
  });

  it('is silent once it was stopped', () => {
    feed.stop();
    source.drop();
    source.comeBack();
    expect(source.streams).toHaveLength(1);
    expect(fresh).toEqual([]);
  });
});
