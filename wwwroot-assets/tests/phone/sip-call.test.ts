// eslint-disable-next-line no-restricted-imports -- what stands in for a session is one of SIP.js.
import { Inviter, SessionState } from 'sip.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NoAddress } from '../../phone/addresses';
import type { CallMedia } from '../../phone/media';
import { SipCall } from '../../phone/sipCall';
import type { SipEvents } from '../../phone/sipLine';
import { isHeld } from '../../phone/sounding';
import { phoneCall } from '../views';

/** Nothing comes over it. */
const media = { isHeard: () => Promise.resolve(false), watchIce: () => undefined, close: () => undefined } as unknown as CallMedia;

let invite: ReturnType<typeof vi.fn<() => Promise<void>>>;
let bye: ReturnType<typeof vi.fn<(options: ByeOptions) => Promise<void>>>;
interface ByeOptions { requestDelegate: { onAccept: () => void; onReject: (response: { message: { statusCode: number } }) => void } }

let changed: (state: SessionState) => void;
let said: string[];

function established(held: boolean): { call: SipCall; repairing: ReturnType<typeof vi.fn> } {
  invite = vi.fn(() => Promise.resolve());
  // SIP.js ends the session as soon as the BYE is sent.
  bye = vi.fn(() => {
    changed(SessionState.Terminated);
    return Promise.resolve();
  });
  said = [];
  const session = Object.create(Inviter.prototype, {
    state: { value: SessionState.Established }, stateChange: { value: { addListener: (listener: typeof changed) => { changed = listener; } } },
    invite: { value: invite }, bye: { value: bye },
  }) as Inviter;
  const repairing = vi.fn();
  const events = { isHeld: () => held, repairing, unheard: () => { said.push('unheard'); }, ended: () => { said.push('ended'); } } as unknown as SipEvents;
  const call = new SipCall(1, session, events, () => undefined, () => undefined);
  call.invite(media);
  return { call, repairing };
}

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

it('takes a call’s sound for lost where nothing is heard and the network may have changed', async () => {
  const { call, repairing } = established(false);
  call.repair(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(repairing).toHaveBeenCalledWith(1, true);
  expect(invite).toHaveBeenCalledTimes(2);
});

it('looks for the sound again where the browser knew of no address yet', async () => {
  const { call, repairing } = established(false);
  invite.mockRejectedValueOnce(new NoAddress());
  call.repair(true);
  await vi.advanceTimersByTimeAsync(10);
  expect(invite.mock.calls.length).toBeGreaterThan(2);
  expect(repairing.mock.calls).toEqual([[1, true]]);
});

it('does not miss the sound of a call that this person holds', async () => {
  const { call, repairing } = established(true);
  call.repair(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(repairing).not.toHaveBeenCalled();
  expect(invite).toHaveBeenCalledTimes(1);
});

describe('a call that is hung up', () => {
  it('is over, and nothing else is said, once the far side has confirmed it', async () => {
    const { call } = established(false);
    call.hangUp(true);
    bye.mock.calls[0]?.[0].requestDelegate.onAccept();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said).toEqual(['ended']);
  });

  it('is over as well where the far side knows no such call any more, and not where only the request has failed', async () => {
    for (const [statusCode, then] of [[481, ['ended']], [503, ['ended', 'unheard']]] as const) {
      established(false).call.hangUp(true);
      bye.mock.calls[0]?.[0].requestDelegate.onReject({ message: { statusCode } });
      await vi.advanceTimersByTimeAsync(60_000);
      expect(said).toEqual(then);
    }
  });

  it('is told in another way after a second where nothing comes back', async () => {
    const { call } = established(false);
    call.hangUp(true);
    await vi.advanceTimersByTimeAsync(999);
    expect(said).toEqual(['ended']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said).toEqual(['ended', 'unheard']);
  });

  it('is told in another way where the socket is known to be dead, at once, or where the BYE cannot be sent', async () => {
    established(false).call.hangUp(false);
    expect(said).toEqual(['unheard', 'ended']);
    const { call } = established(false);
    bye.mockRejectedValue(new Error('no socket'));
    call.hangUp(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said).toEqual(['ended', 'unheard']);
  });

  it('is let go without a word where the far side knows', () => {
    established(false).call.drop();
    expect([bye.mock.calls.length, said]).toEqual([0, ['ended']]);
  });
});

it('counts a call as held from the press until the hub has done what was pressed', () => {
  expect(isHeld(phoneCall())).toBe(false);
  expect(isHeld(phoneCall({ holding: true }))).toBe(true);
  expect(isHeld(phoneCall({ pending: { hold: 2, mute: null } }))).toBe(true);
});
