import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pulse } from '../phone/pulse';
import { step, type Effect, type Input, type Phone } from '../phone/phoneState';
import { SoundRepair } from '../phone/soundRepair';
import { phoneCall, phoneWith } from './views';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

describe('the pulse of a socket', () => {
  let did: string[];
  let pulse: Pulse;
  beforeEach(() => {
    did = [];
    pulse = new Pulse(() => { did.push('ask'); }, () => { did.push('alive'); }, () => { did.push('dead'); });
    pulse.start();
  });

  it('asks where nothing comes, and is satisfied with anything that does', async () => {
    await vi.advanceTimersByTimeAsync(3_900);
    pulse.heard();
    await vi.advanceTimersByTimeAsync(3_900);
    expect(did).toEqual([]);
    await vi.advanceTimersByTimeAsync(100);
    pulse.heard();
    expect(did).toEqual(['ask', 'alive']);
  });

  it('notices within eight seconds that nobody is there any more, and once', async () => {
    await vi.advanceTimersByTimeAsync(8_000);
    expect(did).toEqual(['ask', 'dead']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(did).toEqual(['ask', 'dead']);
  });

  it('notices it sooner where the network is known to have changed', async () => {
    pulse.check();
    await vi.advanceTimersByTimeAsync(1_500);
    expect(did).toEqual(['ask', 'dead']);
  });

  it('asks again where the page has slept meanwhile', async () => {
    pulse.check();
    vi.setSystemTime(Date.now() + 3_600_000);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(did).toEqual(['ask', 'ask']);
    pulse.heard();
    expect(did).toEqual(['ask', 'ask', 'alive']);
  });

  it('is still once it is stopped', async () => {
    pulse.stop();
    pulse.check();
    pulse.heard();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(did).toEqual([]);
  });
});

describe('the repair of a call’s sound', () => {
  let restarts: ((taken: boolean) => void)[];
  let told: boolean[];
  let gaveUp: number;
  let heard: boolean;
  let repair: SoundRepair;
  beforeEach(() => {
    restarts = [];
    told = [];
    gaveUp = 0;
    heard = false;
    repair = new SoundRepair({
      restart: () => new Promise((resolve) => { restarts.push(resolve); }),
      isHeard: () => new Promise((resolve) => { setTimeout(() => { resolve(heard); }, 400); }),
      repairing: (on) => { told.push(on); },
      gaveUp: () => { gaveUp++; },
    });
  });

  it('waits for the line, tries once at a time, and counts as done once the server had the time to hear it', async () => {
    expect(repair.ice('disconnected')).toBe(true);
    expect(repair.ice('failed')).toBe(false);
    expect(restarts).toHaveLength(0);
    repair.attempt();
    repair.attempt();
    expect(restarts).toHaveLength(1);
    restarts[0]?.(true);
    repair.ice('connected');
    expect(told).toEqual([true]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(told).toEqual([true, false]);
    repair.attempt();
    expect(restarts).toHaveLength(1);
  });

  it('does not wait for ICE where nothing is heard after the network changed, and ends with the first sound', async () => {
    void repair.suspect();
    await vi.advanceTimersByTimeAsync(400);
    expect([restarts.length, told]).toEqual([1, [true]]);
    restarts[0]?.(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(restarts).toHaveLength(1);
    heard = true;
    await vi.advanceTimersByTimeAsync(400);
    repair.attempt();
    await vi.advanceTimersByTimeAsync(3_000);
    expect([restarts.length, told]).toEqual([1, [true, false]]);
  });

  it('leaves a call alone that is heard all the same', async () => {
    heard = true;
    void repair.suspect();
    await vi.advanceTimersByTimeAsync(10_000);
    expect([restarts.length, told.length]).toEqual([0, 0]);
  });

  it('gives way to being called back where the far side does not take it, and may be tried again', async () => {
    repair.ice('disconnected');
    repair.attempt();
    restarts[0]?.(false);
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual([true, false]);
    repair.attempt();
    expect(restarts).toHaveLength(2);
  });

  it('exchanges addresses again where the first were of the network before, and gives way after five seconds', async () => {
    repair.ice('disconnected');
    repair.attempt();
    restarts[0]?.(true);
    await vi.advanceTimersByTimeAsync(1_200);
    expect(restarts).toHaveLength(2);
    restarts[1]?.(true);
    await vi.advanceTimersByTimeAsync(3_800);
    expect(told).toEqual([true, false]);
  });

  it('gives up where no answer comes and there is no way for sound, and not where nobody happens to speak', async () => {
    repair.ice('disconnected');
    repair.attempt();
    await vi.advanceTimersByTimeAsync(5_000);
    expect([told, gaveUp]).toEqual([[true, false], 1]);
    repair.ice('connected');
    await vi.advanceTimersByTimeAsync(3_000);

    void repair.suspect();
    await vi.advanceTimersByTimeAsync(400);
    restarts[1]?.(false);
    await vi.advanceTimersByTimeAsync(0);
    expect([told, gaveUp]).toEqual([[true, false, false, true, false], 1]);
    repair.ice('failed');
    expect(gaveUp).toBe(2);
  });

  it('does nothing for a call that is over', async () => {
    repair.stop();
    void repair.suspect();
    expect(repair.ice('failed')).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([restarts.length, told.length]).toEqual([0, 0]);
  });
});

describe('a call whose sound is being repaired', () => {
  const away: Input = {
    is: 'hub-call', sipCallId: null, callId: 'c1', name: 'Grace', number: '+1', muted: true, holding: false, cameByMerge: false, awayFrom: 'web-1', since: 7_000,
  };
  const after = (phone: Phone, ...inputs: Input[]): Phone => inputs.reduce((now, input) => step(now, input).phone, phone);
  const did = (phone: Phone, input: Input): Effect['do'][] => step(phone, input).effects.map((effect) => effect.do);
  const repairing = after(phoneWith(phoneCall({ callId: 'c1', hub: { muted: false, holding: false } })), { is: 'repairing', token: 1, on: true });

  it('is not asked back meanwhile', () => {
    expect(did(repairing, away)).not.toContain('come-back');
    expect(did(after(repairing, away), { is: 'registered' })).not.toContain('come-back');
  });

  it('is asked back where that failed, and not where the server hears it again', () => {
    expect(did(after(repairing, away), { is: 'repairing', token: 1, on: false })).toContain('come-back');
    const heard = after(repairing, away, { ...away, awayFrom: null });
    expect(did(heard, { is: 'repairing', token: 1, on: false })).not.toContain('come-back');
  });

  it('is asked back where there is no sound here, though the server hears something, until it comes', () => {
    const lost = after(repairing, { is: 'repairing', token: 1, on: false }, { is: 'sound-lost', token: 1 });
    expect(step(after(repairing, { ...away, awayFrom: null }), { is: 'sound-lost', token: 1 }).effects)
      .toContainEqual({ do: 'come-back', callId: 'c1', soundIsLost: true });
    const told = after(lost, { ...away, awayFrom: null });
    const offer: Input = { is: 'incoming', sipCallId: 's9', callId: 'c1', number: '+1', name: 'Grace' };
    expect(step(told, offer).effects.map((effect) => effect.do)).toEqual(['drop', 'accept']);
    const back = after(told, offer, { is: 'answered', token: 2, at: 9_000 });
    expect(back).toMatchObject({ away: [], calls: [{ token: 2, state: 'connected' }] });
    expect(did(back, { is: 'come-back-due', callId: 'c1' })).not.toContain('come-back');
  });

  it('is not asked back once its sound is there by itself', () => {
    const offline = after(repairing, { is: 'socket-down' }, { is: 'sound-lost', token: 1 });
    expect(did(after(offline, { is: 'socket-up' }), { is: 'registered' })).toContain('come-back');
    expect(did(after(offline, { is: 'repairing', token: 1, on: false }, { is: 'socket-up' }), { is: 'registered' })).not.toContain('come-back');
  });

  it('tries its line again at once, and each second', () => {
    const dropped = step(repairing, { is: 'socket-down' });
    expect(dropped.effects).toContainEqual({ do: 'retry-later', attempt: -1 });
    const again = step(after(dropped.phone, { is: 'socket-down' }, { is: 'socket-down' }), { is: 'socket-down' });
    expect(again.effects).toContainEqual({ do: 'retry-later', attempt: 0 });
  });
});
