import { anything, integer, list, moment, oneOf, orNull, record, text, truth, type Of } from './shape';

// What the server says, as it says it. tests/contracts/*.json, written by the C# tests, holds both sides to it.

export const partyView = record({
  userId: orNull(text),
  number: orNull(text),
  /** The number as people write it; null where there is none. */
  display: orNull(text),
  name: orNull(text),
  country: orNull(text),
});

export const callView = record({
  id: text,
  version: integer,
  direction: oneOf('inbound', 'outbound', 'internal'),
  state: oneOf('arriving', 'dialing', 'ringing', 'connected', 'ending', 'ended'),
  from: partyView,
  to: partyView,
  startedAt: moment,
  ringingAt: orNull(moment),
  answeredAt: orNull(moment),
  endedAt: orNull(moment),
  end: orNull(record({
    party: oneOf('customer', 'agent', 'supervisor', 'system'),
    reason: text,
    cause: integer,
    sentence: text,
  })),
  mine: orNull(record({ role: oneOf('caller', 'callee'), sipCallId: orNull(text) })),
});

export const liveMessage = record({ kind: oneOf('snapshot', 'change'), seq: integer, calls: list(callView) });

/** A colleague, or a contact: one who is no user, and of whom nobody knows whether they are there. */
export const personView = record({
  userId: orNull(text),
  name: text,
  number: orNull(text),
  dial: text,
  online: orNull(truth),
  company: orNull(text),
});

export const numberPreview = record({
  kind: oneOf('number', 'person', 'emergency', 'invalid', 'empty'),
  dial: orNull(text),
  e164: orNull(text),
  national: orNull(text),
  international: orNull(text),
  country: orNull(text),
  countryName: orNull(text),
  /** Whose number it is, where somebody's. */
  name: orNull(text),
  sentence: orNull(text),
  people: list(personView),
});

export const hangUpResult = oneOf('accepted', 'no-such-call', 'not-allowed');

export const phoneSession = record({
  endpoint: text,
  password: text,
  domain: text,
  displayName: text,
  number: orNull(text),
  expiresAt: moment,
  iceServers: list(anything),
});

export type PartyView = Of<typeof partyView>;
export type CallView = Of<typeof callView>;
export type LiveMessage = Of<typeof liveMessage>;
export type PersonView = Of<typeof personView>;
export type NumberPreview = Of<typeof numberPreview>;
export type HangUpResult = Of<typeof hangUpResult>;
export type LiveScope = 'mine' | 'all';
