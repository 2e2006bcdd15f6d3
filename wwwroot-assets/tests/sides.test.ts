import { describe, expect, it } from 'vitest';
import { tellPhone } from '../dock/phoneLinks';
import type { CallView } from '../hub/contract';
import { otherSide } from '../hub/sides';
import type { Input } from '../phone/phoneState';
import { ada, agent, consultation, grace, leg, mine, myCall, myLeg, party } from './views';

const asker = leg({ id: 'l0', party: agent, role: 'caller', place: 'consult' });
const waits = leg({ id: 'l2', party: grace });

describe('the other side', () => {
  it('is who is called, or who calls, before anybody has answered', () => {
    expect(otherSide(myCall({ to: grace, legs: [] }))).toBe(grace);
    expect(otherSide(myCall({ from: ada, to: agent, legs: [], mine: mine({ role: 'callee' }) }))).toBe(ada);
  });

  it('is who has answered, and whoever came in their place', () => {
    expect(otherSide(myCall({ to: party(), legs: [myLeg, leg({ party: ada, role: 'transferred' })] }))).toBe(ada);
  });

  it('stays the same while one of the two holds', () => {
    expect(otherSide(myCall({ legs: [{ ...myLeg, place: 'outside', holding: true }, waits] }))).toBe(grace);
    expect(otherSide(myCall({ legs: [myLeg, { ...waits, place: 'outside', holding: true }] }))).toBe(grace);
  });

  it('is, in a consultation, whom this person talks to', () => {
    expect(otherSide(consultation())).toBe(ada);
    expect(otherSide(consultation({ talking: 'main' }))).toBe(grace);
    const legs = [asker, waits, leg({ id: 'l1', party: ada, role: 'consulted', place: 'outside', state: 'ringing', mine: true })];
    expect(otherSide({ ...consultation(), legs, mine: mine({ role: 'callee' }) })).toBe(agent);
    const asGrace = [asker, { ...waits, id: 'l1', mine: true }, leg({ id: 'l3', party: ada, role: 'consulted', place: 'consult' })];
    expect(otherSide({ ...consultation(), legs: asGrace, mine: mine({ role: 'callee' }) })).toBe(agent);
  });
});

describe('what the phone is told', () => {
  const told = (call: CallView): Input[] => {
    const inputs: Input[] = [];
    tellPhone({ post: (input) => inputs.push(input) }, call);
    return inputs;
  };
  const end = { party: 'agent', cause: 16, sentence: 'The call is over.' } as const;

  it('is who is there, and what the server has on hold or muted', () => {
    expect(told(myCall({ to: grace, mine: mine({ muted: true, holding: true }) }))).toEqual([{
      is: 'hub-call', sipCallId: 's1', callId: 'c1', name: 'Grace Hopper', number: '+1 202-555-0102', muted: true, holding: true, cameByMerge: false,
      awayFrom: null, since: Date.parse('2026-01-01T10:00:05Z'),
    }]);
    expect(told(myCall({ mine: null }))).toEqual([]);
    expect(told(myCall({ mine: mine({ away: true }) }))).toMatchObject([{ awayFrom: 'web-1' }]);
  });

  it('is not that a person who asks somebody has the call on hold: they talk', () => {
    const asking = { ...consultation(), mine: mine({ holding: true }) };
    expect(told(asking)).toMatchObject([{ is: 'hub-call', holding: false, name: 'Ada Lovelace' }]);
  });

  it('is how it ended, and whether its people are in another call now', () => {
    expect(told(myCall({ state: 'ended', end: { ...end, reason: 'completed' } }))).toMatchObject([{ is: 'hub-ended', tone: 'plain', merged: false }]);
    expect(told(myCall({ state: 'ended', end: { ...end, reason: 'busy' } }))).toMatchObject([{ is: 'hub-ended', tone: 'bad' }]);
    expect(told(myCall({ state: 'ended', end: { ...end, reason: 'merged' } }))).toMatchObject([{ is: 'hub-ended', merged: true }]);
    expect(told(myCall({ legs: [{ ...myLeg, role: 'merged' }, waits] }))).toMatchObject([{ cameByMerge: true }]);
  });
});
