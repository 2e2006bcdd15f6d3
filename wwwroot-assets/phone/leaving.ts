import { isSame } from './callList';
import type { ControlInput, Effect, Phone, PhoneCall, Step } from './phoneState';

/**
 * Calls that this person has left here. A BYE or a CANCEL is lost where the socket is dead without a word, and the server keeps their
 * place then: the hub is told where nobody confirms it, and nobody asks to be called back into what they have left.
 */
export type LeftCall = Pick<PhoneCall, 'token' | 'sipCallId' | 'callId'>;

/** What was asked for before counts no more: a call that comes back all the same rings. */
export function leave(phone: Phone, { token, sipCallId, callId }: PhoneCall): Phone {
  return {
    ...phone, left: [...phone.left, { token, sipCallId, callId }],
    away: phone.away.filter((one) => one.callId !== callId),
  };
}

/** It is offered anew, or is over for everybody. */
export function forgetLeft(phone: Phone, ids: Pick<LeftCall, 'sipCallId' | 'callId'>): Phone {
  return phone.left.some((one) => isSame(one, ids)) ? { ...phone, left: phone.left.filter((one) => !isSame(one, ids)) } : phone;
}

export function isLeft(phone: Phone, callId: string): boolean {
  return phone.left.some((one) => one.callId === callId);
}

/** Not at once and in any case: the hub would mostly be first, and takes somebody who leaves a message for one who gives up. */
export function unheard(phone: Phone, token: number): Step {
  const left = phone.left.find((one) => one.token === token);
  return { phone, effects: left && left.callId !== null ? [hangUp(token, left.callId)] : [] };
}

/** It was left before anybody here knew the server's name for it. */
export function leaveLate(phone: Phone, input: ControlInput & { is: 'hub-call' }): Step {
  const left = phone.left.find((one) => one.callId === null && isSame(one, input));
  if (!left) return { phone, effects: [] };
  const { callId } = input;
  return {
    phone: { ...phone, left: phone.left.map((one) => (one === left ? { ...left, callId } : one)) },
    effects: [hangUp(left.token, callId)],
  };
}

function hangUp(token: number, callId: string): Effect {
  return { do: 'ask-hub', token, ask: 0, control: ['HangUp', callId] };
}
