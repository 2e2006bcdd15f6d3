import { afterEach, beforeEach, describe, expect, it, vi, type Mock } from 'vitest';
import { Dock, type DockWorld } from '../dock/dock';
import type { CallView } from '../hub/contract';
import { problems } from '../phone/problems';
import { initialPhone, type Phone, type PhoneCall } from '../phone/phoneState';
import { call, party, preview } from './views';

const ready: Phone = { ...initialPhone, place: 'here', registration: 'registered', everRegistered: true };
const outgoing: PhoneCall = {
  token: 1, direction: 'outgoing', state: 'connected', sipCallId: 's1', callId: 'c1', number: '+1 202-555-0143', name: null,
  muted: false, earlyMedia: false, connectedAt: 0,
};
const incoming: PhoneCall = { ...outgoing, direction: 'incoming', state: 'incoming', name: 'Grace Hopper', connectedAt: null };

let root: HTMLElement;
let dock: Dock;
let world: { [K in keyof DockWorld]: Mock<DockWorld[K]> };

const status = (): string => root.querySelector('[role=status][aria-label=Phone]')?.textContent ?? '';
const region = (): HTMLElement | null => root.querySelector<HTMLElement>('section[aria-label="Current call"]');
const dialog = (): HTMLDialogElement | null => root.querySelector('dialog');
const isShown = (element: HTMLElement): boolean => element.closest('[hidden], dialog:not([open])') === null;
const buttons = (): string[] => [...root.querySelectorAll('button')].filter(isShown).map((one) => one.textContent.trim());
const press = (label: string): void => { [...root.querySelectorAll('button')].find((one) => isShown(one) && one.textContent.trim() === label)?.click(); };
const key = (code: string): void => { document.dispatchEvent(new KeyboardEvent('keydown', { code, ctrlKey: true, shiftKey: true })); };
const mine = (...calls: CallView[]): void => { dock.showMine(new Map(calls.map((one) => [one.id, one]))); };

beforeEach(() => {
  vi.useFakeTimers({ now: 65_000 });
  localStorage.clear();
  document.title = 'Live';
  root = document.createElement('section');
  document.body.replaceChildren(root);
  world = {
    resolve: vi.fn(() => Promise.resolve(preview())), dial: vi.fn(), accept: vi.fn(), reject: vi.fn(), hangUp: vi.fn(),
    toggleMute: vi.fn(), takeOver: vi.fn(), hangUpThroughHub: vi.fn(), callMe: vi.fn(() => Promise.resolve()),
  };
  dock = new Dock(root, world);
});

afterEach(() => {
  dock.showPhone(ready);
  vi.useRealTimers();
});

describe('the dock, without a call', () => {
  it('says Ready once registered, and nothing else is wrong', () => {
    dock.showPhone(initialPhone);
    expect(status()).toBe('Connecting…');
    dock.showPhone(ready);
    expect(status()).toBe('Ready');
    expect(root.querySelector<HTMLElement>('.dock-problem')?.hidden).toBe(true);
    expect(buttons()).toContain('Call');
  });

  it('says what is wrong and what to do', () => {
    dock.showPhone({ ...ready, registration: 'unregistered', problem: problems.socketDown });
    expect(status()).toBe('Reconnecting…');
    expect(root.querySelector('[role=alert]')?.textContent).toBe(problems.socketDown.sentence);
    dock.showPhone({ ...ready, problem: { about: 'microphone', sentence: 'Blocked. Allow it.' } });
    expect(status()).toBe('No microphone');
  });

  it('offers to take the phone over from another tab', () => {
    dock.showPhone({ ...initialPhone, place: 'elsewhere' });
    expect(status()).toBe('Phone is open in another tab');
    expect(buttons()).not.toContain('Call');
    press('Use here');
    expect(world.takeOver).toHaveBeenCalledOnce();
  });

  it('leads to the sign-in where the sign-in has ended', () => {
    dock.showPhone({ ...initialPhone, registration: 'destroyed', problem: problems.signedOut });
    expect(status()).toBe('Signed out');
    expect([...root.querySelectorAll('a')].filter(isShown).map((one) => one.textContent)).toEqual(['Sign in']);
  });
});

describe('the dock, in a call', () => {
  it('shows who, state and a duration that goes on', () => {
    dock.showPhone({ ...ready, call: outgoing });
    expect(region()?.hidden).toBe(false);
    expect(region()?.textContent).toContain('+1 202-555-0143');
    expect(region()?.textContent).toContain('Connected');
    expect(region()?.querySelector('[role=timer]')?.textContent).toBe('1:05');
    vi.advanceTimersByTime(2_000);
    expect(region()?.querySelector('[role=timer]')?.textContent).toBe('1:07');
  });

  it('has the buttons that work, and no others', () => {
    dock.showPhone({ ...ready, call: outgoing });
    expect(buttons().filter((one) => one !== 'Notify me of calls')).toEqual(['Mute', 'Hang up']);
    press('Mute');
    press('Hang up');
    expect(world.toggleMute).toHaveBeenCalledOnce();
    expect(world.hangUp).toHaveBeenCalledOnce();
    dock.showPhone({ ...ready, call: { ...outgoing, muted: true } });
    const mute = [...root.querySelectorAll('button')].find((one) => one.textContent === 'Unmute');
    expect(mute?.getAttribute('aria-pressed')).toBe('true');
  });

  it('shows how the call ended', () => {
    dock.showPhone({ ...ready, outcome: { sipCallId: null, callId: null, sentence: 'The line is busy.', tone: 'bad' } });
    expect(region()?.hidden).toBe(true);
    expect(root.querySelector('.dock-outcome')?.textContent).toBe('The line is busy.');
    root.querySelector('input')?.dispatchEvent(new Event('input', { bubbles: true }));
    expect(root.querySelector<HTMLElement>('.dock-outcome')?.hidden).toBe(true);
  });

  it('obeys the keys, unless they are turned off', () => {
    dock.showPhone({ ...ready, call: outgoing });
    key('KeyM');
    key('Digit1');
    key('KeyA');
    expect([world.toggleMute, world.hangUp, world.accept].map((one) => one.mock.calls.length)).toEqual([1, 1, 0]);
    const box = root.querySelector<HTMLInputElement>('#dock-keys-on');
    box?.click();
    key('KeyM');
    expect(world.toggleMute).toHaveBeenCalledOnce();
    expect(localStorage.getItem('aridialer-keys')).toBe('off');
  });
});

describe('the dock, being called', () => {
  it('opens the dialog with who it is, without taking the focus', () => {
    const field = root.querySelector('input');
    dock.showPhone(ready);
    field?.focus();
    dock.showPhone({ ...ready, call: incoming });
    expect(dialog()?.open).toBe(true);
    expect(root.querySelector(`#${dialog()?.getAttribute('aria-labelledby') ?? ''}`)?.textContent).toBe('Incoming call');
    expect(dialog()?.textContent).toContain('Grace Hopper');
    expect(document.activeElement).toBe(field);
    press('Accept');
    press('Reject');
    expect([world.accept, world.reject].map((one) => one.mock.calls.length)).toEqual([1, 1]);
  });

  it('flashes the title and puts it back', () => {
    dock.showPhone({ ...ready, call: incoming });
    vi.advanceTimersByTime(1_000);
    expect(document.title).toBe('Incoming call: Grace Hopper');
    vi.advanceTimersByTime(1_000);
    expect(document.title).toBe('Live');
    dock.showPhone(ready);
    vi.advanceTimersByTime(3_000);
    expect(document.title).toBe('Live');
    expect(dialog()?.open).toBe(false);
  });
});

describe('a call that only the server knows', () => {
  const adopted = call({ mine: { role: 'callee', sipCallId: null, legId: 'l1', holding: false, muted: false, isOwner: true, held: false }, from: party({ name: 'Grace Hopper' }) });

  it('can be hung up through the hub', () => {
    dock.showPhone(ready);
    mine(adopted);
    expect(region()?.textContent).toContain('Grace Hopper');
    expect(buttons()).not.toContain('Mute');
    press('Hang up');
    expect(world.hangUpThroughHub).toHaveBeenCalledExactlyOnceWith('c1');
  });

  it('is not shown while it only rings here, nor when it is the one that just ended', () => {
    dock.showPhone(ready);
    mine({ ...adopted, state: 'ringing' });
    expect(region()?.hidden).toBe(true);
    dock.showPhone({ ...ready, outcome: { sipCallId: null, callId: 'c1', sentence: 'Over.', tone: 'plain' } });
    mine(adopted);
    expect(region()?.hidden).toBe(true);
  });
});
