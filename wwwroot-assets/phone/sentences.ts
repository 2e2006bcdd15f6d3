import type { Outcome, PhoneCall } from './phoneState';

type Said = Pick<Outcome, 'sentence' | 'tone' | 'again'>;

const bad = (sentence: string): Said => ({ sentence, tone: 'bad' });
const plain = (sentence: string): Said => ({ sentence, tone: 'plain' });

/**
 * How a call ended, as far as SIP tells; status is null where it ended without a refusal (BYE, CANCEL). A refusal may say after how many
 * seconds to try again.
 */
export function sentenceForStatus(
  call: Pick<PhoneCall, 'direction' | 'state' | 'connectedAt'>, status: number | null, retryAfter: number | null = null,
): Said {
  if (call.connectedAt !== null && status === 481) return bad('The connection was lost for too long, and the call has ended.');
  if (call.connectedAt !== null) return plain('The call has ended.');
  if (call.direction === 'incoming' && status === 200) return plain('The call was answered on another phone.');
  if (call.direction === 'incoming') return call.state === 'ending' ? plain('You rejected the call.') : plain('The caller hung up.');
  if (call.state === 'ending') return plain('You cancelled the call.');
  switch (status) {
    case null:
      return bad('The call ended before it was answered.');
    case 486:
    case 600:
      return bad('The line is busy. Try again later.');
    case 480:
      return bad('Not available right now. Try again later.');
    case 408:
    case 487:
      return bad('No answer. Try again later.');
    case 403:
      return bad('This call is not allowed. Ask your administrator if you need it.');
    case 404:
    case 484:
    case 604:
    case 410:
      return bad('There is no such number. Check it and try again.');
    case 603:
      return bad('The call was rejected.');
    case 488:
    case 606:
      return bad('The other side and this browser have no audio format in common.');
    case 503:
      if (retryAfter !== null) return { ...bad(`All lines are busy just now. Try again in ${retryAfter} seconds.`), again: true };
      return bad('The telephone network is out of service or full. Try again in a moment.');
    default:
      return bad(`The call failed (${status}). Try again; if it fails again, tell your administrator.`);
  }
}
