import type { CallView, NumberPreview, PartyView, PersonView } from '../hub/contract';

export function party(given: Partial<PartyView> = {}): PartyView {
  return { userId: null, number: '+12025550143', display: '+1 202-555-0143', name: null, country: 'US', ...given };
}

export function call(given: Partial<CallView> = {}): CallView {
  return {
    id: 'c1', version: 1, direction: 'outbound', state: 'connected',
    from: party({ userId: 'u1', name: 'Agent One', display: '+1 202-555-0101', number: '+12025550101' }), to: party(),
    startedAt: '2026-01-01T10:00:00Z', ringingAt: null, answeredAt: '2026-01-01T10:00:05Z', endedAt: null, end: null, mine: null, ...given,
  };
}

export function person(given: Partial<PersonView> = {}): PersonView {
  return { userId: 'u2', name: 'Grace Hopper', number: '+12025550102', dial: 'person-2', online: true, company: null, ...given };
}

export function preview(given: Partial<NumberPreview> = {}): NumberPreview {
  return {
    kind: 'number', dial: '+12025550143', e164: '+12025550143', national: '(202) 555-0143', international: '+1 202-555-0143',
    country: 'US', countryName: 'United States', name: null, sentence: null, people: [], ...given,
  };
}
