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

/** One phone in a call. Phones that are gone are left out. */
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
  /** The connection to its phone is lost; its place is kept for a while. */
  away: truth,
  mine: truth,
});

/** How this person takes part. */
export const mineView = record({
  role: oneOf('caller', 'callee'),
  sipCallId: orNull(text),
  legId: orNull(text),
  /** The phone that this person takes part with. */
  endpoint: orNull(text),
  /** The connection to that phone is lost. */
  away: truth,
  holding: truth,
  /** The other side holds this person. */
  held: truth,
  muted: truth,
  isOwner: truth,
});

export const callView = record({
  id: text,
  version: integer,
  direction: oneOf('inbound', 'outbound', 'internal'),
  state: oneOf('arriving', 'dialing', 'ringing', 'connected', 'voicemail', 'ending', 'ended'),
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
  /** What the team that was called is named; null where none was. */
  team: orNull(text),
  /** The person who may mute and remove others. */
  owner: orNull(text),
  consultation: orNull(record({
    by: orNull(text),
    party: partyView,
    state: oneOf('ringing', 'up'),
    /** Whom who asks talks to: who is asked, or the others. */
    talking: oneOf('consult', 'main'),
    /** The transfer could be completed now. */
    transfer: truth,
  })),
  /** A transfer without asking whose target rings. */
  transfer: orNull(record({ by: orNull(text), party: partyView })),
  notice: orNull(record({
    id: integer,
    /** Whom it is for; null for all. */
    userId: orNull(text),
    sentence: text,
    tone: oneOf('plain', 'bad'),
  })),
  /** The rules let it be recorded. */
  recordable: truth,
  recording: oneOf('off', 'announcing', 'on', 'paused'),
  /** What is watched for and was said so far. */
  flags: list(record({
    phrase: text,
    tone: oneOf('good', 'watch', 'risk'),
    /** Who said it. */
    who: text,
    /** That is our side. */
    ours: truth,
    count: integer,
  })),
  mine: orNull(mineView),
});

export const liveMessage = record({ kind: oneOf('snapshot', 'change'), seq: integer, calls: list(callView) });

/** What somebody said at one go. Interim words may change; a gap is made up for after the call. */
export const liveLine = record({
  id: integer,
  side: oneOf('left', 'right'),
  name: text,
  at: moment,
  text,
  kind: oneOf('interim', 'final', 'gap'),
});

/** What is said in a call: all so far, or the lines that changed. */
export const liveWords = record({
  kind: oneOf('snapshot', 'change'),
  state: oneOf('off', 'announcing', 'listening', 'paused', 'later', 'missing', 'over'),
  sentence: orNull(text),
  lines: list(liveLine),
});

/** How many people a team has, and how many of them could take a call now. */
export const teamView = record({ people: integer, free: integer });

/** A colleague; a contact: one who is no user, and of whom nobody knows whether they are there; or a team. */
export const personView = record({
  userId: orNull(text),
  name: text,
  number: orNull(text),
  dial: text,
  online: orNull(truth),
  company: orNull(text),
  team: orNull(teamView),
});

export const numberPreview = record({
  kind: oneOf('number', 'person', 'place', 'emergency', 'invalid', 'empty'),
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
  /** Where the number is a team's. */
  team: orNull(teamView),
});

/** Whether Asterisk answers, and since when that is so. */
export const asteriskView = record({ connected: truth, since: moment });

/** Calls that there was no room for: how many, in words, and when the last was; null where that is no news. */
export const refusedView = record({ sentence: orNull(text), lastAt: orNull(moment) });

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

export type AsteriskView = Of<typeof asteriskView>;
export type RefusedView = Of<typeof refusedView>;
export type PartyView = Of<typeof partyView>;
export type LegView = Of<typeof legView>;
export type MineView = Of<typeof mineView>;
export type CallView = Of<typeof callView>;
export type LiveMessage = Of<typeof liveMessage>;
export type LiveLine = Of<typeof liveLine>;
export type LiveWords = Of<typeof liveWords>;
export type TeamView = Of<typeof teamView>;
export type PersonView = Of<typeof personView>;
export type NumberPreview = Of<typeof numberPreview>;
export type ControlView = Of<typeof controlView>;
export type LiveScope = 'mine' | 'all';
