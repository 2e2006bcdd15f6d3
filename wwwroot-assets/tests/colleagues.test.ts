import { beforeEach, describe, expect, it, vi, type Mock } from 'vitest';
import type { Lamp } from '../hub/peopleContract';
import { PeopleFeed } from '../hub/peopleFeed';
import { fits, startColleagues, type ColleaguesWorld } from '../pages/colleagues';
import { onDial, type DialRequest } from '../shell/callNumber';
import { FakePeople, lamp } from './people';

const markup = `
  <div data-colleagues data-me="me">
    <div data-colleagues-filter hidden><label for="f">Filter</label><input id="f"></div>
    <ul data-colleagues-rows hidden></ul><div data-colleagues-empty hidden></div><p data-colleagues-none></p>
  </div>`;
const dialled: DialRequest[] = [];
onDial((request) => { dialled.push(request); });

let source: FakePeople;
let feed: PeopleFeed;
let stop: () => void;
let setFavourite: Mock<ColleaguesWorld['setFavourite']>;

const part = (name: string): HTMLElement => document.querySelector(`[data-colleagues-${name}]`) ?? document.body;
const rows = (): HTMLElement[] => [...document.querySelectorAll('li')];
const row = (name: string): HTMLElement => rows().find((one) => one.textContent.includes(name)) ?? document.body;
const named = (label: string): HTMLButtonElement => document.querySelector(`[aria-label="${label}"]`) ?? document.createElement('button');
const say = (people: Lamp[], favourites: string[] = []): void => {
  source.say({ kind: 'snapshot', people, gone: [], mine: { chosen: 'available', favourites } });
};
const write = (text: string): void => {
  const input = document.querySelector('input');
  if (!input) return;
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
};

beforeEach(() => {
  document.body.innerHTML = markup;
  dialled.length = 0;
  source = new FakePeople();
  feed = new PeopleFeed(source);
  setFavourite = vi.fn(() => Promise.resolve());
  stop = startColleagues(document.querySelector('[data-colleagues]') ?? document.body, feed, { setFavourite });
});

describe('the colleagues', () => {
  it('are shown with their state in words, favourites first, without oneself', () => {
    say([lamp({ userId: 'c', name: 'Cy', state: 'do-not-disturb' }), lamp({ userId: 'b', name: 'Bo', state: 'away' }), lamp({ userId: 'me', name: 'Me' }),
      lamp({ userId: 'z', name: 'Zoe', state: 'on-call', since: '2026-01-01T10:00:00Z' })], ['z']);
    expect(rows().map((one) => one.querySelector('.row-title')?.textContent)).toEqual(['Zoe', 'Bo', 'Cy']);
    expect(rows().map((one) => one.querySelector('.lamp span')?.textContent)).toEqual(['On a call', 'Away', 'Do not disturb']);
    expect(row('Zoe').querySelector('.lamp')?.textContent).toMatch(/^On a call since \d/);
    expect(row('Bo').querySelector('time')?.hidden).toBe(true);
    expect(named('Favourite: Zoe').getAttribute('aria-pressed')).toBe('true');
  });

  it('are called with one click, also those without a number', () => {
    say([lamp({ name: 'Bo', number: null, display: null, dial: 'person-b' })]);
    named('Call Bo').click();
    expect(dialled).toEqual([{ dial: 'person-b', number: '', name: 'Bo' }]);
  });

  it('change one row for one change, and keep the others', () => {
    say([lamp({ userId: 'a', name: 'Al' }), lamp({ userId: 'b', name: 'Bo' })]);
    const [al, bo] = rows();
    source.say({ kind: 'change', people: [lamp({ userId: 'b', name: 'Bo', state: 'on-call' })], gone: [], mine: null });
    expect(rows()).toEqual([al, bo]);
    expect(bo?.querySelector('.lamp span')?.textContent).toBe('On a call');
  });

  it('keep the focus on the star that was pressed, when it moves them up', () => {
    const people = [lamp({ userId: 'a', name: 'Al' }), lamp({ userId: 'b', name: 'Bo' })];
    say(people);
    named('Favourite: Bo').focus();
    named('Favourite: Bo').click();
    expect(setFavourite).toHaveBeenCalledExactlyOnceWith('b', true);
    say(people, ['b']);
    expect(rows()[0]).toBe(row('Bo'));
    expect(document.activeElement).toBe(named('Favourite: Bo'));
    named('Favourite: Bo').click();
    expect(setFavourite).toHaveBeenLastCalledWith('b', false);
  });

  it('say when a favourite could not be kept', async () => {
    say([lamp({ name: 'Bo' })]);
    setFavourite.mockRejectedValueOnce(new Error('down'));
    named('Favourite: Bo').click();
    await vi.waitFor(() => { expect(part('none').textContent).toContain('cannot be reached'); });
  });

  it('can be filtered, and say when nobody fits', () => {
    say([lamp({ userId: 'a', name: 'Al Ames' }), lamp({ userId: 'b', name: 'Bo Bell', number: '+442079460123' })]);
    write('bel');
    expect(rows()).toEqual([row('Bo')]);
    write('0207 946');
    expect(rows()).toEqual([row('Bo')]);
    write('xyz');
    expect(rows()).toEqual([]);
    expect(part('none').textContent).toBe('Nobody here is called that.');
    write('');
    expect(rows()).toHaveLength(2);
    expect(part('none').textContent).toBe('');
  });

  it('have an empty state, and one for a lost connection', () => {
    say([lamp({ userId: 'me' })]);
    expect([part('empty').hidden, part('filter').hidden, part('rows').hidden]).toEqual([false, true, true]);
    source.drop();
    expect(document.querySelector<HTMLElement>('[data-colleagues]')?.dataset.stale).toBe('true');
  });

  it('write names as text', () => {
    say([lamp({ name: '<img src=x>' })]);
    expect(document.querySelector('img')).toBeNull();
  });

  it('are silent once another page has come', () => {
    stop();
    say([lamp()]);
    expect(rows()).toEqual([]);
  });
});

describe('fits', () => {
  it('wants every word to begin a name', () => {
    const mary = lamp({ name: 'Mary-Ann O’Neil', number: null });
    expect(['', 'ann', 'MARY o', 'o’n'].map((text) => fits(mary, text))).toEqual([true, true, true, true]);
    expect(['ary', 'mary x', '12'].map((text) => fits(mary, text))).toEqual([false, false, false]);
  });
});
