import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AsteriskView } from '../hub/contract';
import { followAsterisk, type AsteriskSource } from '../hub/followAsterisk';
import { LiveTable } from '../pages/liveTable';
import { sentenceOf, showOutage } from '../shell/outageBanner';
import { Outages } from '../shell/outages';
import { call } from './views';

class FakeSource implements AsteriskSource {
  connected = false;
  followed = 0;
  say: (asterisk: AsteriskView) => void = () => undefined;
  fail: () => void = () => undefined;
  #up: () => void = () => undefined;
  #down: () => void = () => undefined;
  onConnected(listener: () => void): () => void { this.#up = listener; return () => undefined; }
  onDisconnected(listener: () => void): () => void { this.#down = listener; return () => undefined; }
  watchAsterisk(next: (asterisk: AsteriskView) => void, failed: () => void): () => void {
    this.followed++;
    this.say = next;
    this.fail = failed;
    return () => undefined;
  }
  connect(): void { this.connected = true; this.#up(); }
  drop(): void { this.connected = false; this.#down(); }
}

const noon = new Date(2026, 0, 2, 12, 0, 0);
const there = { connected: true, since: noon.toISOString() };
const away = { connected: false, since: noon.toISOString() };
let source: FakeSource;
let outages: Outages;

const banner = (): string => document.getElementById('outage')?.textContent ?? 'no banner';
const begin = (markup = '<div id="outage" role="status"></div>'): void => {
  document.body.innerHTML = markup;
  source = new FakeSource();
  outages = new Outages();
  showOutage(outages);
  followAsterisk(source, outages);
};

beforeEach(() => {
  vi.useFakeTimers({ now: noon });
  begin();
});
afterEach(() => { vi.useRealTimers(); });

describe('the banner', () => {
  it('says nothing while all is well, nor of what is over at once', () => {
    source.connect();
    source.say(there);
    source.drop();
    vi.advanceTimersByTime(1_000);
    source.connect();
    source.say(there);
    vi.advanceTimersByTime(60_000);
    expect(banner()).toBe('');
  });

  it('says that the telephone system is away and how old the page is, and goes by itself', () => {
    source.connect();
    source.say(there);
    source.say(away);
    vi.advanceTimersByTime(2_000);
    expect(banner()).toContain('The telephone system is not answering.');
    expect(banner()).toContain('how things were at 12:00.');
    source.say(there);
    expect(banner()).toBe('');
  });

  it('says that the server is away, from the moment that it was lost, also where it was never there', () => {
    vi.advanceTimersByTime(2_000);
    expect(banner()).toContain('AriDialer cannot be reached');
    source.connect();
    source.say(there);
    expect(banner()).toBe('');
    vi.setSystemTime(new Date(2026, 0, 2, 14, 3, 0));
    source.drop();
    vi.advanceTimersByTime(120_000);
    expect(banner()).toContain('how things were at 14:03.');
  });

  it('counts from when the page fell asleep, whether the loss is told before or after it woke', () => {
    source.connect();
    source.say(there);
    const asleep = new Date(2026, 0, 2, 12, 10, 0);
    vi.setSystemTime(new Date(2026, 0, 2, 14, 0, 0));
    source.drop();
    outages.slept(asleep);
    vi.advanceTimersByTime(2_000);
    expect(banner()).toContain('how things were at 12:10.');
    outages.doubt('people', true);
    outages.doubt('server', false);
    vi.advanceTimersByTime(2_000);
    expect(banner()).toContain('how things were at 12:10.');
    outages.doubt('people', false);
    outages.doubt('people', true);
    vi.advanceTimersByTime(2_000);
    expect(banner()).toContain('how things were at 14:00.');
  });

  it('counts from the loss again once the page has been awake for a while', () => {
    source.connect();
    source.say(there);
    outages.slept(new Date(2026, 0, 2, 11, 0, 0));
    vi.advanceTimersByTime(20_000);
    source.drop();
    vi.advanceTimersByTime(2_000);
    expect(banner()).toContain('how things were at 12:00.');
  });

  it('changes its words while both are away, and stays until both are back', () => {
    source.connect();
    source.say(away);
    vi.advanceTimersByTime(2_000);
    source.drop();
    vi.advanceTimersByTime(2_000);
    expect(banner()).toContain('AriDialer cannot be reached');
    source.connect();
    source.say(away);
    expect(banner()).toContain('The telephone system is not answering.');
    source.say(there);
    expect(banner()).toBe('');
  });

  it('is there for what else is followed, and only as long as it is not', () => {
    source.connect();
    source.say(there);
    outages.doubt('people', true);
    outages.doubt('live', true);
    vi.advanceTimersByTime(2_000);
    outages.doubt('people', false);
    expect(banner()).toContain('cannot be reached');
    outages.doubt('live', false);
    expect(banner()).toBe('');
  });

  it('says where there are too many pages that some are to be closed', () => {
    outages.refuse(source, true);
    vi.advanceTimersByTime(2_000);
    expect(banner()).toContain('You have too many pages open');
    outages.refuse(source, false);
    expect(banner()).toContain('AriDialer cannot be reached');
  });

  it('keeps what a page was loaded with until the hub says otherwise', () => {
    begin(`<div id="outage" role="status" data-asterisk-away="${noon.toISOString()}"><div class="notice"><span>as the server wrote it</span></div></div>`);
    expect(banner()).toContain('The telephone system is not answering. ');
    source.connect();
    source.say(there);
    expect(banner()).toBe('');
  });

  it('follows anew where the stream ends', () => {
    source.connect();
    source.say(there);
    source.fail();
    vi.advanceTimersByTime(2_000);
    expect(source.followed).toBe(2);
    source.say(there);
    vi.advanceTimersByTime(5_000);
    expect(banner()).toBe('');
  });

  it('is not there for who has signed out', () => {
    source.connect();
    source.say(there);
    outages.end();
    source.drop();
    vi.advanceTimersByTime(60_000);
    expect(banner()).toBe('');
  });

  it('names the day where it is another', () => {
    expect(sentenceOf({ away: 'asterisk', since: noon }, new Date(2026, 0, 3, 1, 0, 0))).toMatch(/at 2026-01-02 12:00\.$/);
  });
});

describe('rows that may be out of date', () => {
  it('have clocks that stand still and a button that says why it does nothing, also those that come meanwhile', () => {
    document.body.innerHTML = '<div id="outage"></div><table><tbody></tbody></table>';
    const body = document.querySelector('tbody') ?? expect.fail('no table');
    const table = new LiveTable(body, () => undefined, false);
    const one = call({ id: 'a', answeredAt: noon.toISOString() });
    table.show(new Map([['a', one]]));
    table.freeze(true);
    vi.setSystemTime(noon.getTime() + 60_000);
    table.tick();
    table.show(new Map([['a', one], ['b', call({ id: 'b' })]]));
    const buttons = [...body.querySelectorAll('button')];
    expect(buttons.map((button) => [button.disabled, button.getAttribute('aria-describedby')])).toEqual([[true, 'outage'], [true, 'outage']]);
    table.freeze(false);
    expect(buttons.every((button) => !button.disabled && !button.hasAttribute('aria-describedby'))).toBe(true);
    expect(body.querySelector('[data-call="a"] .since')?.textContent).toBe('1:00');
  });

  it('do not tick', () => {
    document.body.innerHTML = '<table><tbody></tbody></table>';
    const body = document.querySelector('tbody') ?? expect.fail('no table');
    const table = new LiveTable(body, () => undefined, false);
    table.show(new Map([['a', call({ id: 'a', answeredAt: noon.toISOString() })]]));
    table.freeze(true);
    vi.setSystemTime(noon.getTime() + 60_000);
    table.tick();
    expect(body.querySelector('.since')?.textContent).toBe('0:00');
  });
});
