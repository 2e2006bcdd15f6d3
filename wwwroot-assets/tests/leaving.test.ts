import { describe, expect, it } from 'vitest';
import { step, type ControlInput, type Effect, type Input, type Phone } from '../phone/phoneState';
import { phoneCall, phoneWith } from './views';

const after = (phone: Phone, ...inputs: Input[]): Phone => inputs.reduce((now, input) => step(now, input).phone, phone);
const effects = (phone: Phone, input: Input): Effect[] => [...step(phone, input).effects];
const away = (given: Partial<ControlInput & { is: 'hub-call' }> = {}): Input => ({
  is: 'hub-call', sipCallId: 's1', callId: 'c1', name: 'Grace', number: '+1', muted: false, holding: false, cameByMerge: false, awayFrom: 'web-1', since: 7_000, ...given,
});
const offer: Input = { is: 'incoming', sipCallId: 's9', callId: 'c1', number: '+1', name: 'Grace' };
const hangUp: Input = { is: 'hang-up', token: 1 };
const gone: Input = { is: 'ended', token: 1, status: null };
const reconnect = { do: 'come-back', callId: 'c1', soundIsLost: false };
const talking = phoneWith(phoneCall({ hub: { muted: false, holding: false } }));

describe('a call that was hung up over a socket that is dead without a word', () => {
  it('is not asked back when the hub says that its sound was lost', () => {
    const left = after(talking, hangUp, gone, { is: 'socket-down' }, { is: 'socket-up' }, { is: 'registered' });
    expect(effects(left, away())).toEqual([]);
    expect(effects(after(left, away()), { is: 'registered' })).toEqual([]);
    expect(effects(talking, away())).toContainEqual(reconnect);
  });

  it('rings, and is not answered by itself, where it was asked back before it was hung up', () => {
    const left = after(talking, away(), hangUp, gone);
    expect(after(left, offer).calls).toMatchObject([{ state: 'incoming' }]);
  });

  it('is ended through the hub also where its id comes only afterwards', () => {
    const dialling = phoneWith(phoneCall({ state: 'ringing', connectedAt: null, callId: null }));
    const left = after(dialling, hangUp, gone);
    expect(effects(left, away())).toEqual([{ do: 'ask-hub', token: 1, ask: 0, control: ['HangUp', 'c1'] }]);
    expect(effects(after(left, away()), away())).toEqual([]);
  });

  it('comes back where the person wants it after all', () => {
    const left = after(talking, hangUp, gone, away());
    expect(effects(left, { is: 'come-back', callId: 'c1' })).toEqual([reconnect]);
  });

  it('is as any other once it has rung here again, or is over', () => {
    const left = after(talking, hangUp, gone);
    const again = after(left, offer, { is: 'accept', token: 2 }, { is: 'answered', token: 2, at: 1 });
    expect(effects(again, away())).toContainEqual(reconnect);
    const over = after(left, { is: 'hub-ended', sipCallId: 's1', callId: 'c1', who: null, sentence: 'Over.', tone: 'plain', merged: false });
    expect([over.left, effects(over, { is: 'unheard', token: 1 })]).toEqual([[], []]);
  });
});

it('does not ask back a call that rang because of the microphone, and was rejected', () => {
  const rings = phoneWith(phoneCall({ state: 'incoming', direction: 'incoming' }));
  const rejected = after(rings, away(), { is: 'reject', token: 1 }, gone);
  expect(effects(rejected, { is: 'come-back-due', callId: 'c1' })).toEqual([]);
});
