import { isAsking, myLeg, myUserId } from '../hub/sides';
import type { Action } from './keys';
import type { ShownCall } from './shownCall';

export type CallAction =
  | 'continue' | 'mute' | 'hold' | 'keypad' | 'transfer' | 'add' | 'swap' | 'merge' | 'record' | 'pause-recording' | 'complete' | 'cancel' | 'hang-up';

/** The current call may be merged or swapped with the other one without asking which: there is but one. */
export function onlyOther(others: readonly ShownCall[]): ShownCall | null {
  return others.length === 1 ? others[0] ?? null : null;
}

/** Whether this person's transfer without asking rings. */
export function isTransferring(call: ShownCall): boolean {
  const by = call.view?.transfer?.by ?? null;
  return by !== null && call.view !== null && by === myUserId(call.view);
}

export function canSwap(call: ShownCall, other: ShownCall): boolean {
  return call.state === 'connected' && other.state === 'connected' && other.callId !== null;
}

export function canMerge(call: ShownCall, other: ShownCall): boolean {
  const isPlain = (one: ShownCall): boolean => one.view?.consultation === null && one.view.transfer === null;
  return canSwap(call, other) && call.callId !== null && isPlain(call) && isPlain(other);
}

/** What can be done with a call now. What makes no sense is left out, so that no button is dead. */
export function actionsOf(call: ShownCall, others: readonly ShownCall[]): ReadonlySet<CallAction> {
  const actions = new Set<CallAction>();
  const allow = (action: CallAction, when: boolean): void => { if (when) actions.add(action); };
  const { view } = call;
  const isConnected = call.state === 'connected';
  const isKnown = isConnected && view !== null;
  const asks = view !== null && isAsking(view);
  const hasBoth = asks && view.consultation?.transfer === true;
  const transfers = isTransferring(call);
  const isPlain = isKnown && view.consultation === null && view.transfer === null;
  const other = onlyOther(others);
  allow('continue', isConnected && call.lost === 'elsewhere');
  allow('mute', (isConnected && call.token !== null && !transfers) || (isKnown && !transfers));
  // A consultation is left by swapping, or by ending it.
  allow('hold', isKnown && !asks && !transfers && myLeg(view)?.place !== 'consult');
  allow('keypad', isKnown && !call.holding && !transfers);
  allow('transfer', isPlain);
  allow('record', isKnown && !transfers && view.recordable);
  allow('pause-recording', isKnown && (view.recording === 'on' || view.recording === 'paused'));
  allow('add', isPlain);
  allow('swap', asks ? hasBoth : other !== null && canSwap(call, other));
  allow('merge', asks ? hasBoth : other !== null && canMerge(call, other));
  allow('complete', hasBoth);
  allow('cancel', asks || transfers);
  allow('hang-up', call.state !== 'ending');
  return actions;
}

/** What a key does with the call that is shown; null where it means nothing now. */
export function actionFor(key: Exclude<Action, 'accept' | 'reject'>, call: ShownCall | null): CallAction | null {
  switch (key) {
    case 'end': return 'hang-up';
    case 'pause': return call?.view?.recording === 'on' ? 'pause-recording' : null;
    case 'go-on': return call?.view?.recording === 'paused' ? 'pause-recording' : null;
    default: return key;
  }
}
