import { describe, expect, it } from 'vitest';
import { currentCall } from '../phone/callList';
import { initialPhone, step, type ControlInput, type Effect, type Input, type Phone } from '../phone/phoneState';
import { soundOf } from '../phone/sounding';
import { phoneCall, phoneWith, ready } from './views';

const after = (phone: Phone, ...inputs: Input[]): Phone => inputs.reduce((now, input) => step(now, input).phone, phone);
const effects = (phone: Phone, input: Input): Effect[] => [...step(phone, input).effects];
const says = (given: Partial<ControlInput & { is: 'hub-call' }> = {}): Input => ({
  is: 'hub-call', sipCallId: null, callId: 'c1', name: 'Grace', number: '+1', muted: false, holding: false, cameByMerge: false, awayFrom: 'web-1', since: 7_000, ...given,
});
const offer: Input = { is: 'incoming', sipCallId: 's9', callId: 'c1', number: '+1', name: 'Grace' };
const comeBack = { do: 'come-back', callId: 'c1', soundIsLost: false };

describe('a page that was reloaded in mid-call', () => {
  const reloaded = after(initialPhone, { is: 'lock-held' }, says(), { is: 'session-ready', endpoint: 'web-1' }, { is: 'socket-up' });

  it('asks for its call as soon as it is registered, and once', () => {
    expect(effects(reloaded, { is: 'registered' })).toEqual([comeBack]);
    expect(effects(after(reloaded, { is: 'registered' }), says({ muted: true }))).toEqual([]);
  });

  it('asks as soon as it hears of the loss, where it was registered before', () => {
    expect(effects(ready, says())).toEqual([comeBack]);
  });

  it('answers it by itself, as it was, and without a ring', () => {
    const asked = after(reloaded, { is: 'registered' }, says({ muted: true }));
    expect(effects(asked, offer)).toEqual([{ do: 'accept', token: 1 }]);
    const phone = after(asked, offer);
    expect(phone.calls).toMatchObject([{ state: 'answering', callId: 'c1', muted: true, holding: false }]);
    expect(soundOf(phone)).toBeNull();
    expect(after(phone, { is: 'answered', token: 1, at: 9_000 })).toMatchObject({ current: 1, calls: [{ state: 'connected', connectedAt: 7_000 }] });
  });

  it('lets everything else ring, also a call of that id that it did not ask for', () => {
    const asked = after(reloaded, { is: 'registered' });
    expect(after(asked, { ...offer, callId: 'c2' }).calls[0]?.state).toBe('incoming');
    expect(after(ready, offer).calls[0]?.state).toBe('incoming');
    expect(after(asked, says({ awayFrom: null }), offer).calls[0]?.state).toBe('incoming');
  });

  it('asks again where nothing came, and after the line was lost once more', () => {
    const asked = after(reloaded, { is: 'registered' });
    expect(effects(asked, { is: 'come-back-due', callId: 'c1' })).toEqual([comeBack]);
    expect(effects(after(asked, { is: 'socket-down' }, { is: 'socket-up' }), { is: 'registered' })).toEqual([comeBack]);
  });

  it('asks no more once it is being answered, is back, or is over', () => {
    const due: Input = { is: 'come-back-due', callId: 'c1' };
    const asked = after(reloaded, { is: 'registered' });
    expect(effects(after(asked, offer), due)).toEqual([]);
    expect(effects(after(asked, says({ awayFrom: null })), due)).toEqual([]);
    const over: Input = { is: 'hub-ended', sipCallId: null, callId: 'c1', who: null, sentence: 'Over.', tone: 'plain', merged: false };
    expect(effects(after(asked, over), due)).toEqual([]);
  });

  it('rings instead where the microphone is refused', () => {
    const phone = after(reloaded, { is: 'registered' }, offer, { is: 'no-microphone', token: 1, problem: { about: 'microphone', sentence: 'Blocked.' } });
    expect(phone.calls[0]?.state).toBe('incoming');
    expect(effects(phone, { is: 'accept', token: 1 }).map((one) => one.do)).toContain('accept');
  });
});

describe('a page whose network went away and came back', () => {
  const talking = phoneWith(phoneCall({ callId: 'c1', hub: { muted: false, holding: false } }));

  it('lets go of the dead sound without a word, and takes the call that comes instead', () => {
    const asked = after(talking, says());
    expect(effects(asked, offer)).toEqual([{ do: 'drop', token: 1 }, { do: 'accept', token: 2 }]);
    expect(after(asked, offer, { is: 'ended', token: 1, status: null })).toMatchObject({ current: 2, calls: [{ token: 2 }], outcome: null });
  });

  it('brings a call back held where somebody else is being talked to by now', () => {
    const other = phoneWith(phoneCall({ token: 3, callId: 'c3', hub: { muted: false, holding: false } }));
    const phone = after(other, says());
    expect(effects(phone, offer)).toContainEqual({ do: 'ask-hub', token: 4, ask: 1, control: ['Hold', 'c1'] });
    expect(currentCall(after(phone, offer))?.callId).toBe('c3');
  });

  it('brings one back that was held beside the one that is talked in', () => {
    const other = phoneWith(phoneCall({ token: 3, callId: 'c3' }));
    const phone = after(other, says({ holding: true }), offer);
    expect(phone).toMatchObject({ current: 3, calls: [{ token: 3 }, { token: 4, holding: true }] });
  });
});

describe('a call whose sound was lost with another phone of this person', () => {
  it('is not taken from it by itself, but where the person wants it here', () => {
    const phone = after(ready, says({ awayFrom: 'web-2' }));
    expect(effects(ready, says({ awayFrom: 'web-2' }))).toEqual([]);
    expect(after(phone, offer).calls[0]?.state).toBe('incoming');
    expect(effects(phone, { is: 'come-back', callId: 'c1' })).toEqual([comeBack]);
    expect(after(phone, { is: 'come-back', callId: 'c1' }, offer).calls[0]?.state).toBe('answering');
  });

  it('is not asked for by a tab that has no phone', () => {
    expect(effects({ ...ready, place: 'elsewhere' }, says())).toEqual([]);
  });
});
