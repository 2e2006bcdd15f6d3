import { describe, expect, it, vi } from 'vitest';
import { PhoneRunner } from '../phone/phone';
import { step, type Effect, type Input, type Phone } from '../phone/phoneState';
import type { PhoneWorld } from '../phone/phoneWorld';
import { FakeLine } from './fakeLine';
import { phoneCall, phoneWith, ready } from './views';

const after = (phone: Phone, ...inputs: Input[]): Phone => inputs.reduce((now, input) => step(now, input).phone, phone);
const effects = (phone: Phone, input: Input): Effect[] => [...step(phone, input).effects];
const away: Input = {
  is: 'hub-call', sipCallId: null, callId: 'c1', name: 'Grace', number: '+1', muted: false, holding: false, cameByMerge: false, awayFrom: 'web-1', since: 7_000,
};
const back = (...callIds: string[]): Input => ({ is: 'hub-back', callIds });
const due: Input = { is: 'come-back-due', callId: 'c1' };
const none: Input = { is: 'no-such-call', callId: 'c1' };
const overdue: Input = { is: 'overdue', token: 1 };
const watch = { do: 'watch-for-end', token: 1, after: 15_000 };
const reconnect = { do: 'come-back', callId: 'c1', soundIsLost: false };
const talking = phoneWith(phoneCall({ hub: { muted: false, holding: false } }));

describe('a call that was away, and ended while nobody could tell', () => {
  it('is not asked back any more once the hub knows no such call, but where it is shown again', () => {
    const asked = after(ready, away);
    expect(effects(asked, due)).toEqual([reconnect]);
    const told = after(asked, none);
    expect(effects(told, due)).toEqual([]);
    expect(effects(told, away)).toEqual([reconnect]);
  });

  it('is not asked back once its line says that it is over', () => {
    const over = after(talking, away, { is: 'ended', token: 1, status: 481 });
    expect(effects(over, due)).toEqual([]);
  });

  it('is asked back again where only the way back ended', () => {
    const coming = after(ready, away, { is: 'incoming', sipCallId: 's9', callId: 'c1', number: '+1', name: null });
    expect(effects(after(coming, { is: 'ended', token: 1, status: null }), due)).toEqual([reconnect]);
  });
});

it('is asked for again every three seconds, and no more once the hub knows none', async () => {
  vi.useFakeTimers();
  const session = { endpoint: 'web-1', password: 'p', domain: 'd', displayName: 'A', number: null, expiresAt: '', iceServers: [] };
  const comeBack = vi.fn<PhoneWorld['comeBack']>().mockRejectedValueOnce(new Error('cut off')).mockResolvedValueOnce(true).mockResolvedValue(false);
  const phone = new PhoneRunner({
    fetchSession: () => Promise.resolve(session), openLine: (_, events) => new FakeLine(events), askHub: () => Promise.resolve(true), comeBack,
  });
  phone.post({ is: 'lock-held' });
  await vi.advanceTimersByTimeAsync(0);
  phone.post({ is: 'registered' });
  phone.post(away);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(comeBack).toHaveBeenCalledTimes(3);
  vi.useRealTimers();
});

describe('a call here that the hub does not know when it is back', () => {
  const lost = after(talking, { is: 'socket-down' }, { is: 'sound-lost', token: 1 });

  it('is ended where its sound is lost, once a server that was restarted had its time', () => {
    expect(effects(lost, back('c2'))).toEqual([watch]);
    const over = step(after(lost, back()), overdue);
    expect(over.effects).toContainEqual({ do: 'hang-up', token: 1 });
    expect(over.phone).toMatchObject({ calls: [], outcome: { sentence: 'The connection was lost for too long, and the call has ended.' } });
  });

  it('is ended also where the hub says so when it is asked to call back, and is watched once', () => {
    expect(effects(lost, none)).toEqual([watch]);
    expect(effects(after(lost, none), none)).toEqual([]);
    expect(after(lost, none, overdue).calls).toEqual([]);
  });

  it('goes on where the hub has found it meanwhile', () => {
    const found = after(lost, back(), { ...away, awayFrom: null }, overdue);
    expect(found.calls).toHaveLength(1);
  });

  it('is told what was pressed meanwhile once the hub has found it', () => {
    const muted = after(talking, { is: 'mute', token: 1, muted: true }, { is: 'hub-answered', token: 1, ask: 1, accepted: false }, back());
    expect(effects(muted, { ...away, awayFrom: null })).toContainEqual({ do: 'ask-hub', token: 1, ask: 2, control: ['Mute', 'c1', true] });
  });

  it('goes on for as long as it is heard, and is looked at again', () => {
    const heard = after(talking, back());
    expect(effects(heard, overdue)).toEqual([watch]);
    expect(after(heard, overdue, { is: 'sound-lost', token: 1 }, overdue).calls).toEqual([]);
  });

  it('stops ringing', () => {
    const rings = phoneWith(phoneCall({ state: 'incoming', direction: 'incoming', connectedAt: null }));
    expect(after(rings, back(), overdue)).toMatchObject({ calls: [], outcome: { sentence: 'The caller hung up.' } });
  });

  it('is left alone where the hub cannot know it', () => {
    expect(effects(phoneWith(phoneCall({ callId: null })), back())).toEqual([]);
  });
});
