import { finish, outcomeOf, stay, update } from './callList';
import type { Phone, PhoneCall, Step } from './phoneState';

/** How long a BYE may take behind the hub's word. */
const byeWithin = 2_000;
/** How long a server that was started a moment ago may take to find its calls again. */
const foundWithin = 15_000;
const noSuchCall = 481;

/** The hub says that it is over. */
export function watchForBye(phone: Phone, call: PhoneCall, change: Pick<PhoneCall, 'said'>): Step {
  return update(phone, call.token, change, { do: 'watch-for-end', token: call.token, after: byeWithin });
}

/** The hub knows of no such call: it ended while the hub was away, or the server has not found it again yet. */
export function notKnown(phone: Phone, call: PhoneCall): Step {
  if (call.unknown || call.callId === null || call.state === 'ending') return stay(phone);
  return update(phone, call.token, { unknown: true }, { do: 'watch-for-end', token: call.token, after: foundWithin });
}

/** Its BYE never came: the socket was down when it was sent. Nobody is cut off who is heard, whatever the hub does not know. */
export function overdue(phone: Phone, call: PhoneCall): Step {
  if (call.said === null && !call.unknown) return stay(phone);
  if (call.said === null && mayBeHeard(phone, call)) return notKnown(phone, { ...call, unknown: false });
  const otherwise = outcomeOf(call, call.connectedAt === null ? null : noSuchCall);
  return finish(phone, call, call.said ?? otherwise, { do: 'hang-up', token: call.token });
}

function mayBeHeard(phone: Phone, call: PhoneCall): boolean {
  return call.connectedAt !== null && !phone.away.some((one) => one.isSilent && one.callId === call.callId);
}
