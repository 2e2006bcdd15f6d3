import { callOf, chain, currentCall, finish, outcomeOf, stay, update } from './callList';
import { holdOthers, requestHold } from './holding';
import { forgetLeft, leave, unheard } from './leaving';
import { problems } from './problems';
import type { CallInput, Effect, Outcome, Phone, PhoneCall, Step } from './phoneState';
import { awayOf, isBack, lostCalls, type AwayCall } from './reconnecting';
import { overdue } from './unknownCalls';

/** More than anybody can keep apart; whoever calls then finds the line busy. */
const mostCalls = 6;

/** How calls begin and end: what the person and the far side do to each. */
export function stepCall(phone: Phone, input: CallInput): Step {
  if (input.is === 'dial') return dial(phone, input);
  if (input.is === 'incoming') return incoming(phone, input);
  if (input.is === 'unheard') return unheard(phone, input.token);
  const call = callOf(phone, input.token);
  if (!call) return stay(phone);
  switch (input.is) {
    case 'invited':
      return update(phone, call.token, { sipCallId: input.sipCallId });
    case 'ringing':
      return call.state === 'dialing' ? update(phone, call.token, { state: 'ringing' }) : stay(phone);
    case 'early-media':
      return isCallingOut(call) ? update(phone, call.token, { state: 'ringing', earlyMedia: true }) : stay(phone);
    case 'answered':
      return call.state === 'ending' ? stay(phone) : update(phone, call.token, { state: 'connected', connectedAt: call.connectedAt ?? input.at });
    case 'repairing':
      return update(phone, call.token, { repairing: input.on });
    case 'sound-lost':
      return update(phone, call.token, { repairing: false });
    case 'ended':
      return ended(phone, call, outcomeOf(call, input.status, input.retryAfter));
    case 'no-microphone':
      return noMicrophone({ ...phone, problem: input.problem }, call);
    case 'accept':
      return call.state === 'incoming' ? accept(phone, call) : stay(phone);
    case 'reject':
      return call.state === 'incoming' ? reject(phone, call) : stay(phone);
    case 'hang-up':
      return hangUp(phone, call);
    case 'overdue':
      return overdue(phone, call);
  }
}

/** Our own call that nobody has answered yet. */
export function isCallingOut(call: PhoneCall): boolean {
  return call.state === 'dialing' || call.state === 'ringing';
}

function dial(phone: Phone, input: CallInput & { is: 'dial' }): Step {
  if (phone.place !== 'here' || phone.registration !== 'registered') {
    const outcome: Outcome = { sipCallId: null, callId: null, who: null, sentence: problems.notReady.sentence, tone: 'bad' };
    return { phone: { ...phone, outcome }, effects: [] };
  }
  const current = currentCall(phone);
  const isBusy = current !== null && current.state !== 'connected' && current.state !== 'ending';
  if (isBusy || phone.calls.length >= mostCalls) return stay(phone);
  const call = newCall(phone, 'outgoing', 'dialing', input);
  return chain(phone, holdOthers(call.token), add(call, true, { do: 'invite', token: call.token, dial: input.dial }));
}

function incoming(before: Phone, input: CallInput & { is: 'incoming' }): Step {
  const phone = forgetLeft(before, input);
  const away = awayOf(phone, input.callId);
  if (away) return comesBack(phone, input, away);
  // Rung again over another line: what rang over the one before cannot be answered any more.
  const stale = phone.calls.filter((call) => call.state === 'incoming' && call.callId !== null && call.callId === input.callId);
  const left = { ...phone, calls: phone.calls.filter((call) => !stale.includes(call)) };
  // It gets no token, and the line answers that it is busy.
  if (left.calls.length >= mostCalls) return stay(phone);
  const call = { ...newCall(phone, 'incoming', 'incoming', input), sipCallId: input.sipCallId, callId: input.callId };
  return add(call, false, ...stale.map(({ token }): Effect => ({ do: 'drop', token })))(left);
}

/** The call whose sound was lost is answered by itself, as it was; what is left of it here is let go. */
function comesBack(phone: Phone, input: CallInput & { is: 'incoming' }, away: AwayCall): Step {
  const lost = lostCalls(phone, away.callId);
  const left = { ...isBack(phone, away), calls: phone.calls.filter((call) => !lost.includes(call)) };
  const talks = left.calls.some((call) => call.token === phone.current && !call.holding);
  const call: PhoneCall = {
    ...newCall(phone, 'incoming', 'answering', input), sipCallId: input.sipCallId, callId: away.callId,
    muted: away.muted, holding: away.holding, connectedAt: away.since, hub: { muted: away.muted, holding: away.holding },
  };
  const drops = lost.map(({ token }): Effect => ({ do: 'drop', token }));
  const isCurrent = !talks && (!away.holding || callOf(left, phone.current) === null);
  return chain(left,
    add(call, isCurrent, ...drops, { do: 'accept', token: call.token }),
    // Somebody else is being talked to by now: nobody listens in on that.
    (now) => (talks ? requestHold(now, call, true) : stay(now)));
}

/** The sentence about an earlier call goes with the next one, unless there is a call that it can be read beside. */
function add(call: PhoneCall, isCurrent: boolean, ...effects: Effect[]): (phone: Phone) => Step {
  return (phone) => ({
    phone: { ...phone, calls: [...phone.calls, call], current: isCurrent ? call.token : phone.current, started: call.token, outcome: null },
    effects,
  });
}

function newCall(phone: Phone, direction: PhoneCall['direction'], state: PhoneCall['state'], who: Pick<PhoneCall, 'number' | 'name'>): PhoneCall {
  return {
    token: phone.started + 1, direction, state, number: who.number, name: who.name, sipCallId: null, callId: null, muted: false, holding: false,
    earlyMedia: false, connectedAt: null, repairing: false, pending: { hold: null, mute: null }, hub: null, unknown: false, displaced: null, said: null, merged: false,
  };
}

/** Whoever talks is put on hold; whom we are still calling is let go, for nobody can be held who has not answered. */
function accept(phone: Phone, call: PhoneCall): Step {
  const current = currentCall(phone);
  const displaced = current?.state === 'connected' && !current.holding ? current.token : null;
  const callingOut = phone.calls.filter(isCallingOut);
  return chain(phone,
    ...callingOut.map((one) => (now: Phone) => hangUp(now, one)),
    holdOthers(call.token),
    (now) => update({ ...now, current: call.token }, call.token, { state: 'answering', displaced }, { do: 'accept', token: call.token }));
}

function reject(phone: Phone, call: PhoneCall): Step {
  return update(leave(phone, call), call.token, { state: 'ending' }, { do: 'reject', token: call.token, status: 603 });
}

function hangUp(phone: Phone, call: PhoneCall): Step {
  if (call.state === 'ending') return stay(phone);
  if (call.state === 'incoming') return reject(phone, call);
  // Nothing was sent yet: the microphone's question is still open, or was answered this very moment.
  if (call.direction === 'outgoing' && call.sipCallId === null) return finish(phone, call, outcomeOf({ ...call, state: 'ending' }, null));
  return update(leave(phone, call), call.token, { state: 'ending' }, { do: 'hang-up', token: call.token });
}

function ended(phone: Phone, call: PhoneCall, outcome: Outcome): Step {
  return chain(phone, comeBack(call), (now) => finish(now, call, outcome));
}

/** The caller was gone before the call that made room was answered: whoever was put on hold for it is taken back. */
function comeBack(call: PhoneCall): (phone: Phone) => Step {
  return (phone) => {
    const waiting = call.state === 'answering' && phone.current === call.token ? callOf(phone, call.displaced) : null;
    if (waiting?.state !== 'connected') return stay(phone);
    return requestHold({ ...phone, current: waiting.token }, waiting, false);
  };
}

function noMicrophone(phone: Phone, call: PhoneCall): Step {
  if (call.direction === 'outgoing') return finish(phone, call, null);
  // A call that rings for us goes on ringing: the microphone can be allowed and the call accepted after all.
  return chain(phone, comeBack(call), (now) => {
    const current = now.current === call.token ? null : now.current;
    return update({ ...now, current }, call.token, { state: 'incoming', displaced: null });
  });
}
