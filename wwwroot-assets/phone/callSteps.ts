import { problems } from './problems';
import { sentenceForStatus } from './sentences';
import type { CallInput, Effect, Outcome, Phone, PhoneCall, Step } from './phoneState';

/** One call at a time: what the person, the far side and the hub do to it. */
export function stepCall(phone: Phone, input: CallInput): Step {
  const call = phone.call;
  if ('token' in input && input.token !== call?.token) return stay(phone);
  switch (input.is) {
    case 'dial':
      return dial(phone, input);
    case 'invited':
      return update(phone, { sipCallId: input.sipCallId });
    case 'ringing':
      return call?.state === 'dialing' ? update(phone, { state: 'ringing' }) : stay(phone);
    case 'early-media':
      return call?.state === 'dialing' || call?.state === 'ringing' ? update(phone, { state: 'ringing', earlyMedia: true }) : stay(phone);
    case 'answered':
      return call?.state === 'ending' ? stay(phone) : update(phone, { state: 'connected', connectedAt: input.at });
    case 'ended':
      return finish(phone, call === null ? null : outcomeOf(call, input.status));
    case 'no-microphone':
      return noMicrophone(phone, input.problem);
    case 'incoming':
      return incoming(phone, input);
    case 'accept':
      return call?.state === 'incoming' ? update(phone, { state: 'answering' }, { do: 'accept', token: call.token }) : stay(phone);
    case 'reject':
      return call?.state === 'incoming' ? update(phone, { state: 'ending' }, { do: 'reject', status: 603 }) : stay(phone);
    case 'hang-up':
      return hangUp(phone);
    case 'toggle-mute':
      if (call?.state !== 'connected') return stay(phone);
      return update(phone, { muted: !call.muted }, { do: 'mute', muted: !call.muted });
    case 'hub-call':
      if (!isSame(call, input)) return stay(phone);
      return update(phone, { callId: input.callId, name: input.name ?? call?.name ?? null, number: input.number ?? call?.number ?? '' });
    case 'hub-ended':
      return hubEnded(phone, input);
    case 'overdue':
      // The hub said a while ago that this call is over, and its BYE never came: the socket was down when it was sent.
      return finish(phone, phone.outcome, { do: 'hang-up' });
  }
}

const stay = (phone: Phone): Step => ({ phone, effects: [] });

function update(phone: Phone, change: Partial<PhoneCall>, ...effects: Effect[]): Step {
  return phone.call ? { phone: { ...phone, call: { ...phone.call, ...change } }, effects } : stay(phone);
}

function dial(phone: Phone, input: CallInput & { is: 'dial' }): Step {
  if (phone.call) return stay(phone);
  if (phone.place !== 'here' || phone.registration !== 'registered') {
    const outcome: Outcome = { sipCallId: null, callId: null, sentence: problems.notReady.sentence, tone: 'bad' };
    return { phone: { ...phone, outcome }, effects: [] };
  }
  const call = newCall(phone, 'outgoing', 'dialing', input.number, input.name);
  return { phone: { ...phone, call, calls: phone.calls + 1, outcome: null }, effects: [{ do: 'invite', token: call.token, dial: input.dial }] };
}

function incoming(phone: Phone, input: CallInput & { is: 'incoming' }): Step {
  // Without hold a second call cannot be taken: it gets no token, and the line answers that it is busy.
  if (phone.call) return stay(phone);
  const call = { ...newCall(phone, 'incoming', 'incoming', input.number, input.name), sipCallId: input.sipCallId, callId: input.callId };
  return { phone: { ...phone, call, calls: phone.calls + 1, outcome: null }, effects: [] };
}

function newCall(phone: Phone, direction: PhoneCall['direction'], state: PhoneCall['state'], number: string, name: string | null): PhoneCall {
  return {
    token: phone.calls + 1, direction, state, number, name,
    sipCallId: null, callId: null, muted: false, earlyMedia: false, connectedAt: null,
  };
}

function hangUp(phone: Phone): Step {
  const call = phone.call;
  if (!call || call.state === 'ending') return stay(phone);
  if (call.state === 'incoming') return update(phone, { state: 'ending' }, { do: 'reject', status: 603 });
  // Nothing was sent yet: the microphone's question is still open, or was answered this very moment.
  if (call.direction === 'outgoing' && call.sipCallId === null) return finish(phone, outcomeOf({ ...call, state: 'ending' }, null));
  const effects: Effect[] = [{ do: 'hang-up' }];
  // A BYE cannot leave over a dead socket: the server ends the call instead.
  if (phone.registration !== 'registered' && call.callId !== null) effects.push({ do: 'hang-up-through-hub', callId: call.callId });
  return update(phone, { state: 'ending' }, ...effects);
}

function noMicrophone(phone: Phone, problem: Phone['problem']): Step {
  const call = phone.call;
  // A call that rings for us goes on ringing: the microphone can be allowed and the call accepted after all.
  if (call?.direction === 'incoming') return { phone: { ...phone, problem, call: { ...call, state: 'incoming' } }, effects: [] };
  return finish({ ...phone, problem }, null);
}

function hubEnded(phone: Phone, input: CallInput & { is: 'hub-ended' }): Step {
  const outcome: Outcome = { sipCallId: input.sipCallId, callId: input.callId, sentence: input.sentence, tone: input.tone };
  if (isSame(phone.call, input) && phone.call) {
    return { phone: { ...phone, outcome }, effects: [{ do: 'watch-for-end', token: phone.call.token }] };
  }
  return isSame(phone.outcome, input) ? { phone: { ...phone, outcome }, effects: [] } : stay(phone);
}

function finish(phone: Phone, outcome: Outcome | null, ...effects: Effect[]): Step {
  // The hub's sentence knows more than a SIP status does, where it came first.
  const said = phone.outcome !== null && isSame(phone.call, { sipCallId: phone.outcome.sipCallId, callId: phone.outcome.callId }) ? phone.outcome : null;
  const all = phone.place === 'elsewhere' ? [...effects, { do: 'close' } as const] : effects;
  return { phone: { ...phone, call: null, outcome: said ?? outcome }, effects: all };
}

function outcomeOf(call: PhoneCall, status: number | null): Outcome {
  return { sipCallId: call.sipCallId, callId: call.callId, ...sentenceForStatus(call, status) };
}

type Ids = Pick<Outcome, 'sipCallId' | 'callId'>;

function isSame(ours: Ids | null, theirs: Ids): boolean {
  if (!ours) return false;
  return (ours.callId !== null && ours.callId === theirs.callId) || (ours.sipCallId !== null && ours.sipCallId === theirs.sipCallId);
}
