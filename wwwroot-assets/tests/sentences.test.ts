import { describe, expect, it } from 'vitest';
import { sentenceFor } from '../pages/passkey';
import { microphoneProblem } from '../phone/problems';
import { sentenceForStatus } from '../phone/sentences';

const outgoing = { direction: 'outgoing', state: 'ringing', connectedAt: null } as const;
const named = (name: string): Error => Object.assign(new Error(), { name });

describe('sentenceForStatus', () => {
  it.each([
    [486, 'busy'], [600, 'busy'], [480, 'Not available'], [408, 'No answer'], [403, 'not allowed'], [404, 'no such number'], [484, 'no such number'],
    [603, 'rejected'], [488, 'audio format'], [503, 'out of service'], [500, 'failed (500)'],
  ])('says for %i what happened: %s', (status, words) => {
    expect(sentenceForStatus(outgoing, status)).toMatchObject({ tone: 'bad' });
    expect(sentenceForStatus(outgoing, status).sentence).toContain(words);
  });

  it('says when to try again, where the refusal does', () => {
    expect(sentenceForStatus(outgoing, 503, 5)).toEqual({ tone: 'bad', sentence: 'All lines are busy just now. Try again in 5 seconds.', again: true });
  });

  it('knows who ended it where nobody refused', () => {
    expect(sentenceForStatus({ ...outgoing, connectedAt: 1 }, null).sentence).toBe('The call has ended.');
    expect(sentenceForStatus({ ...outgoing, connectedAt: 1 }, 481)).toMatchObject({ tone: 'bad', sentence: expect.stringContaining('lost for too long') as string });
    expect(sentenceForStatus({ ...outgoing, state: 'ending' }, 487).sentence).toBe('You cancelled the call.');
  });
});

describe('microphoneProblem', () => {
  it.each([
    ['NotAllowedError', 'blocked'], ['NotFoundError', 'No microphone'], ['NotReadableError', 'in use'], ['TypeError', 'secure pages'], ['Other', 'could not be opened'],
  ])('says for %s what to do', (name, words) => {
    expect(microphoneProblem(named(name))).toMatchObject({ about: 'microphone' });
    expect(microphoneProblem(named(name)).sentence).toContain(words);
  });
});

describe('a passkey that fails', () => {
  it('says what to do instead', () => {
    expect(sentenceFor(named('NotAllowedError'))).toContain('use your password');
    expect(sentenceFor(named('InvalidStateError'))).toContain('already');
    expect(sentenceFor(named('SecurityError'))).toContain('https');
    expect(sentenceFor('anything')).toContain('Reload');
  });
});
