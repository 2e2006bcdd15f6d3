import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onAwake } from '../shell/awake';
import { signInAgain } from '../shell/signInAgain';

describe('a page that wakes up', () => {
  let woken: ReturnType<typeof vi.fn<(asleepSince: Date | null) => void>>;
  beforeEach(() => {
    vi.useFakeTimers();
    woken = vi.fn<(asleepSince: Date | null) => void>();
    onAwake(woken);
  });
  afterEach(() => { vi.useRealTimers(); });

  it.each(['online', 'pageshow'])('knows it by the event %s', (name) => {
    window.dispatchEvent(new Event(name));
    expect(woken).toHaveBeenCalledTimes(1);
  });

  it.each(['resume', 'visibilitychange'])('knows it by the event %s', (name) => {
    document.dispatchEvent(new Event(name));
    expect(woken).toHaveBeenCalledTimes(1);
  });

  it('knows it by its clock where the whole machine slept, and is not troubled by a slow timer', async () => {
    await vi.advanceTimersByTimeAsync(60_000);
    vi.setSystemTime(Date.now() + 3_000);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(woken).not.toHaveBeenCalled();
    const asleepSince = new Date();
    vi.setSystemTime(Date.now() + 3_600_000);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(woken.mock.calls).toEqual([[asleepSince]]);
  });

  it('tells since when it has slept also where something else wakes it first', async () => {
    const asleepSince = new Date();
    vi.setSystemTime(Date.now() + 3_600_000);
    window.dispatchEvent(new Event('online'));
    window.dispatchEvent(new Event('pageshow'));
    expect(woken.mock.calls).toEqual([[asleepSince], [null]]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(woken).toHaveBeenCalledTimes(2);
  });
});

it('goes to signing in, and back from there', () => {
  expect(signInAgain({ pathname: '/history', search: '?page=2' })).toBe('/account/sign-in?ranOut=true&returnUrl=%2Fhistory%3Fpage%3D2');
});
