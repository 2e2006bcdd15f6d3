import { describe, expect, it } from 'vitest';
import { currentCall } from '../phone/callList';
import { step, type ControlInput, type Input, type Phone } from '../phone/phoneState';
import { soundOf } from '../phone/sounding';
import { ready } from './views';

const after = (phone: Phone, ...inputs: Input[]): Phone => inputs.reduce((now, input) => step(now, input).phone, phone);
const effects = (phone: Phone, input: Input): unknown[] => [...step(phone, input).effects];

const dial: Input = { is: 'dial', dial: '+12025550143', number: '+1 202-555-0143', name: null };
const invited: Input = { is: 'invited', token: 1, sipCallId: 'sip-1' };
const offer: Input = { is: 'incoming', sipCallId: 'sip-9', callId: 'call-9', number: '+442079460123', name: 'Ada' };
const dialled = after(ready, dial, invited);
const hubCall: ControlInput & { is: 'hub-call' } = {
  is: 'hub-call', sipCallId: 'sip-1', callId: 'call-1', name: null, number: null, muted: false, holding: false, cameByMerge: false,
  awayFrom: null, since: null,
};
const talking = after(dialled, { is: 'answered', token: 1, at: 1000 });
const offered = after(ready, offer);

describe('calling somebody', () => {
  it('sends the INVITE with what the server resolved', () => {
    expect(effects(ready, dial)).toEqual([{ do: 'invite', token: 1, dial: '+12025550143' }]);
  });

  it('says so instead of calling while the phone is not registered', () => {
    const { phone, effects: done } = step({ ...ready, registration: 'unregistered' }, dial);
    expect(done).toEqual([]);
    expect(phone.calls).toEqual([]);
    expect(phone.outcome).toMatchObject({ tone: 'bad' });
  });

  it('makes no second call while nobody has answered the first', () => {
    expect(step(dialled, dial)).toEqual({ phone: dialled, effects: [] });
  });

  it('plays its own ringback until the far side sends sound', () => {
    const ringing = after(dialled, { is: 'ringing', token: 1 });
    expect(soundOf(dialled)).toBeNull();
    expect(soundOf(ringing)).toBe('ringback');
    expect(soundOf(after(ringing, { is: 'early-media', token: 1 }))).toBeNull();
    expect(soundOf(after(ringing, { is: 'early-media', token: 1 }, { is: 'ringing', token: 1 }))).toBeNull();
  });

  it('ignores what comes about an earlier call', () => {
    const second = after(talking, { is: 'ended', token: 1, status: null }, dial);
    expect(step(second, { is: 'answered', token: 1, at: 9 }).phone).toBe(second);
    expect(currentCall(second)?.token).toBe(2);
  });

  it('mutes only while connected, and remembers it', () => {
    const mute: Input = { is: 'mute', token: 1, muted: true };
    expect(step(dialled, mute).phone).toBe(dialled);
    expect(effects(talking, mute)).toEqual([{ do: 'sound', token: 1, open: true, muted: true }]);
    expect(effects(after(talking, mute), { ...mute, muted: false })).toEqual([{ do: 'sound', token: 1, open: true, muted: false }]);
  });

  it('ends by SIP, and through the hub where nobody confirms that', () => {
    const ending = after(talking, hubCall, { is: 'hang-up', token: 1 });
    expect(effects(talking, { is: 'hang-up', token: 1 })).toEqual([{ do: 'hang-up', token: 1 }]);
    for (const gone of [ending, after(ending, { is: 'ended', token: 1, status: null })]) {
      expect(effects(gone, { is: 'unheard', token: 1 })).toEqual([{ do: 'ask-hub', token: 1, ask: 0, control: ['HangUp', 'call-1'] }]);
    }
  });

  it('is over at once when it is cancelled before the microphone was opened', () => {
    const phone = after(ready, dial, { is: 'hang-up', token: 1 });
    expect(phone.calls).toEqual([]);
    expect(phone.outcome?.sentence).toBe('You cancelled the call.');
  });

  it('makes no call without a microphone', () => {
    const phone = after(ready, dial, { is: 'no-microphone', token: 1, problem: { about: 'microphone', sentence: 'Blocked.' } });
    expect(phone).toMatchObject({ calls: [], current: null, outcome: null, problem: { sentence: 'Blocked.' } });
  });

  it('does not come back to life by an answer that crossed the hang-up', () => {
    const ending = after(dialled, { is: 'hang-up', token: 1 });
    expect(step(ending, { is: 'answered', token: 1, at: 1 }).phone.calls[0]?.state).toBe('ending');
  });
});

describe('being called', () => {
  it('rings, and accepts or rejects', () => {
    expect(soundOf(offered)).toBe('ringtone');
    expect(effects(offered, { is: 'accept', token: 1 })).toEqual([{ do: 'accept', token: 1 }, { do: 'sound', token: 1, open: true, muted: false }]);
    expect(effects(offered, { is: 'reject', token: 1 })).toEqual([{ do: 'reject', token: 1, status: 603 }]);
    expect(soundOf(after(offered, { is: 'accept', token: 1 }))).toBeNull();
  });

  it('goes on ringing when the microphone was refused', () => {
    const phone = after(offered, { is: 'accept', token: 1 }, { is: 'no-microphone', token: 1, problem: { about: 'microphone', sentence: 'Blocked.' } });
    expect(phone.calls[0]?.state).toBe('incoming');
    expect(effects(phone, { is: 'accept', token: 1 })).toEqual([{ do: 'accept', token: 1 }, { do: 'sound', token: 1, open: true, muted: false }]);
  });

  it('says who ended it', () => {
    expect(after(offered, { is: 'ended', token: 1, status: null }).outcome?.sentence).toBe('The caller hung up.');
    expect(after(offered, { is: 'reject', token: 1 }, { is: 'ended', token: 1, status: null }).outcome?.sentence).toBe('You rejected the call.');
    expect(after(offered, { is: 'ended', token: 1, status: 200 }).outcome?.sentence).toContain('answered on another phone');
  });
});

describe('what the hub knows of the call', () => {
  const hubEnded: Input = { is: 'hub-ended', sipCallId: 'sip-1', callId: 'call-1', who: null, sentence: 'The number is busy.', tone: 'bad', merged: false };

  it('gives the call its id and its name', () => {
    const phone = after(dialled, { ...hubCall, name: 'Grace', number: '+1 202-555-0143' });
    expect(phone.calls[0]).toMatchObject({ callId: 'call-1', name: 'Grace' });
    expect(step(dialled, { ...hubCall, sipCallId: 'other', callId: 'x', name: 'No' }).phone).toBe(dialled);
  });

  it('has the last word on how the call ended, before or after SIP has spoken', () => {
    const ended: Input = { is: 'ended', token: 1, status: 500 };
    expect(after(dialled, hubEnded, ended).outcome?.sentence).toBe('The number is busy.');
    expect(after(dialled, ended, hubEnded).outcome?.sentence).toBe('The number is busy.');
    expect(after(ready, hubEnded).outcome).toBeNull();
  });

  it('ends a call whose BYE was lost with the socket', () => {
    expect(effects(talking, hubEnded)).toEqual([{ do: 'watch-for-end', token: 1, after: 2_000 }]);
    const over = step(after(talking, hubEnded), { is: 'overdue', token: 1 });
    expect(over.phone.calls).toEqual([]);
    expect(over.effects).toEqual([{ do: 'hang-up', token: 1 }]);
    expect(step(after(talking, hubEnded, { is: 'ended', token: 1, status: null }), { is: 'overdue', token: 1 }).effects).toEqual([]);
  });
});
