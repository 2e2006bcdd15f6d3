import type { CallView, LegView, PartyView } from './contract';

/** Who is who in a call, seen from this person or from the house. */

export function nameOf(party: PartyView): string {
  return party.name ?? party.display ?? 'Unknown number';
}

/** The person of ours first, the other side second; between two of ours, who called first. */
export function sidesOf(call: CallView): readonly [PartyView, PartyView] {
  return call.direction === 'inbound' ? [call.to, call.from] : [call.from, call.to];
}

/** This person's own phone in the call: the one that talks, else any that rings. */
export function myLeg(call: CallView): LegView | null {
  return call.legs.find((leg) => leg.id === call.mine?.legId) ?? call.legs.find((leg) => leg.mine) ?? null;
}

/** This person's id, as the call knows it. */
export function myUserId(call: CallView): string | null {
  return myLeg(call)?.party.userId ?? (call.mine?.role === 'callee' ? call.to.userId : call.from.userId);
}

/** All who have answered, this person left out. */
export function others(call: CallView): LegView[] {
  return call.legs.filter((leg) => !leg.mine && leg.state === 'up');
}

/** Those who belong to the talk that this person is in: the consultation where they are in it, else the rest of the call. */
export function talkers(call: CallView): LegView[] {
  const inConsultation = myLeg(call)?.place === 'consult';
  return others(call).filter((leg) => (inConsultation ? leg.place === 'consult' : leg.place !== 'consult' || leg.role !== 'consulted'));
}

/** The other side, also before anybody has answered. */
export function otherSide(call: CallView): PartyView {
  const asker = myLeg(call)?.role === 'consulted' ? call.legs.find((leg) => leg.party.userId !== null && leg.party.userId === call.consultation?.by) : undefined;
  if (asker) return asker.party;
  const present = talkers(call);
  if (present.length === 1 && present[0]) return present[0].party;
  return call.mine?.role === 'callee' ? call.from : call.to;
}

/** Whether this person asks somebody else in the middle of the call. */
export function isAsking(call: CallView): boolean {
  const by = call.consultation?.by ?? null;
  return by !== null && by === myUserId(call);
}
