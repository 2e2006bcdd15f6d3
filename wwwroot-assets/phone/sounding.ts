import type { Effect, Phone, PhoneCall } from './phoneState';

export type Sound = 'ringtone' | 'waiting' | 'ringback' | null;

/** What is to be heard besides the calls themselves. The far side's own tones, once they come, take the place of ours. */
export function soundOf(phone: Phone): Sound {
  if (phone.calls.some((call) => call.state === 'incoming')) return phone.current === null ? 'ringtone' : 'waiting';
  const current = phone.calls.find((call) => call.token === phone.current);
  return current?.state === 'ringing' && !current.earlyMedia ? 'ringback' : null;
}

/**
 * The current call alone is heard and hears, whatever became of the request to hold the others: nobody shall listen
 * in on a talk with somebody else because the hub was away.
 */
export function isOpen(phone: Phone, call: PhoneCall): boolean {
  return call.token === phone.current;
}

/** Nothing of this person is to reach the call. */
export function isSilent(phone: Phone, call: PhoneCall): boolean {
  return call.muted || call.holding || !isOpen(phone, call);
}

/** Held by this person, or about to be, or about to be resumed: nothing need be heard of it. */
export function isHeld(call: PhoneCall | null): boolean {
  return call !== null && (call.holding || call.pending.hold !== null);
}

/** The doors of sound that a step has opened or closed; a new call's are set once it has sound. */
export function soundEffects(before: Phone, after: Phone): Effect[] {
  if (before === after) return [];
  return after.calls.flatMap((call): Effect[] => {
    const was = before.calls.find((one) => one.token === call.token);
    if (!was || (isOpen(before, was) === isOpen(after, call) && isSilent(before, was) === isSilent(after, call))) return [];
    return [{ do: 'sound', token: call.token, open: isOpen(after, call), muted: isSilent(after, call) }];
  });
}
