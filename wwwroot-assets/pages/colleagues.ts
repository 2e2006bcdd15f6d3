import type { People, PeopleFeed } from '../hub/peopleFeed';
import type { Lamp } from '../hub/peopleContract';
import { requestDial } from '../shell/callNumber';
import { setText } from '../shell/dom';
import { ColleagueList } from './colleagueList';

export interface ColleaguesWorld {
  setFavourite(personId: string, isFavourite: boolean): Promise<void>;
}

const unreachable = 'AriDialer cannot be reached right now. Try again in a moment.';

/** The colleagues' busy lamps. Gives what ends it when another page comes. */
export function startColleagues(root: HTMLElement, feed: PeopleFeed, world: ColleaguesWorld): () => void {
  const part = (name: string): HTMLElement | null => root.querySelector(`[data-colleagues-${name}]`);
  const rows = part('rows');
  const none = part('none');
  const filter = part('filter')?.querySelector('input');
  if (!rows || !none || !filter) return () => undefined;
  const me = root.dataset.me;
  const list = new ColleagueList(rows, {
    call: (lamp) => { requestDial({ dial: lamp.dial, number: lamp.display ?? '', name: lamp.name }); },
    favour: (lamp, isFavourite) => {
      setText(none, '');
      world.setFavourite(lamp.userId, isFavourite).catch(() => { setText(none, unreachable); });
    },
  });
  const show = ({ lamps, favourites, fresh }: People): void => {
    const colleagues = [...lamps.values()].filter((lamp) => lamp.userId !== me);
    const found = colleagues.filter((lamp) => fits(lamp, filter.value));
    list.show(found, favourites);
    root.dataset.stale = String(!fresh);
    part('filter')?.toggleAttribute('hidden', colleagues.length === 0);
    part('empty')?.toggleAttribute('hidden', colleagues.length > 0);
    rows.hidden = found.length === 0;
    setText(none, found.length === 0 && colleagues.length > 0 ? 'Nobody here is called that.' : '');
  };
  filter.addEventListener('input', () => { if (feed.people) show(feed.people); });
  return feed.onChange(show);
}

/** Every word begins one of the person's names, or the digits are part of their number. */
export function fits(lamp: Lamp, text: string): boolean {
  const words = text.toLocaleLowerCase().split(/\s+/).filter((word) => word !== '');
  const names = lamp.name.toLocaleLowerCase().split(/[\s-]+/);
  const digits = text.replace(/\D/g, '').replace(/^0+/, '');
  return words.every((word) => names.some((name) => name.startsWith(word)))
    || (digits.length >= 3 && lamp.number?.includes(digits) === true);
}
