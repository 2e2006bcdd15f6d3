import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startKeywordReview } from '../pages/keywordReview';

describe('looking through transcripts again', () => {
  let root: HTMLElement;
  let frame: HTMLElement & { src?: string; reload?: () => Promise<void> };

  beforeEach(() => {
    vi.useFakeTimers();
    document.body.innerHTML = '<section><turbo-frame><div data-running></div></turbo-frame></section>';
    root = document.querySelector('section') ?? document.body;
    frame = root.querySelector('turbo-frame') ?? document.body;
    frame.reload = vi.fn(() => Promise.resolve());
  });

  afterEach(() => { vi.useRealTimers(); });

  it('asks again while it goes on, and no more once it is done', () => {
    const end = startKeywordReview(root);
    vi.advanceTimersByTime(1_500);
    expect(frame.src).toBe(location.href);
    vi.advanceTimersByTime(3_000);
    expect(frame.reload).toHaveBeenCalledTimes(2);
    frame.replaceChildren();
    vi.advanceTimersByTime(9_000);
    expect(frame.reload).toHaveBeenCalledTimes(2);
    end();
  });

  it('asks nothing after the page is left', () => {
    startKeywordReview(root)();
    vi.advanceTimersByTime(9_000);
    expect(frame.src).toBeUndefined();
  });
});
