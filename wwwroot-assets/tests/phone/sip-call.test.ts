// eslint-disable-next-line no-restricted-imports -- what stands in for a session is one of SIP.js.
import { Inviter, SessionState } from 'sip.js';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CallMedia } from '../../phone/media';
import { SipCall } from '../../phone/sipCall';
import type { SipEvents } from '../../phone/sipLine';
import { isHeld } from '../../phone/sounding';
import { phoneCall } from '../views';

/** Nothing comes over it. */
const media = { isHeard: () => Promise.resolve(false), watchIce: () => undefined } as unknown as CallMedia;

let invite: ReturnType<typeof vi.fn<() => Promise<void>>>;

function established(held: boolean): { call: SipCall; repairing: ReturnType<typeof vi.fn> } {
  invite = vi.fn(() => Promise.resolve());
  const session = Object.create(Inviter.prototype, {
    state: { value: SessionState.Established }, stateChange: { value: { addListener: () => undefined } }, invite: { value: invite },
  }) as Inviter;
  const repairing = vi.fn();
  const events = { isHeld: () => held, repairing } as unknown as SipEvents;
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

it('does not miss the sound of a call that this person holds', async () => {
  const { call, repairing } = established(true);
  call.repair(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(repairing).not.toHaveBeenCalled();
  expect(invite).toHaveBeenCalledTimes(1);
});

it('counts a call as held from the press until the hub has done what was pressed', () => {
  expect(isHeld(phoneCall())).toBe(false);
  expect(isHeld(phoneCall({ holding: true }))).toBe(true);
  expect(isHeld(phoneCall({ pending: { hold: 2, mute: null } }))).toBe(true);
});
