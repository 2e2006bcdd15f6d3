import type { Phone } from '../phone/phoneState';

export interface Status {
  readonly text: string;
  readonly tone: 'good' | 'busy' | 'bad' | 'plain';
}

/** The phone's state in a word or two; what to do about it stands below it, see problemOf(). */
export function statusOf(phone: Phone): Status {
  if (phone.registration === 'destroyed') return { text: 'Signed out', tone: 'bad' };
  if (phone.place === 'elsewhere') return { text: 'Phone is open in another tab', tone: 'plain' };
  if (phone.registration === 'registered') {
    return phone.problem?.about === 'microphone' ? { text: 'No microphone', tone: 'bad' } : { text: 'Ready', tone: 'good' };
  }
  return phone.everRegistered || phone.attempt > 0 ? { text: 'Reconnecting…', tone: 'busy' } : { text: 'Connecting…', tone: 'busy' };
}
