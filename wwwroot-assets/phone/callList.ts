import { sentenceForStatus } from './sentences';
import type { Effect, Outcome, Phone, PhoneCall, Step } from './phoneState';

/** The phone's calls: found, changed, taken out. */

export const stay = (phone: Phone): Step => ({ phone, effects: [] });

export function callOf(phone: Phone, token: number | null): PhoneCall | null {
  return phone.calls.find((call) => call.token === token) ?? null;
}

export function currentCall(phone: Phone): PhoneCall | null {
  return callOf(phone, phone.current);
}

export function update(phone: Phone, token: number, change: Partial<PhoneCall>, ...effects: Effect[]): Step {
  if (!callOf(phone, token)) return stay(phone);
  return { phone: { ...phone, calls: phone.calls.map((call) => (call.token === token ? { ...call, ...change } : call)) }, effects };
}

/** One step after the other, with the effects of all. */
export function chain(phone: Phone, ...steps: ((phone: Phone) => Step)[]): Step {
  return steps.reduce<Step>((done, next) => {
    const { phone: after, effects } = next(done.phone);
    return { phone: after, effects: [...done.effects, ...effects] };
  }, stay(phone));
}

/** Takes the call out. The one that began last comes into view then, held as it is: to resume it is the person's choice. */
export function finish(phone: Phone, call: PhoneCall, outcome: Outcome | null, ...effects: Effect[]): Step {
  const calls = phone.calls.filter((one) => one.token !== call.token);
  const next = phone.current === call.token ? nextCurrent(calls) : phone.current;
  const said = call.merged && calls.length > 0 ? phone.outcome : call.said ?? outcome;
  const all = phone.place === 'elsewhere' && calls.length === 0 ? [...effects, { do: 'close' } as const] : effects;
  return { phone: { ...phone, calls, current: next, outcome: said }, effects: all };
}

export function outcomeOf(call: PhoneCall, status: number | null, retryAfter: number | null = null): Outcome {
  return { sipCallId: call.sipCallId, callId: call.callId, who: whoOf(call), ...sentenceForStatus(call, status, retryAfter) };
}

export function whoOf(call: Pick<PhoneCall, 'name' | 'number'>): string {
  return call.name ?? (call.number || 'Unknown number');
}

function nextCurrent(calls: readonly PhoneCall[]): number | null {
  return calls.findLast((call) => call.state !== 'incoming' && call.state !== 'ending')?.token
    ?? calls.findLast((call) => call.state !== 'incoming')?.token ?? null;
}

type Ids = Pick<PhoneCall, 'sipCallId' | 'callId'>;

export function isSame(ours: Ids | null, theirs: Ids): boolean {
  if (!ours) return false;
  return (ours.callId !== null && ours.callId === theirs.callId) || (ours.sipCallId !== null && ours.sipCallId === theirs.sipCallId);
}
