import { describe, expect, it } from 'vitest';
import { currentCall } from '../phone/callList';
import { step, type ControlInput, type Effect, type Input, type Phone } from '../phone/phoneState';
import { soundOf } from '../phone/sounding';
import { phoneCall, phoneWith } from './views';

const after = (phone: Phone, ...inputs: Input[]): Phone => inputs.reduce((now, input) => step(now, input).phone, phone);
const effects = (phone: Phone, input: Input): Effect[] => [...step(phone, input).effects];
const asked = (phone: Phone, input: Input): unknown[] => effects(phone, input).flatMap((effect) => (effect.do === 'ask-hub' ? [effect.control] : []));
const sounds = (phone: Phone, input: Input): unknown[] => effects(phone, input).filter((effect) => effect.do === 'sound');
const tokens = (phone: Phone): number[] => phone.calls.map((one) => one.token);

const first = phoneCall({ token: 1, callId: 'c1', sipCallId: 's1', name: 'Grace', hub: { muted: false, holding: false } });
const second = phoneCall({ token: 2, callId: 'c2', sipCallId: 's2', name: 'Ada', hub: { muted: false, holding: true }, holding: true });
const third = phoneCall({ token: 3, callId: 'c3', sipCallId: 's3', state: 'incoming', direction: 'incoming', connectedAt: null });
const talking = phoneWith(first);
const calledMeanwhile = phoneWith(first, third);
const two = phoneWith(first, second);
const dial: Input = { is: 'dial', dial: '+1', number: '+1', name: null };
const says = (callId: string, given: Partial<ControlInput & { is: 'hub-call' }> = {}): Input =>
  ({ is: 'hub-call', sipCallId: null, callId, name: null, number: null, muted: false, holding: false, cameByMerge: false, awayFrom: null, since: null, ...given });
const over = (callId: string, merged = false): Input =>
  ({ is: 'hub-ended', sipCallId: null, callId, who: 'Grace', sentence: 'The call is over.', tone: 'plain', merged });

describe('a call that comes in while another goes on', () => {
  it('rings quietly, and leaves the current one alone', () => {
    const phone = after(talking, { is: 'incoming', sipCallId: 's9', callId: 'c9', number: '+44', name: null });
    expect(tokens(phone)).toEqual([1, 2]);
    expect(currentCall(phone)?.token).toBe(1);
    expect(soundOf(phone)).toBe('waiting');
    expect(soundOf(after(phone, { is: 'ended', token: 1, status: null }))).toBe('ringtone');
  });

  it('rung again over another line, takes the place of what rang over the one before', () => {
    const again: Input = { is: 'incoming', sipCallId: 's9', callId: 'c3', number: '+44', name: null };
    expect(tokens(after(calledMeanwhile, again))).toEqual([1, 4]);
    expect(effects(calledMeanwhile, again)).toContainEqual({ do: 'drop', token: 3 });
  });

  it('is accepted after the current one is put on hold, which neither hears nor is heard from then on', () => {
    const accept: Input = { is: 'accept', token: 3 };
    expect(effects(calledMeanwhile, accept).slice(0, 2)).toEqual([
      { do: 'ask-hub', token: 1, ask: 1, control: ['Hold', 'c1'] },
      { do: 'accept', token: 3 },
    ]);
    expect(sounds(calledMeanwhile, accept)).toEqual([
      { do: 'sound', token: 1, open: false, muted: true },
      { do: 'sound', token: 3, open: true, muted: false },
    ]);
    expect(currentCall(after(calledMeanwhile, accept))?.token).toBe(3);
  });

  it('stays shut off from the other one also where the hub refuses to hold that', () => {
    const phone = after(calledMeanwhile, { is: 'accept', token: 3 }, { is: 'hub-answered', token: 1, ask: 1, accepted: false });
    expect(phone.calls[0]?.holding).toBe(false);
    expect(sounds(phone, { is: 'answered', token: 3, at: 1 })).toEqual([]);
    expect(asked(after(phone, { is: 'answered', token: 3, at: 1 }), { is: 'hub-back', callIds: ['c1'] })).toEqual([['Hold', 'c1']]);
  });

  it('ends what is still being dialled when it is accepted: nobody can be held who has not answered', () => {
    const phone = phoneWith(phoneCall({ token: 1, state: 'ringing', connectedAt: null }), third);
    expect(effects(phone, { is: 'accept', token: 3 }).map((effect) => effect.do)).toEqual(['hang-up', 'accept', 'sound', 'sound']);
  });

  it('brings the first one back where it was cancelled while it was being answered', () => {
    const phone = after(calledMeanwhile, { is: 'accept', token: 3 });
    const gone: Input = { is: 'ended', token: 3, status: null };
    expect(asked(phone, gone)).toEqual([['Resume', 'c1']]);
    expect(after(phone, gone)).toMatchObject({ current: 1, calls: [{ token: 1, holding: false }], outcome: { sentence: 'The caller hung up.' } });
  });

  it('brings the first one back, and goes on ringing, where there is no microphone for it', () => {
    const phone = after(calledMeanwhile, { is: 'accept', token: 3 });
    const failed: Input = { is: 'no-microphone', token: 3, problem: { about: 'microphone', sentence: 'Blocked.' } };
    expect(asked(phone, failed)).toEqual([['Resume', 'c1']]);
    expect(after(phone, failed)).toMatchObject({ current: 1, calls: [{ token: 1 }, { token: 3, state: 'incoming' }] });
  });

  it('leaves the first one held where the person themselves ends it', () => {
    const phone = after(calledMeanwhile, { is: 'accept', token: 3 }, { is: 'hang-up', token: 3 });
    expect(asked(phone, { is: 'ended', token: 3, status: null })).toEqual([]);
    expect(after(phone, { is: 'ended', token: 3, status: null })).toMatchObject({ current: 1, calls: [{ token: 1, holding: true }] });
  });

  it('can be rejected without touching the current one', () => {
    expect(effects(calledMeanwhile, { is: 'reject', token: 3 })).toEqual([{ do: 'reject', token: 3, status: 603 }]);
    expect(after(calledMeanwhile, { is: 'reject', token: 3 }, { is: 'ended', token: 3, status: null })).toMatchObject({ current: 1, calls: [{ token: 1 }] });
  });
});

describe('a second call of our own', () => {
  it('holds the first, then dials', () => {
    expect(effects(talking, dial).map((effect) => effect.do)).toEqual(['ask-hub', 'invite', 'sound']);
    expect(asked(talking, dial)).toEqual([['Hold', 'c1']]);
    expect(after(talking, dial)).toMatchObject({ current: 2, calls: [{ holding: true }, { state: 'dialing' }] });
  });

  it('asks nothing of the hub for a first call that is held already', () => {
    expect(asked(phoneWith(second), dial)).toEqual([]);
  });

  it('leaves the first one in view, held, when it fails', () => {
    const phone = after(talking, dial, { is: 'invited', token: 2, sipCallId: 's2' }, { is: 'ended', token: 2, status: 486 });
    expect(phone).toMatchObject({ current: 1, calls: [{ token: 1, holding: true }], outcome: { who: '+1', sentence: 'The line is busy. Try again later.' } });
  });
});

describe('two calls', () => {
  it('are swapped: one is held, the other resumed, and the doors change sides at once', () => {
    expect(asked(two, { is: 'swap', token: 2 })).toEqual([['Hold', 'c1'], ['Resume', 'c2']]);
    expect(sounds(two, { is: 'swap', token: 2 })).toEqual([
      { do: 'sound', token: 1, open: false, muted: true },
      { do: 'sound', token: 2, open: true, muted: false },
    ]);
  });

  it('are not swapped back by what the hub said before it had done it', () => {
    const phone = after(two, { is: 'swap', token: 2 }, says('c1', { holding: false }), says('c2', { holding: true }));
    expect(phone).toMatchObject({ current: 2, calls: [{ holding: true }, { holding: false }] });
  });

  it('follow the hub again once the request is settled', () => {
    const phone = after(two, { is: 'swap', token: 2 }, says('c1', { holding: true }), says('c2'),
      { is: 'hub-answered', token: 1, ask: 1, accepted: true }, { is: 'hub-answered', token: 2, ask: 2, accepted: true });
    expect(phone).toMatchObject({ current: 2, calls: [{ holding: true }, { holding: false }] });
    expect(after(phone, says('c2', { holding: true }))).toMatchObject({ calls: [{ holding: true }, { holding: true }] });
  });

  it('do not hear an answer to an earlier request', () => {
    const phone = after(two, { is: 'swap', token: 2 }, { is: 'swap', token: 1 }, { is: 'hub-answered', token: 1, ask: 1, accepted: false });
    expect(phone.calls[0]?.pending.hold).toBe(4);
  });

  it('come to rest where one ends while they are being swapped', () => {
    const swapping = after(two, { is: 'swap', token: 2 });
    const phone = after(swapping, over('c1'), { is: 'ended', token: 1, status: null }, { is: 'hub-answered', token: 1, ask: 1, accepted: false });
    expect(phone).toMatchObject({ current: 2, calls: [{ token: 2, holding: false }], outcome: { sentence: 'The call is over.', who: 'Grace' } });
    const other = after(swapping, over('c2'), { is: 'ended', token: 2, status: null }, { is: 'hub-answered', token: 2, ask: 2, accepted: false });
    expect(other).toMatchObject({ current: 1, calls: [{ token: 1, holding: true }] });
  });

  it('show the one that is left, held as it is, when the current one ends', () => {
    const phone = after(two, { is: 'ended', token: 1, status: null });
    expect(phone).toMatchObject({ current: 2, calls: [{ token: 2, holding: true }] });
  });

  it('follow another tab that resumed the held one', () => {
    const phone = after(two, says('c1', { holding: true }), says('c2'));
    expect(currentCall(phone)?.token).toBe(2);
    expect(phone.calls.map((one) => one.holding)).toEqual([true, false]);
  });
});

describe('what the hub says of muting', () => {
  it('is done to the sound of this tab: another tab, or the call’s owner, muted us', () => {
    expect(sounds(talking, says('c1', { muted: true }))).toEqual([{ do: 'sound', token: 1, open: true, muted: true }]);
    expect(after(talking, says('c1', { muted: true })).calls[0]?.muted).toBe(true);
  });

  it('never opens a microphone that was turned off here while the hub was away', () => {
    const muted = after(talking, { is: 'mute', token: 1, muted: true }, { is: 'hub-answered', token: 1, ask: 1, accepted: false });
    expect(after(muted, says('c1')).calls[0]?.muted).toBe(true);
    expect(asked(after(muted, says('c1')), { is: 'hub-back', callIds: ['c1'] })).toEqual([['Mute', 'c1', true]]);
  });

  it('keeps it off where the hub could not be told to turn it on', () => {
    const muted = after(talking, says('c1', { muted: true }));
    const phone = after(muted, { is: 'mute', token: 1, muted: false }, { is: 'hub-answered', token: 1, ask: 1, accepted: false });
    expect(phone.calls[0]?.muted).toBe(true);
  });

  it('is older than what was pressed a moment ago', () => {
    const phone = after(talking, { is: 'mute', token: 1, muted: true }, says('c1', { muted: true }), { is: 'mute', token: 1, muted: false }, says('c1', { muted: true }));
    expect(phone.calls[0]?.muted).toBe(false);
  });

  it('tells the hub with its first word what happened before', () => {
    const early = phoneWith(phoneCall({ callId: null }));
    expect(asked(early, { is: 'mute', token: 1, muted: true })).toEqual([]);
    const muted = after(early, { is: 'mute', token: 1, muted: true });
    expect(asked(muted, says('c1', { sipCallId: 's1' }))).toEqual([['Mute', 'c1', true]]);
  });
});

describe('a merge', () => {
  it('ends the other call without a word', () => {
    const phone = after(two, over('c2', true), { is: 'ended', token: 2, status: null });
    expect(phone).toMatchObject({ current: 1, calls: [{ token: 1 }], outcome: null });
  });

  it('does not end a call whose sound moved into another one, but gives it that one’s id', () => {
    expect(effects(talking, over('c1', true))).toEqual([]);
    const phone = after(talking, over('c1', true), says('c7', { cameByMerge: true, name: 'Ada', number: '+1' }));
    expect(phone.calls).toMatchObject([{ token: 1, callId: 'c7', name: 'Ada' }]);
  });

  it('adopts no call that did not come by a merge, nor where it could be either of two', () => {
    expect(after(talking, over('c1', true), says('c7')).calls[0]?.callId).toBeNull();
    const both = after(two, over('c1', true), over('c2', true), says('c7', { cameByMerge: true }));
    expect(both.calls.map((one) => one.callId)).toEqual([null, null]);
  });
});

it('shows a name no longer that belonged to who was there before a transfer', () => {
  expect(after(talking, says('c1', { name: null, number: '+1 202-555-0199' })).calls[0]).toMatchObject({ name: null, number: '+1 202-555-0199' });
});

it('ends every call on sign-out', () => {
  expect(effects(two, { is: 'sign-out', problem: null }).map((effect) => effect.do)).toEqual(['hang-up', 'hang-up', 'unregister', 'close']);
});
