import { callOf, chain, isSame, stay, update } from './callList';
import { holdOthers, requestHold, requestMute } from './holding';
import { forgetLeft, leaveLate } from './leaving';
import type { ControlInput, HubSide, Input, Outcome, Phone, PhoneCall, Step } from './phoneState';
import { lostCalls } from './reconnecting';
import { notKnown, watchForBye } from './unknownCalls';

/** Hold, mute, swap, and what the hub says of the calls. Null where the input is about something else. */
export function stepControl(phone: Phone, input: Input): Step | null {
  switch (input.is) {
    case 'hold':
      return withCall(phone, input.token, (call) => hold(phone, call, input.hold));
    case 'mute':
      return withCall(phone, input.token, (call) => requestMute(phone, call, input.muted));
    case 'swap':
      return withCall(phone, input.token, (call) => hold(phone, call, false));
    case 'hub-answered':
      return withCall(phone, input.token, (call) => answered(phone, call, input));
    case 'hub-back':
      return chain(phone, ...phone.calls.map((call) => (now: Phone) => {
        const isKnown = call.callId !== null && input.callIds.includes(call.callId);
        return isKnown ? tellHub(now, call) : notKnown(now, call);
      }));
    case 'no-such-call':
      return chain(phone, ...lostCalls(phone, input.callId).map((call) => (now: Phone) => notKnown(now, call)));
    case 'hub-call':
      return chain(phone, (now) => leaveLate(now, input), (now) => hubCall(now, input));
    case 'hub-ended':
      return hubEnded(forgetLeft(phone, input), input);
    case 'come-back':
    case 'come-back-due':
      return stay(phone);
    default:
      return null;
  }
}

function withCall(phone: Phone, token: number, then: (call: PhoneCall) => Step): Step {
  const call = callOf(phone, token);
  return call ? then(call) : stay(phone);
}

/** To come back to a call is to leave the others. */
function hold(phone: Phone, call: PhoneCall, on: boolean): Step {
  if (call.state !== 'connected') return stay(phone);
  if (on) return requestHold(phone, call, true);
  return chain({ ...phone, current: call.token }, holdOthers(call.token), (now) => requestHold(now, call, false));
}

/** The request is settled: from here on the hub is right again about it. */
function answered(phone: Phone, call: PhoneCall, { ask, accepted }: ControlInput & { is: 'hub-answered' }): Step {
  const { pending, hub } = call;
  if (pending.hold === ask) {
    const holding = hub === null ? accepted && call.holding : hub.holding;
    return update(phone, call.token, { pending: { ...pending, hold: null }, holding });
  }
  if (pending.mute !== ask) return stay(phone);
  // A microphone that was turned off stays off, also where the hub refused; one that the hub has off is of no use on.
  return update(phone, call.token, { pending: { ...pending, mute: null }, muted: call.muted || hub?.muted === true });
}

function hubCall(phone: Phone, input: ControlInput & { is: 'hub-call' }): Step {
  const call = phone.calls.find((one) => isSame(one, input)) ?? (input.cameByMerge ? orphan(phone) : null);
  if (!call) return stay(phone);
  const hub: HubSide = { muted: input.muted, holding: input.holding };
  const next = update(phone, call.token, {
    callId: input.callId, ...whoIn(call, input), merged: false, hub, unknown: false, ...followed(call, hub),
  });
  const now = callOf(next.phone, call.token);
  if (now === null) return next;
  if (call.hub === null || call.unknown) return tellHub(next.phone, now);
  // Resumed from another of this person's tabs: this is the call that they talk in now.
  const resumed = call.holding && !now.holding && now.state === 'connected';
  return resumed ? { phone: { ...next.phone, current: call.token }, effects: next.effects } : next;
}

/** After a transfer it is another one, perhaps without a name. */
function whoIn(call: PhoneCall, { name, number }: Pick<PhoneCall, 'name'> & { readonly number: string | null }): Pick<PhoneCall, 'name' | 'number'> {
  return number === null ? { name: name ?? call.name, number: call.number } : { name, number };
}

/** What the hub says counts unless it was asked for something else a moment ago. */
function followed(call: PhoneCall, hub: HubSide): Pick<PhoneCall, 'holding' | 'muted'> {
  const holding = call.pending.hold === null ? hub.holding : call.holding;
  // Only a change counts: a microphone that was turned off here while the hub was away must not open by itself.
  const isNews = call.pending.mute === null && hub.muted !== (call.hub?.muted ?? false);
  return { holding, muted: isNews ? hub.muted : call.muted };
}

/** The hub did not hear of it when it happened: it was away, or did not know the call yet. */
function tellHub(phone: Phone, call: PhoneCall): Step {
  if (call.state !== 'connected' || call.hub === null) return stay(phone);
  const isMuteUnknown = call.muted && !call.hub.muted && call.pending.mute === null;
  const isHoldUnknown = call.token !== phone.current && !call.holding;
  return chain(phone,
    (now) => (isMuteUnknown ? requestMute(now, { ...call, muted: false }, true) : stay(now)),
    (now) => (isHoldUnknown ? requestHold(now, callOf(now, call.token) ?? call, true) : stay(now)));
}

/** The call whose sound moved into another one by a merge; the SIP session alone does not tell which. */
function orphan(phone: Phone): PhoneCall | null {
  const orphans = phone.calls.filter((call) => call.merged && call.callId === null && call.state === 'connected');
  return orphans.length === 1 ? orphans[0] ?? null : null;
}

function hubEnded(phone: Phone, input: ControlInput & { is: 'hub-ended' }): Step {
  const { sipCallId, callId, who, sentence, tone } = input;
  const outcome: Outcome = { sipCallId, callId, who, sentence, tone };
  const call = phone.calls.find((one) => isSame(one, input));
  if (call && input.merged) return update(phone, call.token, { callId: null, hub: null, merged: true, pending: { hold: null, mute: null } });
  if (call) return watchForBye(phone, call, { said: outcome });
  const isOurs = isSame(phone.outcome, input) || (phone.place === 'elsewhere' && phone.calls.length === 0);
  return isOurs ? { phone: { ...phone, outcome: input.merged ? null : outcome }, effects: [] } : stay(phone);
}
