import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Control } from '../hub/controls';
import { PhoneRunner } from '../phone/phone';
import { problems } from '../phone/problems';
import { SessionError } from '../phone/session';
import type { PhoneSession } from '../phone/sipLine';
import { FakeLine } from './fakeLine';

const session: PhoneSession = {
  endpoint: 'web-1', password: 'p', domain: 'aridialer.invalid', displayName: 'Agent', number: '+12025550101', expiresAt: '2026-01-01T00:00:00Z', iceServers: [],
};

let lines: FakeLine[];
let fetches: number;
let asked: Control[];
let hubAnswer: Promise<boolean>;
let microphone: ReturnType<typeof vi.fn>;
let track: { stop: ReturnType<typeof vi.fn>; enabled: boolean };

function start(fetchSession: () => Promise<PhoneSession> = () => Promise.resolve(session)): PhoneRunner {
  const phone = new PhoneRunner({
    fetchSession: () => { fetches++; return fetchSession(); },
    openLine: (_, events) => { const line = new FakeLine(events); lines.push(line); return line; },
    askHub: (control) => { asked.push(control); return hubAnswer; },
    comeBack: (callId, soundIsLost) => { asked.push(['Reconnect', callId, soundIsLost]); return hubAnswer; },
  });
  phone.post({ is: 'lock-held' });
  return phone;
}

async function registered(): Promise<{ phone: PhoneRunner; line: FakeLine }> {
  const phone = start();
  await vi.advanceTimersByTimeAsync(0);
  const line = lines[0];
  if (!line) throw new Error('No line was opened.');
  line.events.up();
  line.events.registered();
  return { phone, line };
}

beforeEach(() => {
  vi.useFakeTimers();
  // The middle of the jitter: 1, 2, 4 ... seconds.
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  lines = [];
  fetches = 0;
  asked = [];
  hubAnswer = Promise.resolve(true);
  track = { stop: vi.fn(), enabled: true };
  microphone = vi.fn(() => Promise.resolve({ getTracks: () => [track] }));
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: microphone } });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('PhoneRunner', () => {
  it('asks its socket for a sign of life when the page wakes, and gives it up at once where there is no network', async () => {
    const { phone, line } = await registered();
    phone.hurry();
    phone.offline();
    expect(line.did.slice(-2)).toEqual(['check', 'lost']);
  });

  it('comes back by itself after the socket was lost, waiting 1, 2, 4 ... at most 8 s', async () => {
    const { phone, line } = await registered();
    for (const wait of [1, 2, 4, 8, 8, 8, 8]) {
      line.did.length = 0;
      line.events.down();
      await vi.advanceTimersByTimeAsync(wait * 1000 - 1);
      expect(line.did).toEqual([]);
      await vi.advanceTimersByTimeAsync(1);
      expect(line.did).toEqual(['connect']);
    }
    expect(lines).toHaveLength(1);
    line.events.up();
    line.events.registered();
    expect(phone.phone).toMatchObject({ registration: 'registered', attempt: 0, problem: null });
  });

  it('begins the back-off again when it is told to hurry', async () => {
    const { phone, line } = await registered();
    for (const wait of [1, 2, 4, 8]) {
      line.events.down();
      await vi.advanceTimersByTimeAsync(wait * 1000);
    }
    line.events.down();
    phone.hurry();
    await vi.advanceTimersByTimeAsync(0);
    line.did.length = 0;
    line.events.down();
    await vi.advanceTimersByTimeAsync(1000);
    expect(line.did).toEqual(['connect']);
  });

  it('takes a new line with new credentials when refused, and does not hear the old one any more', async () => {
    const { phone, line } = await registered();
    line.events.refused();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(fetches).toBe(2);
    expect(line.did).toContain('close');
    lines[1]?.events.up();
    lines[1]?.events.registered();
    line.events.down();
    expect(phone.phone.registration).toBe('registered');
  });

  it('keeps a call on its line when the credentials have changed underneath it', async () => {
    let password = 'first';
    const phone = start(() => Promise.resolve({ ...session, password }));
    await vi.advanceTimersByTimeAsync(0);
    const line = lines[0];
    line?.events.up();
    line?.events.registered();
    phone.post({ is: 'dial', dial: '+12025550143', number: '', name: null });
    await vi.advanceTimersByTimeAsync(0);
    line?.events.answered(1);
    password = 'second';
    line?.events.down();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(lines).toHaveLength(2);
    expect(line?.did).not.toContain('close');
    phone.post({ is: 'mute', token: 1, muted: true });
    expect(line?.did.at(-1)).toBe('open 1 muted');
    line?.events.ended(1, null);
    expect(phone.phone.calls).toEqual([]);
    expect(line?.did.at(-1)).toBe('close');
    expect(lines[1]?.did).toEqual(['connect']);
  });

  it('asks for credentials again when the server could not be reached', async () => {
    const phone = start(() => (fetches < 3 ? Promise.reject(new SessionError(problems.serverDown, false)) : Promise.resolve(session)));
    await vi.advanceTimersByTimeAsync(0);
    expect(phone.phone.problem).toBe(problems.serverDown);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(fetches).toBe(3);
    expect(lines[0]?.did).toEqual(['connect']);
  });

  it('gives the microphone back when the call was cancelled before it was opened', async () => {
    const { phone, line } = await registered();
    phone.post({ is: 'dial', dial: '+12025550143', number: '', name: null });
    phone.post({ is: 'hang-up', token: 1 });
    await vi.advanceTimersByTimeAsync(0);
    expect(track.stop).toHaveBeenCalled();
    expect(line.did.some((what) => what.startsWith('invite'))).toBe(false);
  });

  it('says which way the microphone failed', async () => {
    const { phone } = await registered();
    microphone.mockReturnValue(Promise.reject(Object.assign(new Error(), { name: 'NotReadableError' })));
    phone.post({ is: 'dial', dial: '+12025550143', number: '', name: null });
    await vi.advanceTimersByTimeAsync(0);
    expect(phone.phone.calls).toEqual([]);
    expect(phone.phone.problem?.sentence).toContain('in use');
  });

  it('offers each call under a token of its own, and refuses more than anybody can keep apart', async () => {
    const { line } = await registered();
    const offer = { callId: null, number: '1', name: null };
    const tokens = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((sipCallId) => line.events.incoming({ ...offer, sipCallId }));
    expect(tokens).toEqual([1, 2, 3, 4, 5, 6, null]);
  });

  it('keeps the doors of a call shut that lost its place while the microphone was being opened', async () => {
    const { phone, line } = await registered();
    const offer = { callId: null, number: '1', name: null };
    line.events.incoming({ ...offer, sipCallId: 'a' });
    line.events.incoming({ ...offer, sipCallId: 'b' });
    phone.post({ is: 'accept', token: 1 });
    phone.post({ is: 'accept', token: 2 });
    await vi.advanceTimersByTimeAsync(0);
    expect(line.did.filter((what) => / [12]/.test(what))).toEqual(expect.arrayContaining(['accept 1', 'shut 1 muted', 'accept 2', 'open 2']));
    expect(line.did.findLast((what) => what.includes(' 1'))).toBe('shut 1 muted');
  });

  it('gives the microphone back when the caller was gone before it was opened', async () => {
    const { phone, line } = await registered();
    line.events.incoming({ sipCallId: 'a', callId: 'c', number: '1', name: null });
    phone.post({ is: 'accept', token: 1 });
    line.events.ended(1, null);
    await vi.advanceTimersByTimeAsync(0);
    expect(track.stop).toHaveBeenCalled();
    expect(line.did).not.toContain('accept 1');
    expect(phone.phone.outcome?.sentence).toBe('The caller hung up.');
  });

  it('asks the hub to hold, and goes back to what the hub says when it refuses', async () => {
    const { phone, line } = await registered();
    line.events.incoming({ sipCallId: 'a', callId: 'c', number: '1', name: null });
    phone.post({ is: 'accept', token: 1 });
    await vi.advanceTimersByTimeAsync(0);
    line.events.answered(1);
    hubAnswer = Promise.resolve(false);
    phone.post({ is: 'hold', token: 1, hold: true });
    expect(asked).toEqual([['Hold', 'c']]);
    expect(phone.phone.calls[0]?.holding).toBe(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(phone.phone.calls[0]?.holding).toBe(false);
    expect(line.did.at(-1)).toBe('open 1');
  });

  it('signs out within a second although the registrar does not answer', async () => {
    const { phone, line } = await registered();
    let done = false;
    void phone.signOut().then(() => { done = true; });
    await vi.advanceTimersByTimeAsync(999);
    expect(done).toBe(false);
    await vi.advanceTimersByTimeAsync(2);
    expect(done).toBe(true);
    expect(line.did.slice(-2)).toEqual(['unregister', 'close']);
  });
});
