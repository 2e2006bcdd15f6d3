import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PeopleMessage } from '../hub/peopleContract';
import { PeopleFeed, type People } from '../hub/peopleFeed';
import { FakePeople, lamp } from './people';

let source: FakePeople;
let feed: PeopleFeed;
let told: People[];

const change = (given: Partial<PeopleMessage>): PeopleMessage => ({ kind: 'change', people: [], gone: [], mine: null, ...given });
const names = (): string[] => [...told.at(-1)?.lamps.values() ?? []].map((one) => one.name);

beforeEach(() => {
  source = new FakePeople();
  feed = new PeopleFeed(source);
  told = [];
  feed.onChange((people) => { told.push(people); });
});

describe('PeopleFeed', () => {
  it('knows nobody until it is told', () => {
    expect(feed.people).toBeNull();
    expect(told).toEqual([]);
  });

  it('keeps what a change does not speak of', () => {
    source.say({ kind: 'snapshot', people: [lamp({ userId: 'a', name: 'A' }), lamp({ userId: 'b', name: 'B' })], gone: [], mine: { chosen: 'away', favourites: ['b'] } });
    source.say(change({ people: [lamp({ userId: 'b', name: 'B2' })] }));
    expect(names()).toEqual(['A', 'B2']);
    expect(told.at(-1)).toMatchObject({ chosen: 'away', favourites: new Set(['b']), fresh: true });
    source.say(change({ gone: ['a'], mine: { chosen: 'available', favourites: [] } }));
    expect(names()).toEqual(['B2']);
    expect(told.at(-1)).toMatchObject({ chosen: 'available', favourites: new Set() });
  });

  it('tells a part of the page that comes later what is known', () => {
    source.say({ kind: 'snapshot', people: [lamp()], gone: [], mine: null });
    const later = vi.fn();
    const stop = feed.onChange(later);
    expect(later).toHaveBeenCalledOnce();
    stop();
    source.say(change({}));
    expect(later).toHaveBeenCalledOnce();
  });

  it('says when it may be out of date, and is right again by itself', () => {
    source.say({ kind: 'snapshot', people: [lamp({ name: 'A' })], gone: [], mine: null });
    source.drop();
    expect(told.at(-1)?.fresh).toBe(false);
    expect(names()).toEqual(['A']);
    source.comeBack();
    source.say({ kind: 'snapshot', people: [lamp({ userId: 'z', name: 'Z' })], gone: [], mine: null });
    expect(names()).toEqual(['Z']);
    expect(told.at(-1)?.fresh).toBe(true);
  });

  it('asks again when the server ends the stream', async () => {
    vi.useFakeTimers();
    source.streams[0]?.failed();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(source.streams).toHaveLength(2);
    vi.useRealTimers();
  });
});
