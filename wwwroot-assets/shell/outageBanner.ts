import { el, icon, setText } from './dom';
import { localTime } from './localTimes';
import type { Outage, Outages } from './outages';

/** The element's id, for what refers to it as its reason. */
export const outagePlace = 'outage';

const sentences = {
  asterisk: 'The telephone system is not answering. Calls may be going on all the same; this page shows how things were at',
  room: 'You have too many pages open, so this one is not kept up to date. Close some of the others. It shows how things were at',
  server: 'AriDialer cannot be reached, trying again… Calls go on all the same; this page shows how things were at',
} as const;

/** The one place in which every page says that what it shows may be out of date. It stays while Turbo changes the page. */
export function showOutage(outages: Outages): void {
  const place = document.getElementById(outagePlace);
  if (!place) return;
  // Loaded while the telephone system was away: it has been said already, and is true until the hub says otherwise.
  const away = new Date(place.dataset.asteriskAway ?? '');
  if (!Number.isNaN(away.getTime())) outages.asterisk(away, 0);
  outages.onChange((outage) => {
    if (!outage) {
      place.replaceChildren();
      return;
    }
    const shown = place.querySelector('span') ?? place.appendChild(el('div', { class: 'notice' }, icon('wifi-off'), el('span'))).querySelector('span');
    if (shown) setText(shown, sentenceOf(outage, new Date()));
  });
}

/** With the day where it is not today's. */
export function sentenceOf({ away, since }: Outage, now: Date): string {
  const [day, time] = localTime(since, 'both').split(' ');
  const today = localTime(now, 'date');
  const minute = time?.slice(0, 5) ?? '';
  return `${sentences[away]} ${day === today ? minute : `${day} ${minute}`}.`;
}
