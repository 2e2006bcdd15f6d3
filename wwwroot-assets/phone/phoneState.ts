import type { Control } from '../hub/controls';
import { stepCall } from './callSteps';
import { stepControl } from './controlSteps';
import type { LeftCall } from './leaving';
import { stepLine } from './lineSteps';
import type { Problem } from './problems';
import { askToComeBack, noteAway, type AwayCall } from './reconnecting';
import { soundEffects } from './sounding';

/**
 * The phone in the page, as a pure state machine: step(phone, input) gives the next phone and what is to be done.
 *
 *   place         waiting -> here -> elsewhere (another tab took it) -> here ...
 *   registration  unregistered -> registering -> registered -> unregistered (socket lost) ... -> destroyed (signed out)
 *   each call     (new) -> dialing -> ringing -> connected -> ending -> (gone)      we call
 *                 (new) -> incoming -> answering -> connected -> ending -> (gone)   we are called
 *
 * One call is the current one: it alone has the microphone and the loudspeaker, and the hub is asked to hold the
 * others. A lost socket touches the registration only: a call's sound does not pass through it, and goes on. Where the
 * sound was lost too, the server keeps the call's place, and this page asks to be called back into it (reconnecting.ts).
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
  /** The endpoint that this sign-in registers; null until its credentials are there. */
  readonly endpoint: string | null;
  /** Calls of this person whose sound was lost with a page, while their place is kept. */
  readonly away: readonly AwayCall[];
  /** Calls that were hung up or rejected here, and of which nobody has said yet that they are over. */
  readonly left: readonly LeftCall[];
  /** In the order in which they began. */
  readonly calls: readonly PhoneCall[];
  /** The token of the current call; one that still rings for us is not current. */
  readonly current: number | null;
  readonly outcome: Outcome | null;
  /** Calls this page has had; the next one's token. Answers to an earlier call carry its token and are ignored. */
  readonly started: number;
  /** Requests to the hub so far; each carries its number, and only the answer to the latest counts. */
  readonly asked: number;
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
  /** This person put the other side on hold, or it is being asked for. */
  readonly holding: boolean;
  readonly earlyMedia: boolean;
  readonly connectedAt: number | null;
  /** Its sound was lost, and is looked for where the network is now. */
  readonly repairing: boolean;
  /** The requests that the hub has not shown yet: until then, what it says is older than what was pressed. */
  readonly pending: { readonly hold: number | null; readonly mute: number | null };
  /** What the hub said last; null while it has said nothing. */
  readonly hub: HubSide | null;
  /** The hub is there, and has said since that it knows no such call. */
  readonly unknown: boolean;
  /** The call that made room when this one was accepted: it comes back if this one never connects. */
  readonly displaced: number | null;
  /** What the hub said of the end, before SIP did. */
  readonly said: Outcome | null;
  /** Its people went into another call: its end needs no words. */
  readonly merged: boolean;
}

export interface HubSide {
  readonly muted: boolean;
  readonly holding: boolean;
}

/** How the last call ended, until the next one begins. */
export interface Outcome {
  readonly sipCallId: string | null;
  readonly callId: string | null;
  readonly who: string | null;
  readonly sentence: string;
  readonly tone: 'plain' | 'bad';
  /** It did not come about, and is to be tried again soon as it was: nothing else remembers whom it was to. */
  readonly again?: true;
}

export type LineInput =
  | { readonly is: 'lock-held' }
  | { readonly is: 'lock-elsewhere' }
  | { readonly is: 'session-ready'; readonly endpoint: string }
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
  | { readonly is: 'repairing'; readonly token: number; readonly on: boolean }
  /** It could not be found again. */
  | { readonly is: 'sound-lost'; readonly token: number }
  | { readonly is: 'ended'; readonly token: number; readonly status: number | null; readonly retryAfter?: number | null }
  | { readonly is: 'no-microphone'; readonly token: number; readonly problem: Problem }
  | { readonly is: 'incoming'; readonly sipCallId: string; readonly callId: string | null; readonly number: string; readonly name: string | null }
  | { readonly is: 'accept'; readonly token: number }
  | { readonly is: 'reject'; readonly token: number }
  | { readonly is: 'hang-up'; readonly token: number }
  /** Nobody has confirmed the end that was said; the call may be gone here by now. */
  | { readonly is: 'unheard'; readonly token: number }
  | { readonly is: 'overdue'; readonly token: number };

/** What the person does with calls that are connected, and what the hub says of them. */
export type ControlInput =
  | { readonly is: 'hold'; readonly token: number; readonly hold: boolean }
  | { readonly is: 'mute'; readonly token: number; readonly muted: boolean }
  /** Makes another call the current one. */
  | { readonly is: 'swap'; readonly token: number }
  /** The hub has done it or not, and had the time to show it. */
  | { readonly is: 'hub-answered'; readonly token: number; readonly ask: number; readonly accepted: boolean }
  /** The hub is there again, and knows these of this person's calls. */
  | { readonly is: 'hub-back'; readonly callIds: readonly string[] }
  /** The person wants a call here whose sound was lost elsewhere. */
  | { readonly is: 'come-back'; readonly callId: string }
  /** A call was asked for a while ago and did not come. */
  | { readonly is: 'come-back-due'; readonly callId: string }
  /** The hub was asked to call back, and knows no such call. */
  | { readonly is: 'no-such-call'; readonly callId: string }
  | ({ readonly is: 'hub-call'; readonly sipCallId: string | null; readonly callId: string; readonly name: string | null; readonly number: string | null; readonly cameByMerge: boolean; readonly awayFrom: string | null; readonly since: number | null } & HubSide)
  | { readonly is: 'hub-ended'; readonly sipCallId: string | null; readonly callId: string; readonly who: string | null; readonly sentence: string; readonly tone: 'plain' | 'bad'; readonly merged: boolean };

export type Input = LineInput | CallInput | ControlInput;

export type Effect =
  | { readonly do: 'fetch-session' }
  | { readonly do: 'connect' }
  | { readonly do: 'register' }
  | { readonly do: 'unregister' }
  | { readonly do: 'close' }
  | { readonly do: 'retry-later'; readonly attempt: number }
  | { readonly do: 'invite'; readonly token: number; readonly dial: string }
  | { readonly do: 'accept'; readonly token: number }
  | { readonly do: 'reject'; readonly token: number; readonly status: number }
  | { readonly do: 'hang-up'; readonly token: number }
  /** Lets go of a call's sound without a word to the far side. */
  | { readonly do: 'drop'; readonly token: number }
  | { readonly do: 'come-back'; readonly callId: string; readonly soundIsLost: boolean }
  | { readonly do: 'ask-hub'; readonly token: number; readonly ask: number; readonly control: Control }
  | { readonly do: 'sound'; readonly token: number; readonly open: boolean; readonly muted: boolean }
  /** After: milliseconds. */
  | { readonly do: 'watch-for-end'; readonly token: number; readonly after: number };

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
  endpoint: null,
  away: [],
  left: [],
  calls: [],
  current: null,
  outcome: null,
  started: 0,
  asked: 0,
};

export function step(phone: Phone, input: Input): Step {
  // After sign-out nothing happens any more: answers that are still on their way find nobody.
  if (phone.registration === 'destroyed') return { phone, effects: [] };
  const before = noteAway(phone, input);
  const next = stepLine(before, input) ?? stepControl(before, input) ?? stepCall(before, input as CallInput);
  const asked = askToComeBack(next.phone);
  return { phone: asked.phone, effects: [...next.effects, ...asked.effects, ...soundEffects(phone, asked.phone)] };
}
