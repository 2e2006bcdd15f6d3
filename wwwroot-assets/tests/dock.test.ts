import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { problems } from '../phone/problems';
import { initialPhone } from '../phone/phoneState';
import { asked, buttons, dialog, isShown, key, leave, press, refusal, region, showMine, stageDock, type DockStage } from './dockStage';
import { call, grace, mine, myCall, phoneCall, phoneWith, ready } from './views';

const outgoing = phoneCall();
const incoming = phoneCall({ direction: 'incoming', state: 'incoming', name: 'Grace Hopper', connectedAt: null });

let stage: DockStage;

const status = (): string => stage.root.querySelector('[role=status][aria-label=Phone]')?.textContent ?? '';
const outcome = (): HTMLElement | null => stage.root.querySelector<HTMLElement>('.dock-outcome');

beforeEach(() => {
  vi.useFakeTimers({ now: 65_000 });
  stage = stageDock();
});

afterEach(() => {
  leave(stage);
  vi.useRealTimers();
});

describe('the dock, without a call', () => {
  it('says Ready once registered, and nothing else is wrong', () => {
    stage.dock.showPhone(initialPhone);
    expect(status()).toBe('Connecting…');
    stage.dock.showPhone(ready);
    expect(status()).toBe('Ready');
    expect(stage.root.querySelector<HTMLElement>('.dock-problem')?.hidden).toBe(true);
    expect(buttons(stage.root)).toContain('Call');
  });

  it('says what is wrong and what to do', () => {
    stage.dock.showPhone({ ...ready, registration: 'unregistered', problem: problems.socketDown });
    expect(status()).toBe('Reconnecting…');
    expect(stage.root.querySelector('.dock-problem [role=alert]')?.textContent).toBe(problems.socketDown.sentence);
    stage.dock.showPhone({ ...ready, problem: { about: 'microphone', sentence: 'Blocked. Allow it.' } });
    expect(status()).toBe('No microphone');
  });

  it('leads to the sign-in where the sign-in has ended', () => {
    stage.dock.showPhone({ ...initialPhone, registration: 'destroyed', problem: problems.signedOut });
    expect(status()).toBe('Signed out');
    expect([...stage.root.querySelectorAll('a')].filter(isShown).map((one) => one.textContent)).toEqual(['Sign in']);
  });
});

describe('the dock, in a call', () => {
  it('shows who, state and a duration that goes on', () => {
    stage.dock.showPhone(phoneWith(outgoing));
    expect(region(stage)?.hidden).toBe(false);
    expect(region(stage)?.textContent).toContain('+1 202-555-0143');
    expect(region(stage)?.textContent).toContain('Connected');
    expect(region(stage)?.querySelector('[role=timer]')?.textContent).toBe('1:05');
    vi.advanceTimersByTime(2_000);
    expect(region(stage)?.querySelector('[role=timer]')?.textContent).toBe('1:07');
  });

  it('has the buttons that work, and no others', () => {
    stage.dock.showPhone(phoneWith(outgoing));
    expect(buttons(region(stage))).toEqual(['Mute', 'Hang up']);
    showMine(stage, myCall());
    expect(buttons(region(stage))).toEqual(['Mute', 'Hold', 'Keypad', 'Transfer', 'Add person', 'Record', 'Hang up']);
    stage.dock.showPhone(phoneWith(phoneCall({ state: 'ringing' })));
    expect(buttons(region(stage))).toEqual(['Hang up']);
    stage.dock.showPhone(phoneWith(phoneCall({ state: 'ending' })));
    expect(buttons(region(stage))).toEqual([]);
  });

  it('mutes, holds and hangs up through the phone of this tab', () => {
    stage.dock.showPhone(phoneWith(outgoing));
    showMine(stage, myCall());
    press(region(stage), 'Mute');
    press(region(stage), 'Hold');
    press(region(stage), 'Hang up');
    expect(stage.world.post.mock.calls.map(([input]) => input)).toEqual([
      { is: 'mute', token: 1, muted: true }, { is: 'hold', token: 1, hold: true }, { is: 'hang-up', token: 1 },
    ]);
    expect(asked(stage)).toEqual([]);
  });

  it('says what is muted or held, and by whom', () => {
    stage.dock.showPhone(phoneWith(phoneCall({ muted: true, holding: true })));
    showMine(stage, myCall());
    expect(buttons(region(stage))).toEqual(['Unmute', 'Resume', 'Transfer', 'Add person', 'Record', 'Hang up']);
    expect(region(stage)?.querySelector('.call-state')?.textContent).toBe('Held');
    press(region(stage), 'Resume');
    expect(stage.world.post).toHaveBeenCalledWith({ is: 'swap', token: 1 });
    stage.dock.showPhone(phoneWith(outgoing));
    showMine(stage, myCall({ mine: mine({ held: true }) }));
    expect(region(stage)?.querySelector('.call-state')?.textContent).toBe('Held by the other side');
    expect(region(stage)?.dataset.state).toBe('held');
  });

  it('shows how the call ended, until the next number is written', () => {
    stage.dock.showPhone({ ...ready, outcome: { sipCallId: null, callId: null, who: null, sentence: 'The line is busy.', tone: 'bad' } });
    expect(region(stage)?.hidden).toBe(true);
    expect(outcome()?.textContent).toBe('The line is busy.');
    stage.root.querySelector('#dock-number')?.dispatchEvent(new Event('input', { bubbles: true }));
    expect(outcome()?.hidden).toBe(true);
  });

  it('keeps the keyboard in the dock when what had the focus goes', () => {
    stage.dock.showPhone(ready);
    const field = stage.root.querySelector<HTMLInputElement>('#dock-number');
    field?.focus();
    stage.dock.showPhone(phoneWith(phoneCall({ state: 'dialing', connectedAt: null })));
    expect(document.activeElement).toBe(region(stage));
    stage.dock.showPhone(ready);
    expect(document.activeElement).toBe(field);
  });

  it('offers a second call once the first is answered, and empties the field when it begins', () => {
    const field = stage.root.querySelector<HTMLInputElement>('#dock-number');
    stage.dock.showPhone(phoneWith(phoneCall({ state: 'ringing', connectedAt: null })));
    expect(buttons(stage.root)).not.toContain('Call');
    stage.dock.showPhone(phoneWith(outgoing));
    expect(buttons(stage.root)).toContain('Call');
    if (field) field.value = '+44';
    stage.dock.showPhone(phoneWith(phoneCall({ holding: true }), phoneCall({ token: 2, state: 'dialing', connectedAt: null })));
    expect(field?.value).toBe('');
  });

  it('says so where a number in a page is pressed that cannot be called now', async () => {
    stage.dock.showPhone(phoneWith(phoneCall({ state: 'ringing', connectedAt: null })));
    await stage.dock.call({ dial: '+44', number: '+44', name: null });
    expect(refusal(stage)).toBe(problems.oneAtATime.sentence);
    stage.world.post.mockImplementation(() => { stage.dock.showPhone(phoneWith(phoneCall({ token: 2, state: 'dialing' }))); });
    await stage.dock.call({ dial: '+44', number: '+44', name: null });
    expect(refusal(stage)).toBe('');
  });

  it('obeys the keys, unless they are turned off', () => {
    stage.dock.showPhone(phoneWith(outgoing));
    showMine(stage, myCall());
    for (const code of ['KeyM', 'KeyH', 'Digit1', 'KeyA', 'KeyR', 'Digit2']) key(code);
    expect(stage.world.post.mock.calls.map(([input]) => input.is)).toEqual(['mute', 'hold', 'hang-up']);
    key('KeyD');
    expect(region(stage, 'Keypad')?.hidden).toBe(false);
    key('KeyD');
    expect(region(stage, 'Keypad')?.hidden).toBe(true);
    stage.root.querySelector<HTMLInputElement>('#dock-keys-on')?.click();
    key('KeyM');
    expect(stage.world.post).toHaveBeenCalledTimes(3);
    expect(localStorage.getItem('aridialer-keys')).toBe('off');
  });
});

describe('the dock, being called', () => {
  it('opens the dialog with who it is, without taking the focus', () => {
    const field = stage.root.querySelector<HTMLInputElement>('#dock-number');
    stage.dock.showPhone(ready);
    field?.focus();
    stage.dock.showPhone(phoneWith(incoming));
    const ringing = dialog(stage, 'Incoming call');
    expect(ringing?.open).toBe(true);
    expect(stage.root.querySelector(`#${ringing?.getAttribute('aria-labelledby') ?? ''}`)?.textContent).toBe('Incoming call');
    expect(ringing?.textContent).toContain('Grace Hopper');
    expect(document.activeElement).toBe(field);
    press(ringing, 'Accept');
    press(ringing, 'Reject');
    key('KeyA');
    key('KeyR');
    expect(stage.world.post.mock.calls.map(([input]) => input.is)).toEqual(['accept', 'reject', 'accept', 'reject']);
  });

  it('says for which team it is', () => {
    stage.dock.showPhone(phoneWith(incoming));
    expect(dialog(stage, 'Incoming call')?.textContent).not.toContain('team');
    showMine(stage, call({ id: incoming.callId ?? '', state: 'ringing', team: 'Sales', mine: mine({ role: 'callee', sipCallId: null }) }));
    expect(dialog(stage, 'Incoming call')?.textContent).toContain('For the team Sales.');
  });

  it('says what accepting does to the call that goes on, and that more of them ring', () => {
    stage.dock.showPhone(phoneWith(phoneCall({ token: 2, name: 'Ada' }), incoming));
    expect(dialog(stage, 'Incoming call')?.textContent).toContain('Accepting puts Ada on hold.');
    stage.dock.showPhone(phoneWith(phoneCall({ token: 2, name: 'Ada', state: 'ringing' }), incoming, { ...incoming, token: 3 }));
    expect(dialog(stage, 'Incoming call')?.textContent).toContain('Accepting ends your call to Ada. Another call rings as well.');
  });

  it('flashes the title and puts it back', () => {
    stage.dock.showPhone(phoneWith(incoming));
    vi.advanceTimersByTime(1_000);
    expect(document.title).toBe('Incoming call: Grace Hopper');
    vi.advanceTimersByTime(1_000);
    expect(document.title).toBe('Live');
    stage.dock.showPhone(ready);
    vi.advanceTimersByTime(3_000);
    expect(document.title).toBe('Live');
    expect(dialog(stage, 'Incoming call')?.open).toBe(false);
  });
});

describe('a call that only the server knows', () => {
  const adopted = myCall({ to: grace });

  it('can be controlled through the hub', () => {
    stage.dock.showPhone(ready);
    showMine(stage, adopted);
    expect(region(stage)?.textContent).toContain('Grace Hopper');
    expect(buttons(stage.root)).toContain('Call');
    press(region(stage), 'Mute');
    press(region(stage), 'Hang up');
    expect(asked(stage)).toEqual([['Mute', 'c1', true], ['HangUp', 'c1']]);
    expect(stage.world.post).not.toHaveBeenCalled();
  });

  it('is not shown while it only rings here, nor when it is the one that just ended', () => {
    stage.dock.showPhone(ready);
    showMine(stage, { ...adopted, state: 'ringing', mine: mine({ role: 'callee', legId: null, sipCallId: null }), legs: [] });
    expect(region(stage)?.hidden).toBe(true);
    stage.dock.showPhone({ ...ready, outcome: { sipCallId: null, callId: 'c1', who: null, sentence: 'Over.', tone: 'plain' } });
    showMine(stage, adopted);
    expect(region(stage)?.hidden).toBe(true);
  });
});
