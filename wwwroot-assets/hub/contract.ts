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

/** One who is in the call or is being rung; `id` is what removes or mutes them. */
export const legView = record({
  id: text,
  party: partyView,
  role: oneOf('caller', 'called', 'transferred', 'consulted', 'added', 'recalled', 'merged'),
  state: oneOf('down', 'ringing', 'up'),
  /** Where it is to be heard. */
  place: oneOf('outside', 'main', 'consult'),
  /** This one put the others on hold. */
  holding: truth,
  /** Its own phone put it on hold. */
  phoneHold: truth,
  muted: truth,
  mine: truth,
});

export const callView = record({
  id: text,
  version: integer,
  direction: oneOf('inbound', 'outbound', 'internal'),
  state: oneOf('arriving', 'dialing', 'ringing', 'connected', 'voicemail', 'ending', 'ended'),
  /** The two sides that are there now. */
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
  legs: list(legView),
  /** The person who may mute and remove others. */
  owner: orNull(text),
  consultation: orNull(record({
    by: orNull(text),
    party: partyView,
    state: oneOf('ringing', 'up'),
    /** Whom who asks talks to. */
    talking: oneOf('consult', 'main'),
    /** The transfer could be completed now. */
    transfer: truth,
  })),
  /** A transfer whose target rings. */
  transfer: orNull(record({ by: orNull(text), party: partyView })),
  /** `id` rises; `userId` is whom it is for, null for everybody. */
  notice: orNull(record({ id: integer, userId: orNull(text), sentence: text, tone: oneOf('plain', 'bad') })),
  mine: orNull(record({
    role: oneOf('caller', 'callee'),
    sipCallId: orNull(text),
    legId: orNull(text),
    holding: truth,
    muted: truth,
    isOwner: truth,
    /** Everybody whom one could hear is away. */
    held: truth,
  })),
});

export const liveMessage = record({ kind: oneOf('snapshot', 'change'), seq: integer, calls: list(callView) });

export const personView = record({
  userId: text,
  name: text,
  number: orNull(text),
  dial: text,
  online: truth,
});

export const numberPreview = record({
  kind: oneOf('number', 'person', 'emergency', 'invalid', 'empty'),
  dial: orNull(text),
  e164: orNull(text),
  national: orNull(text),
  international: orNull(text),
  country: orNull(text),
  countryName: orNull(text),
  sentence: orNull(text),
  people: list(personView),
});

export const controlResult = oneOf('accepted', 'no-such-call', 'not-allowed', 'refused');

/** What became of a control; the sentence is for people, and there is one wherever it was not accepted. */
export const controlView = record({ result: controlResult, sentence: orNull(text) });

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
export type LegView = Of<typeof legView>;
export type ControlView = Of<typeof controlView>;
export type LiveScope = 'mine' | 'all';
