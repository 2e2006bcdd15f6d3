import { LiveFeed, type LiveSource } from '../hub/liveFeed';
import { setText } from '../shell/dom';
import { ago } from '../shell/ago';

/** How long after a call's end its row is asked for: the history has written it by then. */
const settle = 700;
const everyHalfMinute = 30_000;

/** The last calls: their times as one says them, and the list anew after each call, and after an outage. Gives what ends it when another page comes. */
export function startRecents(hub: LiveSource): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let missed = false;
  const fetchSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(fetchAgain, settle);
  };
  const feed = new LiveFeed(hub, 'mine', {
    changed: (_, ended) => { if (ended.length > 0) fetchSoon(); },
    fresh: (fresh) => {
      // Nobody told of what ended while nothing was heard.
      if (fresh && missed) fetchSoon();
      missed = !fresh;
    },
  });
  document.addEventListener('turbo:frame-load', tell);
  const clock = setInterval(tell, everyHalfMinute);
  tell();
  return () => {
    feed.stop();
    clearTimeout(timer);
    clearInterval(clock);
    document.removeEventListener('turbo:frame-load', tell);
  };
}

/** The frame is a part of this very page: Turbo asks for the page and takes only the frame out of it. */
function fetchAgain(): void {
  const frame = document.querySelector<HTMLElement & { reload(): Promise<void> }>('turbo-frame[data-recents]');
  if (!frame) return;
  if (frame.hasAttribute('src')) void frame.reload();
  else frame.setAttribute('src', location.pathname);
}

function tell(): void {
  for (const time of document.querySelectorAll<HTMLTimeElement>('time[data-ago]')) {
    const at = new Date(time.dateTime);
    time.title = at.toLocaleString();
    setText(time, ago(at, new Date()));
  }
}
