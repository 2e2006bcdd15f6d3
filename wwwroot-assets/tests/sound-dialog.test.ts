import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallSounds } from '../devices/callSounds';
import { DeviceDialog } from '../devices/dialog';
import { SoundNotices } from '../devices/notices';
import { SoundDevices } from '../devices/soundDevices';
import { FakeCall, FakeComputer, FakeStream } from './devices';

const laptop = { id: 'l', label: 'Laptop' };
const headset = { id: 'h', label: 'Headset' };
const sink = 'setSinkId';

let computer: FakeComputer;
let devices: SoundDevices;
let calls: CallSounds;
let dialog: DeviceDialog;
let opener: HTMLButtonElement;
let contexts: FakeContext[];
const world = { test: vi.fn(), echoCall: vi.fn() };

/** Hears a steady tone of the loudness that the test sets. */
class FakeContext {
  static amplitude = 0;
  state = 'running';
  closed = false;
  constructor() { contexts.push(this); }
  createAnalyser(): unknown { return { fftSize: 0, getFloatTimeDomainData: (samples: Float32Array) => samples.fill(FakeContext.amplitude) }; }
  createMediaStreamSource(): unknown { return { connect: () => undefined }; }
  resume(): Promise<void> { return Promise.resolve(); }
  close(): Promise<void> { this.closed = true; return Promise.resolve(); }
}

const byLabel = (label: string): HTMLSelectElement | HTMLInputElement | null => {
  const id = [...dialog.element.querySelectorAll('label')].find((one) => one.textContent === label)?.htmlFor ?? 'none';
  return dialog.element.querySelector(`#${id}`);
};
const options = (label: string): string[] => [...(byLabel(label) as HTMLSelectElement).options].map((one) => one.textContent);
const choose = (label: string, value: string): void => {
  const select = byLabel(label) as HTMLSelectElement;
  select.value = value;
  select.dispatchEvent(new Event('change'));
};
const press = (name: string): void => {
  [...dialog.element.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? one.textContent.trim()) === name)?.click();
};
const meter = (): string | null | undefined => dialog.element.querySelector('[role=meter][aria-label="Microphone level"]')?.getAttribute('aria-valuenow');
const listening = (): number => contexts.filter((one) => !one.closed).length;

async function start(known = true): Promise<void> {
  devices = new SoundDevices();
  calls = new CallSounds(devices);
  if (known) computer.plug([laptop, headset]);
  await devices.start();
  dialog = new DeviceDialog({ devices, calls, ...world });
  document.body.replaceChildren(opener, dialog.element);
}

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  contexts = [];
  FakeContext.amplitude = 0;
  world.test.mockClear();
  world.echoCall.mockClear();
  computer = new FakeComputer();
  opener = document.createElement('button');
  vi.stubGlobal('navigator', { mediaDevices: computer });
  vi.stubGlobal('AudioContext', FakeContext);
  vi.stubGlobal('MediaStream', FakeStream);
  Object.defineProperty(HTMLMediaElement.prototype, sink, { value: () => Promise.resolve(), configurable: true });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(HTMLMediaElement.prototype, sink);
});

describe('the dialog "Sound devices"', () => {
  it('offers what is there, and takes the choice', async () => {
    await start();
    dialog.open(opener);
    expect(dialog.element.open).toBe(true);
    expect(document.activeElement).toBe(byLabel('Microphone'));
    expect(['Microphone', 'Speaker', 'Ring device'].map(options)).toEqual(Array(3).fill(['System default', 'Laptop', 'Headset']));
    choose('Microphone', 'h');
    choose('Ring device', 'l');
    expect(devices.state.choice).toMatchObject({ microphone: headset, speaker: null, ring: laptop });
    byLabel('Noise suppression')?.click();
    expect(devices.state.choice.processing).toEqual({ echoCancellation: true, noiseSuppression: false, autoGainControl: true });
  });

  it('keeps showing a chosen device that is not connected', async () => {
    await start();
    choose('Speaker', 'h');
    computer.plug([laptop]);
    await vi.advanceTimersByTimeAsync(0);
    expect(options('Speaker')).toEqual(['System default', 'Laptop', 'Headset (not connected)']);
    expect(byLabel('Speaker')?.value).toBe('h');
  });

  it('shows the level while it is open, and lets go of the microphone when it is closed', async () => {
    await start();
    FakeContext.amplitude = 0.1;
    dialog.open(opener);
    await vi.advanceTimersByTimeAsync(200);
    expect(meter()).toBe('74');
    press('Close');
    expect(meter()).toBe('0');
    expect(document.activeElement).toBe(opener);
    expect(computer.opened.map((track) => track.readyState)).toEqual(['ended']);
    expect(listening()).toBe(0);
  });

  it('listens to the call where there is one, and opens no second microphone beside it', async () => {
    await start();
    dialog.open(opener);
    await vi.advanceTimersByTimeAsync(0);
    const call = new FakeCall(await devices.openMicrophone());
    calls.join(call);
    await vi.advanceTimersByTimeAsync(0);
    expect(computer.opened.map((track) => track.readyState)).toEqual(['ended', 'live']);
    expect(listening()).toBe(1);
    calls.leave(call);
    await vi.advanceTimersByTimeAsync(0);
    expect(computer.opened).toHaveLength(3);
    expect(listening()).toBe(1);
  });

  it('asks for the permission with a button, not by itself', async () => {
    await start(false);
    dialog.open(opener);
    await vi.advanceTimersByTimeAsync(0);
    expect(computer.opened).toEqual([]);
    const ask = dialog.element.querySelector<HTMLElement>('.devices-ask');
    expect(ask?.hidden).toBe(false);
    computer.failing.set('default', 'NotAllowedError');
    press('Allow microphone');
    await vi.advanceTimersByTimeAsync(0);
    expect(dialog.element.querySelector('.devices-said')?.textContent).toContain('Allow it for this site');
    computer.failing.clear();
    computer.inputs = [laptop];
    press('Allow microphone');
    await vi.advanceTimersByTimeAsync(0);
    expect(ask?.hidden).toBe(true);
    expect(options('Microphone')).toEqual(['System default', 'Laptop']);
    expect(dialog.element.querySelector('.devices-said')?.textContent).toBe('');
  });

  it('has no choice of output where the browser has none, but the tests', async () => {
    Reflect.deleteProperty(HTMLMediaElement.prototype, sink);
    await start();
    expect([byLabel('Speaker'), byLabel('Ring device')]).toEqual([null, null]);
    press('Test speaker');
    press('Test ring');
    press('Echo call');
    expect(world.test.mock.calls).toEqual([['speaker'], ['ring']]);
    expect(world.echoCall).toHaveBeenCalledOnce();
  });

  it('is closed by Escape', async () => {
    await start();
    dialog.open(opener);
    byLabel('Microphone')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    expect(dialog.element.open).toBe(false);
  });
});

describe('the lines about the sound', () => {
  const lines = (notices: SoundNotices): string[] => [...notices.element.querySelectorAll('p')].map((one) => one.textContent);

  it('come, stay while they are true, and go', () => {
    const notices = new SoundNotices();
    notices.show([{ sentence: 'One.', tone: 'warn' }]);
    const first = notices.element.firstChild;
    notices.show([{ sentence: 'One.', tone: 'warn' }, { sentence: 'Two.', tone: 'danger' }]);
    expect(lines(notices)).toEqual(['One.', 'Two.']);
    expect(notices.element.firstChild).toBe(first);
    expect(notices.element.querySelector('[role=alert]')?.textContent).toBe('Two.');
    notices.show([{ sentence: 'Two.', tone: 'danger' }]);
    expect(lines(notices)).toEqual(['Two.']);
  });

  it('can be put away, and come again when they are true anew', () => {
    const notices = new SoundNotices();
    notices.show([{ sentence: 'One.', tone: 'warn' }]);
    notices.element.querySelector('button')?.click();
    notices.show([{ sentence: 'One.', tone: 'warn' }]);
    expect(lines(notices)).toEqual([]);
    notices.show([]);
    notices.show([{ sentence: 'One.', tone: 'warn' }]);
    expect(lines(notices)).toEqual(['One.']);
  });
});
