import { describe, expect, it } from 'vitest';
import { backoff } from '../shell/backoff';

describe('backoff', () => {
  it('doubles from one second up to eight', () => {
    expect([0, 1, 2, 3, 4, 5, 50].map((attempt) => backoff(attempt, () => 0.5))).toEqual([1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000]);
  });

  it('spreads by a quarter to either side', () => {
    expect(backoff(2, () => 0)).toBe(3_000);
    expect(backoff(2, () => 1)).toBe(5_000);
  });
});
