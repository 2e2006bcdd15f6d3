import type { CallView } from '../hub/contract';
import type { CallsHub } from '../hub/callsHub';
import { LiveFeed } from '../hub/liveFeed';
import { nameOf, sidesOf } from '../hub/sides';
import { setText } from '../shell/dom';
import { confirm } from '../shell/confirm';
import type { Outages } from '../shell/outages';
import { followRefused } from './liveRefused';
import { LiveTable } from './liveTable';

/** /live: each call as it happens. Gives what ends it when another page comes. */
export function startLive(root: HTMLElement, hub: CallsHub, outages: Outages): () => void {
  const part = (name: string): HTMLElement | null => document.querySelector(`[data-live-${name}]`);
  const rows = part('rows');
  if (!rows) return () => undefined;
  const table = new LiveTable(rows, (call) => void hangUp(hub, call), root.dataset.words === 'true');
  let fresh = true;
  const showAge = (): void => {
    const stale = !fresh || outages.now !== null;
    root.dataset.stale = String(stale);
    table.freeze(stale);
  };
  const stopListening = outages.onChange(showAge);
  const feed = new LiveFeed(hub, root.dataset.scope === 'all' ? 'all' : 'mine', {
    changed: (calls) => {
      table.show(calls);
      const empty = part('empty');
      if (empty) empty.hidden = calls.size > 0;
      rows.parentElement?.toggleAttribute('hidden', calls.size === 0);
      const count = part('count');
      if (count) setText(count, calls.size === 1 ? '1 call' : `${calls.size} calls`);
    },
    fresh: (value) => {
      fresh = value;
      outages.doubt('live', !fresh);
      showAge();
    },
  });
  const stopTellingOfRefused = followRefused(hub);
  const timer = setInterval(() => { table.tick(); }, 1_000);
  return () => {
    clearInterval(timer);
    feed.stop();
    stopTellingOfRefused();
    stopListening();
    outages.doubt('live', false);
  };
}

async function hangUp(hub: CallsHub, call: CallView): Promise<void> {
  const [who, whom] = sidesOf(call);
  const sure = await confirm({
    title: 'Hang up this call?',
    sentence: `${nameOf(who)} and ${nameOf(whom)} will be cut off at once.`,
    yes: 'Hang up',
    no: 'Keep the call',
  });
  if (!sure) return;
  try {
    const { result, sentence } = await hub.control(['EndCall', call.id]);
    // Over already is what was wanted.
    if (result !== 'accepted' && result !== 'no-such-call') await tell(sentence ?? 'This cannot be done right now.');
  } catch {
    await tell('AriDialer cannot be reached right now. The call goes on; try again in a moment.');
  }
}

function tell(sentence: string): Promise<boolean> {
  return confirm({ title: 'The call was not ended', sentence, yes: null, no: 'Close' });
}
