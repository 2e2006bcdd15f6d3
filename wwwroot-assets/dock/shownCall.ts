import type { CallView, PartyView } from '../hub/contract';
import type { Phone } from '../phone/phoneState';

/** The call that the dock shows: this page's own, or one that only the server knows to be this person's. */
export interface ShownCall {
  readonly own: boolean;
  readonly callId: string | null;
  readonly who: string;
  readonly number: string;
  readonly state: 'dialing' | 'ringing' | 'connecting' | 'connected' | 'ending';
  readonly since: number | null;
  readonly muted: boolean;
}

export type Mine = ReadonlyMap<string, CallView>;

export function shownCall(phone: Phone, mine: Mine): ShownCall | null {
  const call = phone.call;
  if (call && call.state !== 'incoming') {
    return {
      own: true, callId: call.callId, who: call.name ?? (call.number || 'Unknown number'), number: call.name === null ? '' : call.number,
      state: call.state === 'answering' ? 'connecting' : call.state, since: call.connectedAt, muted: call.muted,
    };
  }
  return call ? null : adopted(phone, mine);
}

/** A call of ours whose sound is not in this page: in another tab, on another device, or lost when this page was reloaded. */
function adopted(phone: Phone, mine: Mine): ShownCall | null {
  for (const call of mine.values()) {
    const sound = call.mine?.role === 'caller' || call.state === 'connected';
    const over = call.state === 'ending' || call.state === 'ended';
    if (!call.mine || !sound || over || isOutcome(phone, call)) continue;
    const other = otherSide(call);
    return {
      own: false, callId: call.id, who: other.name ?? other.display ?? 'Unknown number', number: other.name === null ? '' : other.display ?? '',
      state: call.state === 'arriving' ? 'dialing' : call.state as 'dialing' | 'ringing' | 'connected',
      since: call.answeredAt === null ? null : Date.parse(call.answeredAt), muted: false,
    };
  }
  return null;
}

/** This page's own call that is over already; the server is about to say so too. */
function isOutcome(phone: Phone, call: CallView): boolean {
  const sipCallId = call.mine?.sipCallId ?? null;
  return phone.outcome?.callId === call.id || (sipCallId !== null && phone.outcome?.sipCallId === sipCallId);
}

export function otherSide(call: CallView): PartyView {
  return call.mine?.role === 'callee' ? call.from : call.to;
}
