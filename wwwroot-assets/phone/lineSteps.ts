import { problems } from './problems';
import type { Effect, Input, Phone, Step } from './phoneState';

/** The phone's line: which tab has it, the credentials, the socket, the registration. Null where the input is about a call. */
export function stepLine(phone: Phone, input: Input): Step | null {
  switch (input.is) {
    case 'lock-held':
      return phone.place === 'here' ? to(phone, {}) : to(phone, { place: 'here', problem: keepMicrophone(phone), attempt: 0 }, { do: 'fetch-session' });
    case 'lock-elsewhere':
      return moveAway(phone);
    case 'session-ready':
      return phone.place === 'here' ? to(phone, { endpoint: input.endpoint }, { do: 'connect' }) : to(phone, { endpoint: input.endpoint });
    case 'session-failed':
      if (input.final) return destroy(phone, input.problem);
      return phone.place === 'here' ? retry(phone, input.problem) : to(phone, {});
    case 'socket-up':
      return phone.place === 'here' ? to(phone, { registration: 'registering' }, { do: 'register' }) : to(phone, {});
    case 'socket-down':
      return phone.place === 'here' ? retry(phone, problems.socketDown) : to(phone, { registration: 'unregistered' });
    case 'registered':
      return to(phone, { registration: 'registered', everRegistered: true, attempt: 0, renewed: false, problem: keepMicrophone(phone) });
    case 'refused':
      return phone.place === 'here' ? refused(phone) : to(phone, {});
    case 'register-failed':
      return phone.place === 'here' ? retry(phone, problems.registrationFailed) : to(phone, {});
    case 'retry-due':
      if (phone.place !== 'here' || phone.registration !== 'unregistered') return to(phone, {});
      // The server gives the same credentials again while they hold; asking also tells it that this phone is wanted,
      // which it may have forgotten if it was restarted.
      return to(phone, {}, { do: 'fetch-session' });
    case 'hurry':
      return to(phone, { attempt: 0 });
    case 'microphone':
      return to(phone, { problem: input.problem ?? (phone.problem?.about === 'microphone' ? null : phone.problem) });
    case 'sign-out':
      return destroy(phone, input.problem);
    default:
      return null;
  }
}

function to(phone: Phone, change: Partial<Phone>, ...effects: Effect[]): Step {
  return { phone: { ...phone, ...change }, effects };
}

function keepMicrophone(phone: Phone): Phone['problem'] {
  return phone.problem?.about === 'microphone' ? phone.problem : null;
}

function retry(phone: Phone, problem: Phone['problem']): Step {
  // In a call somebody waits for it: half a second, then each second.
  const wait = phone.calls.length > 0 ? Math.min(phone.attempt, 1) - 1 : phone.attempt;
  return to(phone, { registration: 'unregistered', attempt: phone.attempt + 1, problem }, { do: 'retry-later', attempt: wait });
}

/** Asterisk does not know our credentials (it may have been restarted): new ones at once, and if those fail too, later. */
function refused(phone: Phone): Step {
  if (!phone.renewed) {
    return to(phone, { registration: 'unregistered', renewed: true }, { do: 'close' }, { do: 'fetch-session' });
  }
  const next = retry(phone, problems.registrationRefused);
  return { phone: next.phone, effects: [{ do: 'close' }, ...next.effects] };
}

/** Another tab is the phone now. Calls that go on here are left to their end. */
function moveAway(phone: Phone): Step {
  const effects: Effect[] = [];
  if (phone.place === 'here') effects.push({ do: 'unregister' });
  if (phone.place === 'here' && phone.calls.length === 0) effects.push({ do: 'close' });
  return to(phone, { place: 'elsewhere', registration: 'unregistered', problem: null }, ...effects);
}

function destroy(phone: Phone, problem: Phone['problem']): Step {
  const hangUps = phone.calls.map(({ token }): Effect => ({ do: 'hang-up', token }));
  return to(phone, { registration: 'destroyed', calls: [], current: null, problem }, ...hangUps, { do: 'unregister' }, { do: 'close' });
}
