import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallSounds } from '../devices/callSounds';
import type { Device, Missing } from '../devices/choice';
import { SoundDevices } from '../devices/soundDevices';
import { FakeCall, FakeComputer } from './devices';

const laptop: Device = { id: 'l', label: 'Laptop' };
const headset: Device = { id: 'h', label: 'Headset' };

let computer: FakeComputer;
let devices: SoundDevices;
let calls: CallSounds;

/** Lets everything happen that has no timer in it. */
const settled = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 0); });
const missing = (): string[] => devices.state.missing.map((one) => `${one.role} ${one.label} ${one.why}`);

async function newCall(): Promise<FakeCall> {
  const call = new FakeCall(await devices.openMicrophone());
  calls.join(call);
  await settled();
  return call;
}

beforeEach(async () => {
  localStorage.clear();
  computer = new FakeComputer();
  vi.stubGlobal('navigator', { mediaDevices: computer });
  devices = new SoundDevices();
  calls = new CallSounds(devices);
  await devices.start();
  computer.plug([laptop, headset]);
  await settled();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('choosing', () => {
  it('is remembered by another page of this browser', () => {
    devices.choose('microphone', 'h');
    devices.process({ echoCancellation: false });
    const choice = new SoundDevices().state.choice;
    expect(choice.microphone).toEqual(headset);
    expect(choice.processing.echoCancellation).toBe(false);
  });

  it('switches all calls in the middle of them, and leaves them alone otherwise', async () => {
    const [one, other] = [await newCall(), await newCall()];
    const before = [one.track, other.track];
    computer.plug([laptop, headset, { id: 'm', label: 'Monitor' }]);
    await settled();
    expect(one.microphones).toEqual([]);
    devices.choose('microphone', 'h');
    devices.choose('speaker', 'h');
    await settled();
    expect([one.microphones, other.microphones]).toEqual([['h'], ['h']]);
    expect([one.speakers.at(-1), other.speakers.at(-1)]).toEqual(['h', 'h']);
    expect(before.map((track) => track.readyState)).toEqual(['ended', 'ended']);
    // Each call has a track of its own, which it stops at its end; the one that they were copied from is stopped.
    expect(one.track).not.toBe(other.track);
    expect(computer.opened.filter((track) => track.readyState === 'live')).toEqual([]);
  });

  it('opens the microphone anew when its processing changes', async () => {
    const call = await newCall();
    devices.process({ noiseSuppression: false });
    await settled();
    expect(call.microphones).toEqual(['default']);
  });

  it('gives a new call the chosen speaker', async () => {
    devices.choose('speaker', 'h');
    expect((await newCall()).speakers).toEqual(['h']);
  });
});

describe('a device that is not there', () => {
  it('is stood in for by the default, and said to be missing', async () => {
    devices.choose('microphone', 'h');
    computer.plug([laptop]);
    await settled();
    expect(missing()).toEqual(['microphone Headset gone']);
    expect((await newCall()).track.id).toBe('default');
  });

  it('is unplugged in mid-call: the call goes on with the default, and comes back with it', async () => {
    devices.choose('microphone', 'h');
    devices.choose('speaker', 'h');
    const call = await newCall();
    const told: (readonly Missing[])[] = [];
    devices.onChange((_, before) => { told.push(before); });
    call.track.end();
    computer.plug([laptop]);
    await settled();
    expect(call.microphones.at(-1)).toBe('default');
    expect(call.speakers.at(-1)).toBeNull();
    expect(call.track.readyState).toBe('live');
    expect(missing()).toEqual(['microphone Headset gone', 'speaker Headset gone']);
    computer.plug([laptop, headset]);
    await settled();
    expect(call.microphones.at(-1)).toBe('h');
    expect(call.speakers.at(-1)).toBe('h');
    expect(missing()).toEqual([]);
    expect(told.some((before) => before.length === 2)).toBe(true);
  });

  it('was the default that nobody chose: it is lost, and taken again', async () => {
    computer.plug([headset, laptop]);
    await settled();
    const call = await newCall();
    call.track.end();
    computer.plug([laptop]);
    await settled();
    expect(missing()).toEqual(['microphone Headset gone']);
    expect(call.track.readyState).toBe('live');
    computer.plug([laptop, headset]);
    await settled();
    expect(call.microphones.at(-1)).toBe('h');
    calls.leave(call);
    expect(devices.state.used.microphone).toBeNull();
  });

  it('does not open: the default does, and the other is tried again after a change', async () => {
    computer.failing.set('h', 'NotReadableError');
    devices.choose('microphone', 'h');
    const call = await newCall();
    expect(call.track.id).toBe('default');
    expect(missing()).toEqual(['microphone Headset refused']);
    computer.failing.clear();
    computer.plug([laptop, headset]);
    await settled();
    expect(call.microphones.at(-1)).toBe('h');
    expect(missing()).toEqual([]);
  });
});

describe('no microphone at all', () => {
  it('is said while the call goes on, and ends with the next one that is plugged in', async () => {
    const call = await newCall();
    computer.inputs = [];
    call.track.end();
    computer.plug([], [laptop]);
    await settled();
    expect(calls.silent).toBe(true);
    computer.plug([headset]);
    await settled();
    expect(calls.silent).toBe(false);
    expect(call.track.readyState).toBe('live');
  });

  it('ends by itself where another program lets go of the microphone, though nothing is plugged in', async () => {
    const call = await newCall();
    vi.useFakeTimers();
    for (const id of ['l', 'default']) computer.failing.set(id, 'NotReadableError');
    call.track.end();
    await vi.advanceTimersByTimeAsync(7_000);
    expect(calls.silent).toBe(true);
    computer.failing.clear();
    await vi.advanceTimersByTimeAsync(3_000);
    expect([calls.silent, call.track.readyState, missing()]).toEqual([false, 'live', []]);
  });

  it('asks nobody again who said no, until that changes', async () => {
    const call = await newCall();
    vi.useFakeTimers();
    const asked = vi.spyOn(computer, 'getUserMedia').mockRejectedValue(Object.assign(new Error(), { name: 'NotAllowedError' }));
    call.track.end();
    await vi.advanceTimersByTimeAsync(0);
    const times = asked.mock.calls.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect([calls.silent, asked.mock.calls.length]).toEqual([true, times]);
    asked.mockRestore();
    await devices.tryAgain();
    await vi.advanceTimersByTimeAsync(0);
    expect([calls.silent, call.track.readyState]).toEqual([false, 'live']);
  });

  it('does not ask a second time where the person said no', async () => {
    devices.choose('microphone', 'h');
    computer.failing.set('h', 'NotAllowedError');
    await expect(devices.openMicrophone()).rejects.toMatchObject({ name: 'NotAllowedError' });
    expect(computer.opened).toEqual([]);
  });

  it('does not go round and round where each track ends at once', async () => {
    const call = await newCall();
    const before = computer.opened.length;
    vi.spyOn(call, 'useMicrophone').mockImplementation(() => { call.track.end(); return Promise.resolve(); });
    devices.choose('microphone', 'h');
    for (let turn = 0; turn < 50; turn++) await settled();
    expect(computer.opened.length - before).toBeLessThan(10);
  });

  it('is no error on a page that is not secure', async () => {
    vi.stubGlobal('navigator', {});
    await new SoundDevices().start();
    await expect(new SoundDevices().openMicrophone()).rejects.toBeInstanceOf(TypeError);
  });
});

describe('a call that ends', () => {
  it('gets no microphone any more', async () => {
    const [call, other] = [await newCall(), await newCall()];
    devices.choose('microphone', 'h');
    calls.leave(call);
    await settled();
    expect(call.microphones).toEqual([]);
    expect(other.microphones).toEqual(['h']);
  });
});
