import { describe, expect, it } from 'vitest';
import { problems } from '../phone/problems';
import { initialPhone, step, type Input, type Phone } from '../phone/phoneState';

const here: Phone = { ...initialPhone, place: 'here' };
const registered: Phone = { ...here, registration: 'registered', everRegistered: true };
const effectsOf = (phone: Phone, input: Input): string[] => step(phone, input).effects.map((effect) => effect.do);
const after = (phone: Phone, ...inputs: Input[]): Phone => inputs.reduce((now, input) => step(now, input).phone, phone);

describe('the line', () => {
  it('goes from the lock over credentials and socket to registered', () => {
    expect(effectsOf(initialPhone, { is: 'lock-held' })).toEqual(['fetch-session']);
    const phone = after(initialPhone, { is: 'lock-held' });
    expect(effectsOf(phone, { is: 'session-ready', endpoint: 'web-1' })).toEqual(['connect']);
    expect(effectsOf(after(phone, { is: 'session-ready', endpoint: 'web-1' }), { is: 'socket-up' })).toEqual(['register']);
    const ready = after(phone, { is: 'session-ready', endpoint: 'web-1' }, { is: 'socket-up' }, { is: 'registered' });
    expect(ready).toMatchObject({ registration: 'registered', problem: null, attempt: 0 });
  });

  it('does not register while another tab has the phone', () => {
    const phone = after(initialPhone, { is: 'lock-elsewhere' });
    expect(phone.place).toBe('elsewhere');
    expect(effectsOf(phone, { is: 'socket-up' })).toEqual([]);
    expect(effectsOf(phone, { is: 'session-ready', endpoint: 'web-1' })).toEqual([]);
  });

  it('says what is wrong and tries again when the socket drops, waiting longer each time', () => {
    const first = step(registered, { is: 'socket-down' });
    expect(first.phone).toMatchObject({ registration: 'unregistered', problem: problems.socketDown });
    expect(first.effects).toEqual([{ do: 'retry-later', attempt: 0 }]);
    expect(step(first.phone, { is: 'socket-down' }).effects).toEqual([{ do: 'retry-later', attempt: 1 }]);
    expect(effectsOf(first.phone, { is: 'retry-due' })).toEqual(['fetch-session']);
  });

  it('leaves the call alone when the socket drops', () => {
    const talking = after(registered, { is: 'dial', dial: '+12025550143', number: '+1 202-555-0143', name: null },
      { is: 'invited', token: 1, sipCallId: 'a' }, { is: 'answered', token: 1, at: 5 });
    const dropped = step(talking, { is: 'socket-down' });
    expect(dropped.phone.calls).toEqual(talking.calls);
    expect(dropped.effects).toEqual([{ do: 'retry-later', attempt: -1 }]);
  });

  it('fetches new credentials once when refused, and waits after that', () => {
    const refused = step({ ...here, registration: 'registering' }, { is: 'refused' });
    expect(refused.effects.map((effect) => effect.do)).toEqual(['close', 'fetch-session']);
    const again = step({ ...refused.phone, registration: 'registering' }, { is: 'refused' });
    expect(again.effects.map((effect) => effect.do)).toEqual(['close', 'retry-later']);
    expect(again.phone.problem).toBe(problems.registrationRefused);
    expect(effectsOf(again.phone, { is: 'retry-due' })).toEqual(['fetch-session']);
  });

  it('may renew again after it was registered in between', () => {
    const phone = after({ ...here, renewed: true }, { is: 'registered' });
    expect(effectsOf(phone, { is: 'refused' })).toEqual(['close', 'fetch-session']);
  });

  it('unregisters when another tab takes the phone, and keeps a call that goes on', () => {
    expect(effectsOf(registered, { is: 'lock-elsewhere' })).toEqual(['unregister', 'close']);
    const talking = after(registered, { is: 'dial', dial: 'x', number: 'x', name: null }, { is: 'invited', token: 1, sipCallId: 'a' });
    const moved = step(talking, { is: 'lock-elsewhere' });
    expect(moved.effects.map((effect) => effect.do)).toEqual(['unregister']);
    expect(effectsOf(moved.phone, { is: 'ended', token: 1, status: null })).toEqual(['close']);
  });

  it('says nothing of a line that it gave away, whatever becomes of what was under way', () => {
    const moved = after(here, { is: 'lock-elsewhere' });
    const failed: Input[] = [{ is: 'session-failed', problem: problems.serverDown, final: false }, { is: 'register-failed' }, { is: 'refused' }, { is: 'socket-down' }];
    for (const input of failed) expect(step(moved, input)).toEqual({ phone: moved, effects: [] });
    expect(after(moved, { is: 'session-failed', problem: problems.signedOut, final: true }).registration).toBe('destroyed');
  });

  it('ends call, registration and itself on sign-out, and hears nothing after that', () => {
    const talking = after(registered, { is: 'dial', dial: 'x', number: 'x', name: null }, { is: 'invited', token: 1, sipCallId: 'a' });
    const out = step(talking, { is: 'sign-out', problem: null });
    expect(out.effects.map((effect) => effect.do)).toEqual(['hang-up', 'unregister', 'close']);
    expect(out.phone.registration).toBe('destroyed');
    expect(step(out.phone, { is: 'lock-held' })).toEqual({ phone: out.phone, effects: [] });
  });

  it('stops for good where the sign-in has ended', () => {
    const phone = after(here, { is: 'session-failed', problem: problems.signedOut, final: true });
    expect(phone).toMatchObject({ registration: 'destroyed', problem: problems.signedOut });
  });

  it('keeps the word about the microphone until that is solved', () => {
    const blocked = after(registered, { is: 'microphone', problem: { about: 'microphone', sentence: 'Blocked.' } });
    expect(after(blocked, { is: 'registered' }).problem?.sentence).toBe('Blocked.');
    expect(after(initialPhone, { is: 'microphone', problem: blocked.problem }, { is: 'lock-held' }).problem?.sentence).toBe('Blocked.');
    expect(after(blocked, { is: 'microphone', problem: null }).problem).toBeNull();
    const down = after(registered, { is: 'socket-down' });
    expect(after(down, { is: 'microphone', problem: null }).problem).toBe(problems.socketDown);
  });
});
