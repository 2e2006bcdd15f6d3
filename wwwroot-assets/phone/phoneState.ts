import { stepCall } from './callSteps';
import { stepLine } from './lineSteps';
import type { Problem } from './problems';

/**
 * The phone in the page, as a pure state machine: step(phone, input) gives the next phone and what is to be done.
 *
 *   place         waiting -> here -> elsewhere (another tab took it) -> here ...
 *   registration  unregistered -> registering -> registered -> unregistered (socket lost) ... -> destroyed (signed out)
 *   call          none -> dialing -> ringing -> connected -> ending -> none      we call
 *                 none -> incoming -> answering -> connected -> ending -> none   we are called
 *
 * A lost socket touches the registration only: a call's sound does not pass through it, and goes on.
 */
export interface Phone {
  readonly place: 'waiting' | 'here' | 'elsewhere';
  readonly registration: 'unregistered' | 'registering' | 'registered' | 'destroyed';
  readonly everRegistered: boolean;
  /** Tries since the phone was last registered. */
  readonly attempt: number;
  /** New credentials were already fetched because of a refusal. */
  readonly renewed: boolean;
  readonly problem: Problem | null;
  readonly call: PhoneCall | null;
  readonly outcome: Outcome | null;
  /** Calls this page has had; the next one's token. Answers to an earlier call carry its token and are ignored. */
  readonly calls: number;
}

export interface PhoneCall {
  readonly token: number;
  readonly direction: 'outgoing' | 'incoming';
  readonly state: 'dialing' | 'ringing' | 'incoming' | 'answering' | 'connected' | 'ending';
  /** The SIP Call-ID, by which the hub's stream names our own outgoing call; null until the INVITE is made. */
  readonly sipCallId: string | null;
  /** AriDialer's id, from the INVITE's header or from the hub. */
  readonly callId: string | null;
  readonly number: string;
  readonly name: string | null;
  readonly muted: boolean;
  readonly earlyMedia: boolean;
  readonly connectedAt: number | null;
}

/** How the last call ended, until the next one begins. */
export interface Outcome {
  readonly sipCallId: string | null;
  readonly callId: string | null;
  readonly sentence: string;
  readonly tone: 'plain' | 'bad';
}

export type LineInput =
  | { readonly is: 'lock-held' }
  | { readonly is: 'lock-elsewhere' }
  | { readonly is: 'session-ready' }
  | { readonly is: 'session-failed'; readonly problem: Problem; readonly final: boolean }
  | { readonly is: 'socket-up' }
  | { readonly is: 'socket-down' }
  | { readonly is: 'registered' }
  | { readonly is: 'refused' }
  | { readonly is: 'register-failed' }
  | { readonly is: 'retry-due' }
  | { readonly is: 'hurry' }
  | { readonly is: 'microphone'; readonly problem: Problem | null }
  | { readonly is: 'sign-out'; readonly problem: Problem | null };

export type CallInput =
  | { readonly is: 'dial'; readonly dial: string; readonly number: string; readonly name: string | null }
  | { readonly is: 'invited'; readonly token: number; readonly sipCallId: string }
  | { readonly is: 'ringing'; readonly token: number }
  | { readonly is: 'early-media'; readonly token: number }
  | { readonly is: 'answered'; readonly token: number; readonly at: number }
  | { readonly is: 'ended'; readonly token: number; readonly status: number | null }
  | { readonly is: 'no-microphone'; readonly token: number; readonly problem: Problem }
  | { readonly is: 'incoming'; readonly sipCallId: string; readonly callId: string | null; readonly number: string; readonly name: string | null }
  | { readonly is: 'accept' }
  | { readonly is: 'reject' }
  | { readonly is: 'hang-up' }
  | { readonly is: 'toggle-mute' }
  | { readonly is: 'hub-call'; readonly sipCallId: string | null; readonly callId: string; readonly name: string | null; readonly number: string | null }
  | { readonly is: 'hub-ended'; readonly sipCallId: string | null; readonly callId: string; readonly sentence: string; readonly tone: 'plain' | 'bad' }
  | { readonly is: 'overdue'; readonly token: number };

export type Input = LineInput | CallInput;

export type Effect =
  | { readonly do: 'fetch-session' }
  | { readonly do: 'connect' }
  | { readonly do: 'register' }
  | { readonly do: 'unregister' }
  | { readonly do: 'close' }
  | { readonly do: 'retry-later'; readonly attempt: number }
  | { readonly do: 'invite'; readonly token: number; readonly dial: string }
  | { readonly do: 'accept'; readonly token: number }
  | { readonly do: 'reject'; readonly status: number }
  | { readonly do: 'hang-up' }
  | { readonly do: 'hang-up-through-hub'; readonly callId: string }
  | { readonly do: 'mute'; readonly muted: boolean }
  | { readonly do: 'watch-for-end'; readonly token: number };

export interface Step {
  readonly phone: Phone;
  readonly effects: readonly Effect[];
}

export const initialPhone: Phone = {
  place: 'waiting',
  registration: 'unregistered',
  everRegistered: false,
  attempt: 0,
  renewed: false,
  problem: null,
  call: null,
  outcome: null,
  calls: 0,
};

export function step(phone: Phone, input: Input): Step {
  // After sign-out nothing happens any more: answers that are still on their way find nobody.
  if (phone.registration === 'destroyed') return { phone, effects: [] };
  const line = stepLine(phone, input);
  return line ?? stepCall(phone, input as CallInput);
}

export type Sound = 'ringtone' | 'ringback' | null;

/** What is to be heard besides the call itself. The far side's own tones, once they come, take the place of ours. */
export function soundOf(phone: Phone): Sound {
  if (phone.call?.state === 'incoming') return 'ringtone';
  return phone.call?.state === 'ringing' && !phone.call.earlyMedia ? 'ringback' : null;
}
