import type { CallView, LegView } from '../hub/contract';
import { nameOf, sidesOf } from '../hub/sides';

const states = {
  arriving: 'Arriving', dialing: 'Dialing', ringing: 'Ringing', connected: 'Connected', voicemail: 'Voicemail', ending: 'Ending', ended: 'Ended',
} as const;

/** The state in a word. Held is a state of its own to whoever looks at the call. */
export function stateOf(call: CallView): { readonly slug: string; readonly text: string } {
  if (call.state === 'connected' && up(call).some((leg) => leg.away)) return { slug: 'reconnecting', text: 'Reconnecting' };
  const isHeld = call.state === 'connected' && up(call).some((leg) => leg.holding || leg.phoneHold);
  return isHeld ? { slug: 'held', text: 'Held' } : { slug: call.state, text: states[call.state] };
}

/** What else is to be known of the call: the team that was called and who of it is rung, who holds, asks, transfers, takes part besides the two sides, is muted. */
export function notesOf(call: CallView): string {
  const notes: string[] = [];
  const note = (word: string, who: readonly string[]): void => { if (who.length > 0) notes.push(`${word} ${who.join(', ')}`); };
  if (call.team !== null) notes.push(`Team ${call.team}`);
  if (call.team !== null && call.state === 'ringing') note('Rings', rung(call));
  if (call.state !== 'connected') return notes.join(' · ');
  note('Waiting for', named(up(call).filter((leg) => leg.away)));
  note('Held by', named(up(call).filter((leg) => leg.holding || leg.phoneHold)));
  if (call.consultation) {
    const asker = call.legs.find((leg) => leg.party.userId !== null && leg.party.userId === call.consultation?.by);
    const asked = nameOf(call.consultation.party);
    const word = call.consultation.state === 'ringing' ? 'asks (ringing)' : 'asks';
    notes.push(`${asker ? nameOf(asker.party) : 'Somebody'} ${word} ${asked}`);
  }
  if (call.transfer) notes.push(`Transferring to ${nameOf(call.transfer.party)}`);
  note('With', named(further(call)));
  if (call.recording !== 'off') notes.push(call.recording === 'on' ? 'Recorded' : call.recording === 'paused' ? 'Recording paused' : 'Recording is announced');
  note('Muted:', named(up(call).filter((leg) => leg.muted)));
  return notes.join(' · ');
}

const up = (call: CallView): LegView[] => call.legs.filter((leg) => leg.state === 'up');
const rung = (call: CallView): string[] => [...new Set(named(call.legs.filter((leg) => leg.state === 'ringing' && leg.role === 'called')))];
const named = (legs: readonly LegView[]): string[] => legs.map((leg) => nameOf(leg.party));

/** Those in the talk who are neither of the two sides that the row shows already. */
function further(call: CallView): LegView[] {
  const talking = up(call).filter((leg) => leg.place !== 'consult' || leg.role !== 'consulted');
  if (talking.length < 3) return [];
  const sides = sidesOf(call);
  return talking.filter(({ party }) => !sides.some((side) =>
    (side.userId !== null && side.userId === party.userId) || (side.userId === null && party.userId === null && side.number === party.number)));
}
