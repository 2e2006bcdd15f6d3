import { chain, stay, update } from './callList';
import type { Phone, PhoneCall, Step } from './phoneState';

/**
 * Asks the hub to hold a call, or to come back to it. The page behaves so at once; what the hub says of the call counts
 * again once the request is settled.
 */
export function requestHold(phone: Phone, call: PhoneCall, hold: boolean): Step {
  if (call.holding === hold) return stay(phone);
  if (call.callId === null) return stay(phone);
  const ask = phone.asked + 1;
  return update({ ...phone, asked: ask }, call.token, { holding: hold, pending: { ...call.pending, hold: ask } },
    { do: 'ask-hub', token: call.token, ask, control: [hold ? 'Hold' : 'Resume', call.callId] });
}

/** Holds all who talk, except one. */
export function holdOthers(token: number): (phone: Phone) => Step {
  return (phone) => {
    const talking = phone.calls.filter((call) => call.token !== token && call.state === 'connected' && !call.holding);
    return chain(phone, ...talking.map((call) => (now: Phone) => requestHold(now, call, true)));
  };
}

export function requestMute(phone: Phone, call: PhoneCall, muted: boolean): Step {
  if (call.state !== 'connected' || call.muted === muted) return stay(phone);
  // The hub does not know the call yet, or never heard that it was muted: this browser's microphone is what counts.
  const isLocal = call.callId === null || (!muted && call.pending.mute === null && call.hub?.muted === false);
  if (call.callId === null || isLocal) return update(phone, call.token, { muted });
  const ask = phone.asked + 1;
  return update({ ...phone, asked: ask }, call.token, { muted, pending: { ...call.pending, mute: ask } },
    { do: 'ask-hub', token: call.token, ask, control: ['Mute', call.callId, muted] });
}
