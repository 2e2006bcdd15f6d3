import type { Outages } from '../shell/outages';
import type { AsteriskView } from './contract';

/** What is needed of the hub. */
export interface AsteriskSource {
  readonly connected: boolean;
  onConnected(listener: () => void): () => void;
  onDisconnected(listener: () => void): () => void;
  watchAsterisk(next: (asterisk: AsteriskView) => void, failed: () => void): () => void;
}

const retryAfter = 2_000;

/** Has the page know whether the server is there, and whether Asterisk is, for as long as the page lives. */
export function followAsterisk(hub: AsteriskSource, outages: Outages): void {
  let retry: ReturnType<typeof setTimeout> | undefined;
  let stop = (): void => undefined;
  const follow = (): void => {
    clearTimeout(retry);
    stop();
    stop = hub.watchAsterisk(
      ({ connected, since }) => {
        outages.asterisk(connected ? null : new Date(since));
        outages.doubt('server', false);
      },
      () => {
        outages.doubt('server', true);
        retry = setTimeout(() => { if (hub.connected) follow(); }, retryAfter);
      },
    );
  };
  // Until the first word of the server nobody knows.
  outages.doubt('server', !hub.connected);
  hub.onConnected(follow);
  hub.onDisconnected(() => {
    clearTimeout(retry);
    outages.doubt('server', true);
  });
  if (hub.connected) follow();
}
