import type { CallView, LegView, MineView, NumberPreview, PartyView, PersonView } from '../hub/contract';
import { initialPhone, type Phone, type PhoneCall } from '../phone/phoneState';

export function party(given: Partial<PartyView> = {}): PartyView {
  return { userId: null, number: '+12025550143', display: '+1 202-555-0143', name: null, country: 'US', ...given };
}

export const agent = party({ userId: 'u1', name: 'Agent One', display: '+1 202-555-0101', number: '+12025550101' });
export const grace = party({ userId: 'u2', name: 'Grace Hopper', display: '+1 202-555-0102', number: '+12025550102' });
export const ada = party({ userId: 'u3', name: 'Ada Lovelace', display: '+1 202-555-0103', number: '+12025550103' });

export function leg(given: Partial<LegView> = {}): LegView {
  return { id: 'l2', party: party(), role: 'called', state: 'up', place: 'main', holding: false, phoneHold: false, muted: false, away: false, mine: false, ...given };
}

export const myLeg = leg({ id: 'l1', party: agent, role: 'caller', mine: true });

export function mine(given: Partial<MineView> = {}): MineView {
  return { role: 'caller', sipCallId: 's1', legId: 'l1', endpoint: 'web-1', away: false, holding: false, held: false, muted: false, isOwner: true, ...given };
}

export function call(given: Partial<CallView> = {}): CallView {
  return {
    id: 'c1', version: 1, direction: 'outbound', state: 'connected', from: agent, to: party(),
    startedAt: '2026-01-01T10:00:00Z', ringingAt: null, answeredAt: '2026-01-01T10:00:05Z', endedAt: null, end: null,
    legs: [], team: null, owner: 'u1', consultation: null, transfer: null, notice: null, recordable: true, recording: 'off', flags: [], mine: null, ...given,
  };
}

/** A call of this person's, with both legs up. */
export function myCall(given: Partial<CallView> = {}): CallView {
  return call({ mine: mine(), legs: [myLeg, leg({ party: given.to ?? party() })], ...given });
}

/** This person asks Ada, and Grace waits. */
export function consultation(given: Partial<NonNullable<CallView['consultation']>> = {}, by = agent): CallView {
  const talking = given.talking ?? 'consult';
  return myCall({
    to: grace,
    consultation: { by: by.userId ?? '', party: ada, state: 'up', talking, transfer: given.state !== 'ringing', ...given },
    legs: [
      { ...myLeg, place: talking === 'consult' ? 'consult' : 'main' },
      leg({ party: grace }),
      leg({ id: 'l3', party: ada, role: 'consulted', place: 'consult', state: given.state === 'ringing' ? 'ringing' : 'up' }),
    ],
  });
}

export function person(given: Partial<PersonView> = {}): PersonView {
  return { userId: 'u2', name: 'Grace Hopper', number: '+12025550102', dial: 'person-2', online: true, company: null, team: null, ...given };
}

export function preview(given: Partial<NumberPreview> = {}): NumberPreview {
  return {
    kind: 'number', dial: '+12025550143', e164: '+12025550143', national: '(202) 555-0143', international: '+1 202-555-0143',
    country: 'US', countryName: 'United States', name: null, sentence: null, people: [], team: null, ...given,
  };
}

export const ready: Phone = { ...initialPhone, place: 'here', registration: 'registered', everRegistered: true, endpoint: 'web-1' };

export function phoneCall(given: Partial<PhoneCall> = {}): PhoneCall {
  return {
    token: 1, direction: 'outgoing', state: 'connected', sipCallId: 's1', callId: 'c1', number: '+1 202-555-0143', name: null, muted: false,
    holding: false, earlyMedia: false, connectedAt: 0, repairing: false, pending: { hold: null, mute: null }, hub: null, unknown: false, displaced: null, said: null, merged: false, ...given,
  };
}

/** A phone with these calls; the first that does not ring is the current one. */
export function phoneWith(...calls: PhoneCall[]): Phone {
  const current = calls.find((one) => one.state !== 'incoming')?.token ?? null;
  return { ...ready, calls, current, started: Math.max(0, ...calls.map((one) => one.token)) };
}
