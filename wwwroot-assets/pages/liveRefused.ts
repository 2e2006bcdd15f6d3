import type { RefusedView } from '../hub/contract';
import { keepFollowing, type ComesAndGoes } from '../hub/keepFollowing';
import { setText } from '../shell/dom';
import { localTime } from '../shell/localTimes';

/** What is needed of the hub. */
export interface RefusedSource extends ComesAndGoes {
  watchRefused(next: (refused: RefusedView) => void, failed: () => void): () => void;
}

/** Keeps what /live says of calls that there was no room for as it is, on the pages of those who are told. Gives what ends it. */
export function followRefused(hub: RefusedSource, notice = document.querySelector<HTMLElement>('[data-live-refused]')): () => void {
  const sentence = notice?.querySelector('[data-live-refused-sentence]');
  const time = notice?.querySelector('time');
  if (!notice || !sentence || !time) return () => undefined;
  return keepFollowing(hub, (failed) => hub.watchRefused((refused) => {
    notice.hidden = refused.sentence === null;
    if (refused.sentence === null || refused.lastAt === null) return;
    setText(sentence, refused.sentence);
    time.dateTime = refused.lastAt;
    setText(time, localTime(new Date(refused.lastAt), 'both'));
  }, failed));
}
