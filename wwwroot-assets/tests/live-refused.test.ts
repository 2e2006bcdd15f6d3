import { describe, expect, it } from 'vitest';
import type { RefusedView } from '../hub/contract';
import { followRefused, type RefusedSource } from '../pages/liveRefused';

class FakeSource implements RefusedSource {
  connected = true;
  followed = 0;
  ended = 0;
  say: (refused: RefusedView) => void = () => undefined;
  connect: () => void = () => undefined;
  onConnected(listener: () => void): () => void {
    this.connect = listener;
    return () => { this.connect = () => undefined; };
  }
  onDisconnected(): () => void { return () => undefined; }
  watchRefused(next: (refused: RefusedView) => void): () => void {
    this.followed++;
    this.say = next;
    return () => { this.ended++; };
  }
}

const page = (): HTMLElement => {
  document.body.innerHTML = '<p data-live-refused hidden role="status"><span data-live-refused-sentence></span> <time></time></p>';
  return document.querySelector('p') ?? document.body;
};

describe('calls that there was no room for', () => {
  it('are told as they are refused, and no more once that is no news', () => {
    const [notice, hub] = [page(), new FakeSource()];
    followRefused(hub);
    hub.say({ sentence: null, lastAt: null });
    expect(notice.hidden).toBe(true);

    hub.say({ sentence: '2 calls were refused. The last:', lastAt: new Date(2026, 0, 2, 12, 30, 5).toISOString() });
    expect(notice.hidden).toBe(false);
    expect(notice.textContent).toBe('2 calls were refused. The last: 2026-01-02 12:30:05');

    hub.say({ sentence: null, lastAt: null });
    expect(notice.hidden).toBe(true);
  });

  it('are followed anew with each connection, for as long as the page is there', () => {
    page();
    const hub = new FakeSource();
    const stop = followRefused(hub);
    hub.connect();
    expect([hub.followed, hub.ended]).toEqual([2, 1]);
    stop();
    hub.connect();
    expect([hub.followed, hub.ended]).toEqual([2, 2]);
  });

  it('are not asked for where the page does not tell of them', () => {
    document.body.innerHTML = '';
    const hub = new FakeSource();
    followRefused(hub)();
    expect(hub.followed).toBe(0);
  });
});
