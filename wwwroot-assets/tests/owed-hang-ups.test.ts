import { describe, expect, it, vi } from 'vitest';
import type { CallView } from '../hub/contract';
import { OwedHangUps } from '../hub/owedHangUps';
import { call } from './views';

const live = (...ids: string[]): ReadonlyMap<string, CallView> => new Map(ids.map((id) => [id, call({ id })]));
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('OwedHangUps', () => {
  it('says it once where the server takes it', async () => {
    const send = vi.fn(() => Promise.resolve('accepted'));
    const hangUps = new OwedHangUps(send);
    hangUps.hangUp('c1');
    await settled();
    hangUps.seen(live('c1'));
    expect(send.mock.calls).toEqual([['c1']]);
  });

  it('says it again when the server is back and shows the call', async () => {
    const send = vi.fn(() => Promise.resolve('accepted')).mockRejectedValueOnce(new Error('cut off'));
    const hangUps = new OwedHangUps(send);
    hangUps.hangUp('c1');
    await settled();
    hangUps.seen(live('c2'));
    expect(send).toHaveBeenCalledTimes(1);
    hangUps.seen(live('c1', 'c2'));
    await settled();
    hangUps.seen(live('c1', 'c2'));
    expect(send.mock.calls).toEqual([['c1'], ['c1']]);
  });

  it('waits for a server that does not know the call yet', async () => {
    const send = vi.fn(() => Promise.resolve('accepted')).mockResolvedValueOnce('no-such-call');
    const hangUps = new OwedHangUps(send);
    hangUps.hangUp('c1');
    await settled();
    hangUps.seen(live('c1'));
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('says it once at a time, however often the call is shown meanwhile', async () => {
    const send = vi.fn(() => Promise.resolve('accepted'));
    const hangUps = new OwedHangUps(send);
    hangUps.hangUp('c1');
    hangUps.seen(live('c1'));
    await settled();
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('owes nothing any more once the call is over, though the server knew no such call when it was asked', async () => {
    const send = vi.fn(() => Promise.resolve('no-such-call'));
    const hangUps = new OwedHangUps(send);
    hangUps.hangUp('c1');
    await settled();
    hangUps.seen(live(), [call({ id: 'c1', state: 'ended' })]);
    hangUps.seen(live('c1'));
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('does not insist where it is not allowed', async () => {
    const send = vi.fn(() => Promise.resolve('not-allowed'));
    const hangUps = new OwedHangUps(send);
    hangUps.hangUp('c1');
    await settled();
    hangUps.seen(live('c1'));
    expect(send).toHaveBeenCalledTimes(1);
  });
});
