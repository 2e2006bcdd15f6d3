import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Autoplay } from '../devices/autoplay';
import { Outlet } from '../devices/outlet';
import { startSound, type SoundParts } from '../devices/startSound';

const sentence = 'Click anywhere in this page, so that calls can be heard ringing.';

/** What the browser does with a page's sound. */
const browser = { allows: false, isTouched: false, takes: 0 };
let contexts: FakeContext[];

class FakeContext extends EventTarget {
  state = 'suspended';
  constructor() {
    super();
    contexts.push(this);
  }
  setSinkId(): Promise<void> { return Promise.resolve(); }
  resume(): Promise<void> {
    if (browser.allows) setTimeout(() => { this.become('running'); }, browser.takes);
    return Promise.resolve();
  }
  become(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

let autoplay: Autoplay;
let told: boolean[];

const touch = (gesture: string): void => {
  browser.allows = true;
  document.dispatchEvent(new Event(gesture));
};

beforeEach(() => {
  vi.useFakeTimers();
  contexts = [];
  told = [];
  Object.assign(browser, { allows: false, isTouched: false, takes: 0 });
  vi.stubGlobal('AudioContext', FakeContext);
  vi.stubGlobal('navigator', { userActivation: { get hasBeenActive() { return browser.isTouched; } } });
  autoplay = new Autoplay(new Outlet());
  autoplay.onChange((isBlocked) => { told.push(isBlocked); });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a ringtone that the browser blocks', () => {
  it.each(['pointerup', 'click', 'keydown'])('is told of once calls may ring, until %s lets it be heard', async (gesture) => {
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told).toEqual([]);
    autoplay.expect(true);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told).toEqual([true]);
    touch(gesture);
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual([true, false]);
  });

  it('is not told of where calls ring elsewhere by now', async () => {
    autoplay.expect(true);
    await vi.advanceTimersByTimeAsync(10_000);
    autoplay.expect(false);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told).toEqual([true, false]);
  });
});

describe('a ringtone that can be heard', () => {
  it('is not told of, also where it takes its time to run, or sleeps later on', async () => {
    Object.assign(browser, { allows: true, takes: 1_500 });
    autoplay.expect(true);
    await vi.advanceTimersByTimeAsync(10_000);
    contexts[0]?.become('suspended');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told).toEqual([]);
  });

  it('is not told of where the page was touched before', async () => {
    touch('pointerup');
    await vi.advanceTimersByTimeAsync(0);
    autoplay.expect(true);
    await vi.advanceTimersByTimeAsync(10_000);
    expect([told, contexts.length]).toEqual([[], 1]);
  });

  it('is not waited for with a touch where a touch has not helped', async () => {
    browser.isTouched = true;
    autoplay.expect(true);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told).toEqual([]);
  });
});

it('is said beside the phone for as long as it is so', () => {
  let tell: (isBlocked: boolean) => void = () => undefined;
  let parts: SoundParts | undefined;
  startSound({
    sounds: { use: () => undefined, test: () => undefined, onBlocked: (listener) => { tell = listener; } },
    echoCall: () => undefined,
    place: (given) => { parts = given; },
  });
  expect(parts?.notices.textContent).toBe('');
  tell(true);
  expect(parts?.notices.textContent).toBe(sentence);
  expect(parts?.notices.querySelector('.notice-plain')).not.toBeNull();
  tell(false);
  expect(parts?.notices.textContent).toBe('');
});
