import { isSame } from './callList';
import type { ControlInput, Phone, PhoneCall, Step } from './phoneState';

/**
 * Calls that this person has left here. A BYE or a CANCEL is lost where the socket is dead without a word, and the server keeps their
 * place then: it is told as well, and nobody asks to be called back into what they have left.
 */
export type LeftCall = Pick<PhoneCall, 'sipCallId' | 'callId'>;

/** What was asked for before counts no more: a call that comes back all the same rings. */
export function leave(phone: Phone, { sipCallId, callId }: PhoneCall): Phone {
  return {
    ...phone, left: [...phone.left, { sipCallId, callId }],
    away: phone.away.filter((one) => one.callId !== callId),
  };
}

/** It is offered anew, or is over for everybody. */
export function forgetLeft(phone: Phone, ids: LeftCall): Phone {
  return phone.left.some((one) => isSame(one, ids)) ? { ...phone, left: phone.left.filter((one) => !isSame(one, ids)) } : phone;
}

export function isLeft(phone: Phone, callId: string): boolean {
  return phone.left.some((one) => one.callId === callId);
}

/** It was left before anybody here knew the server's name for it. */
export function leaveLate(phone: Phone, input: ControlInput & { is: 'hub-call' }): Step {
  const left = phone.left.find((one) => one.callId === null && isSame(one, input));
  if (!left) return { phone, effects: [] };
  const { sipCallId, callId } = input;
  return {
    phone: { ...phone, left: phone.left.map((one) => (one === left ? { sipCallId, callId } : one)) },
    effects: [{ do: 'ask-hub', token: 0, ask: 0, control: ['HangUp', callId] }],
  };
}
