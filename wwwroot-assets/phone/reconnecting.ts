import { callOf } from './callList';
import { isLeft } from './leaving';
import type { ControlInput, Effect, Input, Phone, PhoneCall, Step } from './phoneState';

/**
 * A call of this person whose sound was lost: the page was reloaded, or its network went away. The server keeps its place for a
 * while. The page with the phone asks to be called back into it, and answers by itself the call that it asked for, and no other.
 */
export interface AwayCall {
  readonly callId: string;
  /** The phone that was lost. */
  readonly endpoint: string;
  readonly muted: boolean;
  readonly holding: boolean;
  /** When the call was answered. */
  readonly since: number | null;
  /** The person wants it here, though it was lost elsewhere. */
  readonly wanted: boolean;
  /** This page found no sound for it any more: it is lost, also where the server still hears this phone. */
  readonly isSilent: boolean;
  readonly asked: boolean;
}

/** Keeps account of which calls are away, by what the hub says of them. */
export function noteAway(phone: Phone, input: Input): Phone {
  switch (input.is) {
    case 'hub-call': return hubCall(phone, input);
    case 'hub-ended': return { ...phone, away: without(phone, input.callId) };
    case 'ended': return ended(phone, input.token);
    // What is left of it here has its own end, and is asked back until then.
    case 'no-such-call': return lostCalls(phone, input.callId).length > 0 ? phone : { ...phone, away: without(phone, input.callId) };
    case 'sound-lost': return soundLost(phone, input.token);
    // It is there again.
    case 'repairing': return input.on ? phone : { ...phone, away: phone.away.filter((one) => !one.isSilent || one.callId !== callOf(phone, input.token)?.callId) };
    case 'come-back': return change(phone, input.callId, { wanted: true });
    // Also where the answer is still under way: a call that has come back is not away any more.
    case 'come-back-due': return change(phone, input.callId, { asked: false });
    // Nobody answers any more what was asked over the line before.
    case 'registered': return { ...phone, away: phone.away.map((one) => ({ ...one, asked: false })) };
    default: return phone;
  }
}

/** Asks for what was lost here, once this tab has the phone and the phone is registered. */
export function askToComeBack(phone: Phone): Step {
  if (phone.place !== 'here' || phone.registration !== 'registered') return { phone, effects: [] };
  const isWanted = (one: AwayCall): boolean => one.wanted || (one.endpoint === phone.endpoint && !isLeft(phone, one.callId));
  const due = phone.away.filter((one) => !one.asked && isWanted(one) && !isComing(phone, one));
  if (due.length === 0) return { phone, effects: [] };
  return {
    phone: { ...phone, away: phone.away.map((one) => (due.includes(one) ? { ...one, asked: true } : one)) },
    effects: due.map(({ callId, isSilent }): Effect => ({ do: 'come-back', callId, soundIsLost: isSilent })),
  };
}

/** The lost call that an offer brings back; null where nobody here asked for it. */
export function awayOf(phone: Phone, callId: string | null): AwayCall | null {
  return phone.away.find((one) => one.asked && one.callId === callId) ?? null;
}

/** Being answered; or it rings, because the microphone is refused; or its sound is about to be found again. */
const isComing = (phone: Phone, away: AwayCall): boolean =>
  phone.calls.some((call) => call.callId === away.callId && (call.state === 'answering' || call.state === 'incoming' || call.repairing));

const without = (phone: Phone, callId: string): AwayCall[] => phone.away.filter((one) => one.callId !== callId);

function change(phone: Phone, callId: string, to: Partial<AwayCall>): Phone {
  return { ...phone, away: phone.away.map((one) => (one.callId === callId ? { ...one, ...to } : one)) };
}

function hubCall(phone: Phone, input: ControlInput & { is: 'hub-call' }): Phone {
  const { callId, awayFrom, muted, holding, since } = input;
  const known = phone.away.find((one) => one.callId === callId);
  if (awayFrom === null) return known?.isSilent === false ? { ...phone, away: without(phone, callId) } : phone;
  return put(phone, { callId, endpoint: awayFrom, muted, holding, since, wanted: false, isSilent: false, asked: false, ...marksOf(known) });
}

/** Where it ended on its way back, its place is still kept. */
function ended(phone: Phone, token: number): Phone {
  const call = callOf(phone, token);
  return call?.state === 'connected' && call.callId !== null ? { ...phone, away: without(phone, call.callId) } : phone;
}

function soundLost(phone: Phone, token: number): Phone {
  const call = callOf(phone, token);
  if (!call?.callId || phone.endpoint === null) return phone;
  const { callId, muted, holding, connectedAt } = call;
  const known = marksOf(phone.away.find((one) => one.callId === callId));
  return put(phone, { callId, endpoint: phone.endpoint, muted, holding, since: connectedAt, wanted: false, asked: false, ...known, isSilent: true });
}

function marksOf(known: AwayCall | undefined): Partial<Pick<AwayCall, 'wanted' | 'isSilent' | 'asked'>> {
  return known ? { wanted: known.wanted, isSilent: known.isSilent, asked: known.asked } : {};
}

function put(phone: Phone, call: AwayCall): Phone {
  return { ...phone, away: [...without(phone, call.callId), call] };
}

/** The call that is being answered has sound of its own: what the hub says decides again. */
export function isBack(phone: Phone, away: AwayCall): Phone {
  return away.isSilent ? { ...phone, away: without(phone, away.callId) } : phone;
}

/** What of the call before is to be let go, and what the new one takes over. */
export function lostCalls(phone: Phone, callId: string): readonly PhoneCall[] {
  return phone.calls.filter((call) => call.callId === callId);
}
