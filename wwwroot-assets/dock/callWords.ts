import { isAsking, myLeg, nameOf, others } from '../hub/sides';
import { isTransferring } from './callActions';
import type { ShownCall } from './shownCall';

const words = {
  dialing: 'Dialing', ringing: 'Ringing', connecting: 'Connecting', connected: 'Connected', voicemail: 'Voicemail', ending: 'Ending',
} as const;

/** The call's state, as people say it. */
export function stateWords(call: ShownCall): string {
  if (call.state !== 'connected') return words[call.state];
  if (call.holding) return 'Held';
  return call.held ? 'Held by the other side' : words.connected;
}

/** Where the call stands in a transfer or a consultation; empty where it does not. */
export function transferWords(call: ShownCall): string {
  const { view } = call;
  if (!view || call.state !== 'connected') return '';
  if (view.transfer) {
    const to = nameOf(view.transfer.party);
    return isTransferring(call) ? `Transferring to ${to}…` : `You are being transferred to ${to}…`;
  }
  const { consultation } = view;
  if (!consultation) return '';
  const asked = nameOf(consultation.party);
  if (!isAsking(view)) return myLeg(view)?.role === 'consulted' ? `${list(waiting(call))} ${wait(waiting(call))} to be put through to you.` : '';
  const others = waiting(call);
  if (consultation.state === 'ringing') return `Ringing ${asked}… ${list(others)} ${wait(others)}.`;
  return consultation.talking === 'consult'
    ? `You talk to ${asked}. ${list(others)} ${wait(others)}.`
    : `You talk to ${list(others)}. ${asked} waits.`;
}

/** Those whom the consultation leaves alone. */
function waiting({ view, who }: ShownCall): string[] {
  const names = view ? others(view).filter((leg) => leg.place !== 'consult').map((leg) => nameOf(leg.party)) : [];
  return names.length > 0 ? names : [who];
}

const wait = (names: readonly string[]): string => (names.length === 1 ? 'waits' : 'wait');

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
