import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KeptConnection } from '../hub/keptConnection';

/** What the connection's own library does, as far as a page notices. */
const wire = vi.hoisted(() => ({
  state: 'Disconnected', starts: 0, stops: 0, answers: true, refusal: null as Error | null, closed: (): void => undefined,
}));

vi.mock('@microsoft/signalr', async (original) => {
  const connection = {
    get state() { return wire.state; },
    onclose: (listener: () => void) => { wire.closed = listener; },
    start: () => {
      wire.starts++;
      if (wire.refusal) return Promise.reject(wire.refusal);
      wire.state = 'Connected';
      return Promise.resolve();
    },
    stop: () => {
      wire.stops++;
      wire.state = 'Disconnected';
      wire.closed();
      return Promise.resolve();
    },
    invoke: () => wire.answers ? Promise.resolve() : new Promise(() => undefined),
  };
  class Builder {
    withUrl(): this { return this; }
    configureLogging(): this { return this; }
    withServerTimeout(): this { return this; }
    withKeepAliveInterval(): this { return this; }
    build(): typeof connection { return connection; }
  }
  return { ...await original<typeof import('@microsoft/signalr')>(), HubConnectionBuilder: Builder };
});

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(wire, { state: 'Disconnected', starts: 0, stops: 0, answers: true, refusal: null });
});
afterEach(() => { vi.useRealTimers(); });

describe('a kept connection, when its page wakes up', () => {
  it('is left alone where the server still answers', async () => {
    const kept = new KeptConnection('/hub');
    await kept.start();
    kept.hurry();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(wire).toMatchObject({ starts: 1, stops: 0 });
  });

  it('is made anew within three seconds where it died without a word', async () => {
    const kept = new KeptConnection('/hub');
    await kept.start();
    let lost = 0;
    kept.onDisconnected(() => { lost++; });
    wire.answers = false;
    kept.hurry();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(wire).toMatchObject({ starts: 2, stops: 1, state: 'Connected' });
    expect(lost).toBe(1);
  });

  it('does not sit out the back-off', async () => {
    wire.refusal = new Error('The network is down.');
    const kept = new KeptConnection('/hub');
    void kept.start();
    await vi.advanceTimersByTimeAsync(20_000);
    const before = wire.starts;
    wire.refusal = null;
    kept.hurry();
    await vi.advanceTimersByTimeAsync(0);
    expect(wire).toMatchObject({ starts: before + 1, state: 'Connected' });
  });

  it('says that there are too many pages, and tries on until there is room', async () => {
    const kept = new KeptConnection('/hub');
    const told: boolean[] = [];
    kept.onRefused((refused) => { told.push(refused); });
    wire.refusal = new Error("Failed to complete negotiation with the server: Error: Too Many Requests: Status code '429'");
    await kept.start();
    await vi.advanceTimersByTimeAsync(30_000);
    wire.refusal = null;
    await vi.advanceTimersByTimeAsync(15_000);
    expect(told).toEqual([true, false]);
    expect(wire.state).toBe('Connected');
  });

  it('says that the sign-in has run out, and tries no more', async () => {
    const kept = new KeptConnection('/hub');
    let out = 0;
    kept.onSignedOut(() => { out++; });
    wire.refusal = new Error("Failed to complete negotiation with the server: Error: Unauthorized: Status code '401'");
    await kept.start();
    await vi.advanceTimersByTimeAsync(120_000);
    expect([out, wire.starts]).toEqual([1, 1]);
  });
});
