import type { Outages } from '../shell/outages';
import type { AsteriskView } from './contract';
import { keepFollowing, type ComesAndGoes } from './keepFollowing';

/** What is needed of the hub. */
export interface AsteriskSource extends ComesAndGoes {
  watchAsterisk(next: (asterisk: AsteriskView) => void, failed: () => void): () => void;
}

/** Has the page know whether the server is there, and whether Asterisk is, for as long as the page lives. */
export function followAsterisk(hub: AsteriskSource, outages: Outages): void {
  // Until the first word of the server nobody knows.
  outages.doubt('server', !hub.connected);
  keepFollowing(
    hub,
    (failed) => hub.watchAsterisk(({ connected, since }) => {
      outages.asterisk(connected ? null : new Date(since));
      outages.doubt('server', false);
    }, failed),
    () => { outages.doubt('server', true); },
  );
}
