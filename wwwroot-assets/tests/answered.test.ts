import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { answered, longestAnswer } from '../hub/answered';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

it('gives the answer, or the failure', async () => {
  await expect(answered(Promise.resolve(7))).resolves.toBe(7);
  await expect(answered(Promise.reject(new Error('down')))).rejects.toThrow('down');
});

it('does not wait for ever on a connection that has died', async () => {
  const waiting = expect(answered(new Promise(() => undefined))).rejects.toThrow('no answer');
  await vi.advanceTimersByTimeAsync(longestAnswer);
  await waiting;
});
