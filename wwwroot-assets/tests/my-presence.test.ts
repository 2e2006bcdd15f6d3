import { beforeEach, describe, expect, it, vi, type Mock } from 'vitest';
import { PeopleFeed } from '../hub/peopleFeed';
import type { ChosenPresence } from '../hub/peopleContract';
import { startMyPresence, type MyPresenceWorld } from '../pages/myPresence';
import { FakePeople } from './people';

const field = (id: string): string => `
  <div class="my-presence"><label for="${id}">My presence</label><select id="${id}" data-my-presence disabled>
  <option value="" hidden></option><option value="available"></option><option value="away"></option><option value="do-not-disturb"></option></select>
  <p data-my-presence-said></p></div>`;

const source = new FakePeople();
const setPresence: Mock<MyPresenceWorld['setPresence']> = vi.fn();
const showInPage = startMyPresence(new PeopleFeed(source), { setPresence });

const fields = (): HTMLSelectElement[] => [...document.querySelectorAll('select')];
const said = (): string => document.querySelector('[data-my-presence-said]')?.textContent ?? '';
const tell = (chosen: ChosenPresence): void => { source.say({ kind: 'snapshot', people: [], gone: [], mine: { chosen, favourites: [] } }); };
const choose = (value: string): void => {
  const [first] = fields();
  if (!first) return;
  first.value = value;
  first.dispatchEvent(new Event('change', { bubbles: true }));
};

beforeEach(() => {
  document.body.innerHTML = `<span class="avatar"></span>${field('menu')}${field('page')}`;
  setPresence.mockReset();
  setPresence.mockResolvedValue();
  source.comeBack();
});

describe('my presence', () => {
  it('shows in each field what was chosen in any tab, and in the next page too', () => {
    tell('away');
    expect(fields().map((one) => [one.value, one.disabled])).toEqual([['away', false], ['away', false]]);
    expect(document.querySelector<HTMLElement>('.avatar')?.dataset.chosen).toBe('away');
    document.body.innerHTML = field('menu');
    showInPage();
    expect(fields()[0]?.value).toBe('away');
  });

  it('is set by choosing', () => {
    tell('available');
    choose('do-not-disturb');
    expect(setPresence).toHaveBeenCalledExactlyOnceWith('do-not-disturb');
  });

  it('goes back, and says so, where it could not be set', async () => {
    tell('available');
    setPresence.mockRejectedValueOnce(new Error('down'));
    choose('away');
    await vi.waitFor(() => { expect(said()).toContain('this was not changed'); });
    expect(fields()[0]?.value).toBe('available');
    choose('away');
    expect(said()).toBe('');
  });

  it('cannot be chosen while the server cannot be reached', () => {
    tell('available');
    source.drop();
    expect(fields().every((one) => one.disabled)).toBe(true);
  });
});
