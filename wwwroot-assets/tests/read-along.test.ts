import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveLine, LiveWords } from '../hub/contract';
import { startReadAlong, type WordsSource } from '../pages/readAlong';
import { goTo } from '../shell/navigation';

vi.mock('../shell/navigation', () => ({ goTo: vi.fn() }));

let root: HTMLElement;
let source: WordsSource & { connected: boolean };
let streams: { next: (message: LiveWords) => void; failed: () => void; stopped: boolean }[];
let connect: () => void;
let disconnect: () => void;
let end: () => void;
let doubtful: boolean | null;

const part = (name: string): HTMLElement => root.querySelector<HTMLElement>(`[data-read-${name}]`) ?? expect.fail(`no ${name}`);
const shown = (): string[] => [...part('lines').children].map((line) => `${line.getAttribute('data-side')} ${line.getAttribute('data-kind')}: ${line.querySelector('p')?.textContent}`);
const line = (id: number, text: string, kind: LiveLine['kind'] = 'final', side: LiveLine['side'] = 'left'): LiveLine =>
  ({ id, side, name: side === 'left' ? 'Agent One' : 'Jane Doe', at: '2026-01-01T12:00:00Z', text, kind });
const words = (lines: LiveLine[], more: Partial<LiveWords> = {}): LiveWords => ({ kind: 'change', state: 'listening', sentence: null, lines, ...more });
const stream = (): (typeof streams)[number] => streams.at(-1) ?? expect.fail('nobody reads');

function scrollable(top: number, height: number, content: number): void {
  const list = part('lines');
  Object.defineProperties(list, { clientHeight: { value: height, configurable: true }, scrollHeight: { value: content, configurable: true } });
  list.scrollTop = top;
  list.dispatchEvent(new Event('scroll'));
}

beforeEach(() => {
  vi.useFakeTimers();
  root = document.createElement('section');
  root.dataset.call = 'call-1';
  root.dataset.history = '/history/call-1';
  root.innerHTML = `<p data-read-state></p><p data-read-sentence hidden></p>
    <div data-read-view hidden><ol data-read-lines></ol><button data-read-follow hidden><span data-read-new></span></button></div><p data-read-over hidden></p>`;
  document.body.replaceChildren(root);
  streams = [];
  const listeners = { on: new Set<() => void>(), off: new Set<() => void>() };
  source = {
    connected: true,
    onConnected: (listener) => { listeners.on.add(listener); return () => listeners.on.delete(listener); },
    onDisconnected: (listener) => { listeners.off.add(listener); return () => listeners.off.delete(listener); },
    readAlong: (callId, next, failed) => {
      expect(callId).toBe('call-1');
      const one = { next, failed, stopped: false };
      streams.push(one);
      return () => { one.stopped = true; };
    },
  };
  connect = () => { source.connected = true; listeners.on.forEach((listener) => { listener(); }); };
  disconnect = () => { source.connected = false; listeners.off.forEach((listener) => { listener(); }); };
  doubtful = null;
  end = startReadAlong(root, source, (value) => { doubtful = value; });
});

afterEach(() => {
  end();
  vi.useRealTimers();
});

describe('Read along', () => {
  it('shows both sides in the order in which they began, and words that become final in their place', () => {
    stream().next(words([line(1, 'hello'), line(2, 'good', 'interim', 'right')], { kind: 'snapshot' }));
    stream().next(words([line(3, 'next'), line(2, 'good morning', 'final', 'right')]));

    expect(shown()).toEqual(['left final: hello', 'right final: good morning', 'left final: next']);
    expect(part('state').textContent).toBe('Listening');
    expect(part('view').hidden).toBe(false);
  });

  it('says why there are no words', () => {
    stream().next(words([], { kind: 'snapshot', state: 'later', sentence: 'This one is transcribed when it is over.' }));

    expect(part('sentence').textContent).toBe('This one is transcribed when it is over.');
    expect(part('view').hidden).toBe(true);
  });

  it('says what is missing, and never shows what was said as markup', () => {
    stream().next(words([line(1, '<b>bold</b>'), line(2, '', 'gap')], { kind: 'snapshot' }));

    expect(part('lines').querySelector('b')).toBeNull();
    expect(shown()[1]).toContain('added after the call');
  });

  it('does not take the place away from somebody who reads further up, and counts what is new', () => {
    stream().next(words([line(1, 'one'), line(2, 'two')], { kind: 'snapshot' }));
    scrollable(40, 100, 400);
    expect(part('follow').hidden).toBe(false);

    stream().next(words([line(3, 'three'), line(4, 'fo', 'interim')]));
    stream().next(words([line(4, 'four')]));

    expect(part('lines').scrollTop).toBe(40);
    expect(part('new').textContent).toBe('2 new');
    part('follow').click();
    expect(part('lines').scrollTop).toBe(300);
    expect(part('follow').hidden).toBe(true);
  });

  it('is right again by itself after a lost connection', () => {
    stream().next(words([line(1, 'one'), line(2, 'tw', 'interim')], { kind: 'snapshot' }));
    disconnect();
    expect(doubtful).toBe(true);
    connect();
    stream().next(words([line(2, 'two'), line(5, 'five')], { kind: 'snapshot' }));

    expect(streams).toHaveLength(2);
    expect(shown()).toEqual(['left final: two', 'left final: five']);
    expect(doubtful).toBe(false);
  });

  it('says that the call is over, and reads no more', () => {
    stream().next(words([line(1, 'bye')], { kind: 'snapshot', state: 'over', sentence: 'The call is over.' }));
    stream().failed();
    vi.advanceTimersByTime(10_000);

    expect(part('over').hidden).toBe(false);
    expect(streams).toHaveLength(1);
    expect(shown()).toEqual(['left final: bye']);
  });

  it('has no doubt about a call that is over, whatever becomes of the connection', () => {
    stream().next(words([line(1, 'bye')], { kind: 'snapshot', state: 'over' }));
    disconnect();
    expect(doubtful).toBe(false);
  });

  it('goes to the call’s page where it can be read no more, and leaves the sound of other calls alone', () => {
    for (let tries = 0; tries < 3; tries++) {
      stream().failed();
      vi.advanceTimersByTime(2_000);
    }
    expect(vi.mocked(goTo).mock.calls).toEqual([['/history/call-1']]);
  });
});
