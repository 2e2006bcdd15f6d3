import type { CallView, PartyView } from '../hub/contract';
import { isAsking, myLeg, nameOf, otherSide, talkers } from '../hub/sides';
import type { Phone, PhoneCall } from '../phone/phoneState';

/** A call as the dock shows it: this page's own, or one that only the server knows to be this person's. */
export interface ShownCall {
  /** Stays the same for as long as the call is shown. */
  readonly key: string;
  /** Its sound is in this page. */
  readonly token: number | null;
  readonly callId: string | null;
  /** What the hub knows of it; null where it knows nothing yet, or cannot be reached. */
  readonly view: CallView | null;
  readonly who: string;
  readonly number: string;
  readonly state: 'dialing' | 'ringing' | 'connecting' | 'connected' | 'voicemail' | 'ending';
  readonly since: number | null;
  readonly muted: boolean;
  readonly holding: boolean;
  /** The other side holds this person. */
  readonly held: boolean;
  /** Its sound was lost: with this sign-in's phone, which asks for it by itself, or with another one of this person's. */
  readonly lost: 'no' | 'here' | 'elsewhere';
}

/** A call that rings for this person, here or in the tab that has the phone. */
export interface RingingCall {
  readonly token: number | null;
  readonly callId: string | null;
  readonly name: string | null;
  readonly number: string;
  /** The team that was called, where it was one. */
  readonly team: string | null;
}

export interface Shown {
  readonly current: ShownCall | null;
  readonly others: readonly ShownCall[];
  readonly ringing: readonly RingingCall[];
}

export type Mine = ReadonlyMap<string, CallView>;

/** Everything that the dock shows of calls, from the phone's state and the person's live calls. */
export function shownCalls(phone: Phone, mine: Mine): Shown {
  const own = phone.calls.filter((call) => call.state !== 'incoming').map((call) => ofPhone(call, viewOf(call, mine), phone));
  const ringing = phone.calls.filter((call) => call.state === 'incoming');
  const away = [...mine.values()].filter((view) => !isOwn(phone, view));
  const all = [...own, ...away.filter((view) => isInCall(view)).map((view) => ofView(view, phone))];
  const current = currentOf(all, phone.current);
  return {
    current,
    others: all.filter((call) => call !== current),
    ringing: [
      ...ringing.map((call) => ({
        token: call.token, callId: call.callId, name: call.name, number: call.number, team: viewOf(call, mine)?.team ?? null,
      })),
      ...(phone.place === 'elsewhere' ? away.filter(ringsForMe).map(ringingOf) : []),
    ],
  };
}

/** This page's own, unless it is held and the person talks in another one elsewhere. */
function currentOf(all: readonly ShownCall[], token: number | null): ShownCall | null {
  const own = all.find((call) => call.token !== null && call.token === token);
  const elsewhere = all.find((call) => call.token === null && call.state === 'connected' && !call.holding);
  if (own && !(own.holding && elsewhere)) return own;
  return elsewhere ?? all.find((call) => !call.holding) ?? all[0] ?? null;
}

function ofPhone(call: PhoneCall, view: CallView | null, phone: Phone): ShownCall {
  const group = view ? groupName(view) : null;
  const who = group ?? call.name ?? (call.number || 'Unknown number');
  return {
    key: `own-${call.token}`, token: call.token, callId: call.callId, view, who, number: group !== null || call.name === null ? '' : call.number,
    state: ownState(call, view), since: call.connectedAt, muted: call.muted, holding: call.holding, held: view?.mine?.held ?? false,
    lost: call.repairing ? 'here' : lostOf(view, phone),
  };
}

function ownState(call: PhoneCall, view: CallView | null): ShownCall['state'] {
  if (call.state === 'connected' && view?.state === 'voicemail') return 'voicemail';
  return call.state === 'answering' || call.state === 'incoming' ? 'connecting' : call.state;
}

/** A call of ours whose sound is not in this page: in another tab, on another device, or lost when this page was reloaded. */
function ofView(view: CallView, phone: Phone): ShownCall {
  const other = otherSide(view);
  const group = groupName(view);
  return {
    key: `hub-${view.id}`, token: null, callId: view.id, view,
    who: group ?? nameOf(other), number: group !== null || other.name === null ? '' : other.display ?? '',
    state: view.state === 'arriving' || view.state === 'ended' ? 'dialing' : view.state,
    since: view.answeredAt === null ? null : Date.parse(view.answeredAt),
    muted: view.mine?.muted ?? false, holding: isHolding(view), held: view.mine?.held ?? false,
    lost: lostOf(view, phone),
  };
}

function lostOf(view: CallView | null, phone: Phone): ShownCall['lost'] {
  if (view?.mine?.away !== true || view.state !== 'connected') return 'no';
  return view.mine.endpoint === phone.endpoint || phone.endpoint === null ? 'here' : 'elsewhere';
}

/** On hold by this person; who asks somebody else has left the others too, but talks. */
export function isHolding(view: CallView): boolean {
  return view.mine?.holding === true && !(isAsking(view) && myLeg(view)?.place === 'consult');
}

/** Of three and more nobody stands for the rest. */
function groupName(view: CallView): string | null {
  const { length } = talkers(view);
  return length > 1 && myLeg(view)?.state === 'up' ? `${length + 1} people` : null;
}

function viewOf(call: PhoneCall, mine: Mine): CallView | null {
  return call.callId === null ? null : mine.get(call.callId) ?? null;
}

/** This page has the call's sound, or has just had it: the server is about to say that it is over. */
function isOwn(phone: Phone, view: CallView): boolean {
  const sipCallId = view.mine?.sipCallId ?? null;
  const isThis = (one: { callId: string | null; sipCallId: string | null }): boolean =>
    one.callId === view.id || (sipCallId !== null && one.sipCallId === sipCallId);
  return phone.calls.some(isThis) || (phone.outcome !== null && isThis(phone.outcome) && phone.place !== 'elsewhere');
}

function isInCall(view: CallView): boolean {
  if (!view.mine || view.state === 'ending' || view.state === 'ended') return false;
  const leg = myLeg(view);
  return leg ? leg.state === 'up' || leg.role === 'caller' : view.mine.role === 'caller' || view.state === 'connected';
}

/** Rings on a phone of this person; in this tab there is nothing of it. */
function ringsForMe(view: CallView): boolean {
  if (!view.mine || view.state === 'ending' || view.state === 'ended') return false;
  const legs = view.legs.filter((leg) => leg.mine && leg.role !== 'caller');
  return legs.length > 0 ? legs.every((leg) => leg.state !== 'up') && legs.some((leg) => leg.state === 'ringing') : view.mine.role === 'callee' && view.state === 'ringing';
}

function ringingOf(view: CallView): RingingCall {
  const other: PartyView = otherSide(view);
  return { token: null, callId: view.id, name: other.name, number: other.display ?? '', team: view.team };
}
