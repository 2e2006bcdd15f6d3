import type { CallView } from '../hub/contract';
import { myLeg, nameOf, otherSide } from '../hub/sides';
import { closeMicrophone, openMicrophone } from '../phone/microphone';
import type { PhoneRunner } from '../phone/phone';
import type { Phone } from '../phone/phoneState';
import { microphoneProblem, problems } from '../phone/problems';
import type { TabAnswer, TabRequest } from '../phone/tabChannel';
import { isHolding } from './shownCall';

/** What joins the phone with the hub's stream, the other tabs and the browser. */

const plainEnds: readonly string[] = ['completed', 'cancelled', 'merged', 'transferred', 'voicemail'];

/** Tells the phone what the hub knows of a call. */
export function tellPhone(phone: Pick<PhoneRunner, 'post'>, call: CallView): void {
  const { mine, end } = call;
  if (!mine) return;
  const other = otherSide(call);
  const ids = { sipCallId: mine.sipCallId, callId: call.id };
  if (call.state === 'ended' && end) {
    const tone = plainEnds.includes(end.reason) ? 'plain' : 'bad';
    phone.post({ is: 'hub-ended', ...ids, who: nameOf(other), sentence: end.sentence, tone, merged: end.reason === 'merged' });
    return;
  }
  phone.post({
    is: 'hub-call', ...ids, name: other.name, number: other.display,
    muted: mine.muted, holding: isHolding(call), cameByMerge: myLeg(call)?.role === 'merged',
    awayFrom: mine.away && call.state === 'connected' ? mine.endpoint : null, since: call.answeredAt === null ? null : Date.parse(call.answeredAt),
  });
}

/**
 * Before the tab that has the phone opens the microphone, the person allows it here: nobody sees the question that a
 * browser asks in another tab. A sentence where that cannot be.
 */
export async function allowMicrophone(): Promise<string | null> {
  try {
    if ((await navigator.permissions.query({ name: 'microphone' })).state === 'granted') return null;
  } catch {
    // A browser that does not say so beforehand is asked by opening it.
  }
  try {
    closeMicrophone(await openMicrophone());
    return null;
  } catch (error) {
    return microphoneProblem(error).sentence;
  }
}

/** Does what another tab asks, where the phone is in this one. */
export function answerTab(runner: Pick<PhoneRunner, 'post' | 'phone'>, request: TabRequest): TabAnswer | undefined {
  if (runner.phone.place !== 'here' || runner.phone.registration === 'destroyed') return undefined;
  if (request.want === 'accept') {
    const call = runner.phone.calls.find((one) => one.callId === request.callId && one.state === 'incoming');
    if (!call) return 'This call does not ring in the browser any more.';
    runner.post({ is: 'accept', token: call.token });
    return null;
  }
  const before = runner.phone;
  runner.post({ is: 'dial', dial: request.dial, number: request.number, name: request.name });
  return whyNoCall(before, runner.phone);
}

/** Null where dialling began a call; else a sentence. */
export function whyNoCall(before: Phone, after: Phone): string | null {
  if (after.started > before.started) return null;
  return after.outcome !== null && after.outcome !== before.outcome ? after.outcome.sentence : problems.oneAtATime.sentence;
}

/** A tab with a call asks before it is closed: the call's sound goes with it. */
export function askBeforeLeaving(isInCall: () => boolean): void {
  window.addEventListener('beforeunload', (event) => { if (isInCall()) event.preventDefault(); });
}
