import type { CallView } from '../hub/contract';
import { isAsking, myLeg, nameOf, others, talkers } from '../hub/sides';
import { isTransferring } from './callActions';
import type { ShownCall } from './shownCall';

const words = {
  dialing: 'Dialing', ringing: 'Ringing', connecting: 'Connecting', connected: 'Connected', voicemail: 'Voicemail', ending: 'Ending',
} as const;

/** The call's state, as people say it. */
export function stateWords(call: ShownCall): string {
  if (call.state !== 'connected') return words[call.state];
  if (call.lost !== 'no' || awayIn(call).length > 0) return 'Reconnecting';
  if (call.holding) return 'Held';
  return call.held ? 'Held by the other side' : words.connected;
}

/** Who has vanished, where nobody else is left to talk to. */
function awayIn(call: ShownCall): string[] {
  const present = call.view ? talkers(call.view) : [];
  return present.length > 0 && present.every((leg) => leg.away) ? present.map((leg) => nameOf(leg.party)) : [];
}

/** Where the call stands in a transfer or a consultation; empty where it does not. */
export function transferWords(call: ShownCall): string {
  const { view } = call;
  if (!view || call.state !== 'connected') return '';
  const away = awayIn(call);
  if (away.length > 0) return `The connection to ${list(away)} was lost. You hear music until they are back.`;
  if (view.transfer) {
    const to = nameOf(view.transfer.party);
    return isTransferring(call) ? `Transferring to ${to}…` : `You are being transferred to ${to}…`;
  }
  const { consultation } = view;
  if (!consultation) return '';
  const asked = nameOf(consultation.party);
  const waiting = others(view).filter((leg) => leg.place !== 'consult').map((leg) => nameOf(leg.party));
  const wait = waiting.length === 0 ? '' : `${list(waiting)} ${waiting.length === 1 ? 'waits' : 'wait'}`;
  if (!isAsking(view)) return wait !== '' && myLeg(view)?.role === 'consulted' ? `${wait} to be put through to you.` : '';
  const also = wait === '' ? '' : ` ${wait}.`;
  if (consultation.state === 'ringing') return `Ringing ${asked}…${also}`;
  return consultation.talking === 'consult' || waiting.length === 0 ? `You talk to ${asked}.${also}` : `You talk to ${list(waiting)}. ${asked} waits.`;
}

/** What becomes of what is said. */
export function recordingWords(recording: CallView['recording']): string {
  switch (recording) {
    case 'off': return '';
    case 'announcing': return 'The others are being told that the call is recorded…';
    case 'on': return 'Recording';
    case 'paused': return 'Recording is paused: what is said now is not kept.';
  }
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
