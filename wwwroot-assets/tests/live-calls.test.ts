import { describe, expect, it } from 'vitest';
import { applyMessage, type LiveCalls } from '../hub/liveCalls';
import { call } from './views';

const snapshot = applyMessage(null, { kind: 'snapshot', seq: 7, calls: [call({ id: 'a' }), call({ id: 'b' })] }) as LiveCalls;

describe('applyMessage', () => {
  it('begins with a snapshot, and with nothing else', () => {
    expect([...snapshot.calls.keys()]).toEqual(['a', 'b']);
    expect(applyMessage(null, { kind: 'change', seq: 1, calls: [] })).toBe('gap');
  });

  it('adds, changes and removes', () => {
    const next = applyMessage(snapshot, {
      kind: 'change', seq: 8, calls: [call({ id: 'a', version: 2, state: 'ended' }), call({ id: 'c' }), call({ id: 'b', version: 2, state: 'ending' })],
    }) as LiveCalls;
    expect([...next.calls.keys()]).toEqual(['b', 'c']);
    expect(next.calls.get('b')?.state).toBe('ending');
    expect(snapshot.calls.size).toBe(2);
  });

  it('ignores what it already has', () => {
    const older = applyMessage(snapshot, { kind: 'change', seq: 8, calls: [call({ id: 'a', version: 0, state: 'ringing' })] }) as LiveCalls;
    expect(older.calls.get('a')?.state).toBe('connected');
  });

  it('takes steps in the numbers as they come, but notices a server that counts anew', () => {
    expect(applyMessage(snapshot, { kind: 'change', seq: 90, calls: [] })).toMatchObject({ seq: 90 });
    expect(applyMessage(snapshot, { kind: 'change', seq: 6, calls: [] })).toBe('gap');
  });

  it('starts anew with a new snapshot, whatever its number', () => {
    const fresh = applyMessage(snapshot, { kind: 'snapshot', seq: 1, calls: [call({ id: 'z' })] }) as LiveCalls;
    expect([...fresh.calls.keys()]).toEqual(['z']);
  });
});
