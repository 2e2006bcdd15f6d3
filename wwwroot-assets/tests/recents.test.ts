import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveMessage } from '../hub/contract';
import type { LiveSource } from '../hub/liveFeed';
import { startRecents } from '../pages/recents';
import { ago } from '../shell/ago';
import { onDial, startCallNumbers, type DialRequest } from '../shell/callNumber';
import { call } from './views';

const now = new Date('2026-01-10T12:00:00Z');
const before = (seconds: number): Date => new Date(now.getTime() - seconds * 1_000);

describe('ago', () => {
  it('says it as people do', () => {
    expect([-30, 0, 59, 60, 3_599, 3_600, 86_399, 86_400, 3 * 86_400].map((seconds) => ago(before(seconds), now))).toEqual(
      ['just now', 'just now', 'just now', '1 minute ago', '59 minutes ago', '1 hour ago', '23 hours ago', 'yesterday', '3 days ago']);
  });

  it('gives the date of what is long ago', () => {
    expect(ago(before(8 * 86_400), now)).toContain('2026');
  });
});

describe('the recent calls', () => {
  let next: (message: LiveMessage) => void = () => undefined;
  let stopped = false;
  let connect: () => void = () => undefined;
  let disconnect: () => void = () => undefined;
  const source: LiveSource = {
    connected: true,
    onConnected: (listener) => { connect = listener; return () => undefined; },
    onDisconnected: (listener) => { disconnect = listener; return () => undefined; },
    watch: (_, given) => { next = given; return () => { stopped = true; }; },
  };
  const frame = (): HTMLElement => document.querySelector('turbo-frame') ?? document.body;
  const end = (id: string): void => { next({ kind: 'change', seq: 2, calls: [call({ id, state: 'ended', version: 2 })] }); };
  let stop: () => void;

  beforeEach(() => {
    vi.useFakeTimers({ now });
    document.body.innerHTML = `<turbo-frame data-recents><time data-ago datetime="${before(300).toISOString()}">x</time></turbo-frame>`;
    stop = startRecents(source);
    next({ kind: 'snapshot', seq: 1, calls: [call({ id: 'a' })] });
  });

  afterEach(() => { vi.useRealTimers(); });

  it('tell their times, and go on telling them', () => {
    expect(frame().textContent).toBe('5 minutes ago');
    vi.advanceTimersByTime(60_000);
    expect(frame().textContent).toBe('6 minutes ago');
    expect(frame().querySelector('time')?.title).not.toBe('');
  });

  it('are fetched again once after a call has ended, and only then', () => {
    next({ kind: 'change', seq: 2, calls: [call({ id: 'a', version: 2 })] });
    vi.advanceTimersByTime(2_000);
    expect(frame().hasAttribute('src')).toBe(false);
    end('a');
    vi.advanceTimersByTime(1_000);
    expect(frame().getAttribute('src')).toBe(location.pathname);
    const reload = vi.fn(() => Promise.resolve());
    Object.assign(frame(), { reload });
    end('b');
    end('c');
    vi.advanceTimersByTime(1_000);
    expect(reload).toHaveBeenCalledOnce();
  });

  it('are fetched again after an outage, for nobody told of what ended in it', () => {
    vi.advanceTimersByTime(2_000);
    expect(frame().hasAttribute('src')).toBe(false);
    disconnect();
    connect();
    vi.advanceTimersByTime(2_000);
    expect(frame().hasAttribute('src')).toBe(false);
    next({ kind: 'snapshot', seq: 1, calls: [] });
    vi.advanceTimersByTime(1_000);
    expect(frame().getAttribute('src')).toBe(location.pathname);
  });

  it('are left alone once another page has come', () => {
    end('a');
    stop();
    vi.advanceTimersByTime(60_000);
    expect(stopped).toBe(true);
    expect(frame().hasAttribute('src')).toBe(false);
    expect(frame().textContent).toBe('5 minutes ago');
  });
});

describe('a number that calls', () => {
  it('asks the phone, wherever in the page it is and whenever it came', () => {
    const asked: DialRequest[] = [];
    onDial((request) => { asked.push(request); });
    startCallNumbers();
    document.body.innerHTML = `
      <button type="button" data-dial="+12025550143" data-number="+1 202-555-0143" data-name="Jane"><span>Call</span></button>
      <button type="button" data-dial="person-2"></button><button type="button"></button><span data-dial="+1"></span>`;
    document.querySelector<HTMLElement>('button span')?.click();
    for (const one of document.querySelectorAll<HTMLElement>('body > *:not(:first-child)')) one.click();
    expect(asked).toEqual([
      { dial: '+12025550143', number: '+1 202-555-0143', name: 'Jane' },
      { dial: 'person-2', number: '', name: null },
    ]);
  });
});
