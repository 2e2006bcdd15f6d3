import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { allowMicrophone, answerTab, askBeforeLeaving } from '../dock/phoneLinks';
import { initialPhone, type Input, type Phone } from '../phone/phoneState';
import { problems } from '../phone/problems';
import { nobodyAnswers, TabChannel } from '../phone/tabChannel';
import { asked, buttons, dialog, leave, press, refusal, region, settle, showMine, stageDock, type DockStage } from './dockStage';
import { agent, grace, leg, mine, myCall, phoneCall, phoneWith } from './views';

const elsewhere: Phone = { ...initialPhone, place: 'elsewhere' };
const talking = myCall({ to: grace });
const ringing = myCall({
  state: 'ringing', from: grace, to: agent, mine: mine({ role: 'callee', sipCallId: null }),
  legs: [leg({ id: 'l2', party: grace, role: 'caller' }), leg({ id: 'l1', party: agent, state: 'ringing', place: 'outside', mine: true })],
});

let stage: DockStage;

beforeEach(() => {
  vi.useFakeTimers();
  stage = stageDock();
  stage.dock.showPhone(elsewhere);
});

afterEach(() => {
  leave(stage);
  vi.useRealTimers();
});

describe('the tab without the phone', () => {
  it('says where the phone is, and can take it over', () => {
    expect(stage.root.querySelector('[role=status]')?.textContent).toBe('Phone is open in another tab');
    press(stage.root, 'Use here');
    expect(stage.world.takeOver).toHaveBeenCalledOnce();
  });

  it('shows the same call with the same controls, through the hub', () => {
    showMine(stage, talking);
    expect(region(stage)?.textContent).toContain('You hear this call in another tab');
    expect(buttons(region(stage))).toEqual(['Mute', 'Hold', 'Keypad', 'Transfer', 'Add person', 'Record', 'Hang up']);
    press(region(stage), 'Mute');
    press(region(stage), 'Hold');
    showMine(stage, { ...talking, mine: mine({ muted: true, holding: true }) });
    press(region(stage), 'Unmute');
    press(region(stage), 'Resume');
    expect(asked(stage)).toEqual([['Mute', 'c1', true], ['Hold', 'c1'], ['Mute', 'c1', false], ['Resume', 'c1']]);
  });

  it('swaps two calls through the hub', () => {
    showMine(stage, talking, { ...talking, id: 'c2', mine: mine({ holding: true, sipCallId: 's2' }) });
    press(region(stage), 'Swap');
    expect(asked(stage)).toEqual([['Hold', 'c1'], ['Resume', 'c2']]);
  });

  it('shows an incoming call, rejects it through the hub and has it accepted where it rings', async () => {
    showMine(stage, ringing);
    expect(dialog(stage, 'Incoming call')?.open).toBe(true);
    expect(dialog(stage, 'Incoming call')?.textContent).toContain('Grace Hopper');
    expect(dialog(stage, 'Incoming call')?.textContent).toContain('in the tab that has the phone');
    expect(region(stage)?.hidden).toBe(true);
    press(dialog(stage, 'Incoming call'), 'Reject');
    expect(asked(stage)).toEqual([['HangUp', 'c1']]);
    stage.world.askTab.mockResolvedValueOnce('This call does not ring in the browser any more.');
    press(dialog(stage, 'Incoming call'), 'Accept');
    await settle();
    expect(stage.world.askTab).toHaveBeenCalledExactlyOnceWith({ want: 'accept', callId: 'c1' });
    expect(refusal(stage)).toBe('This call does not ring in the browser any more.');
  });

  it('calls through the tab that has the phone', async () => {
    const field = stage.root.querySelector<HTMLInputElement>('#dock-number');
    if (field) field.value = '+1';
    press(stage.root, 'Call');
    await settle();
    expect(stage.world.askTab).toHaveBeenCalledExactlyOnceWith({ want: 'dial', dial: '+12025550143', number: '+1 202-555-0143', name: null });
    expect(field?.value).toBe('');
    expect(stage.world.post).not.toHaveBeenCalled();
  });
});

describe('the tab that has the phone', () => {
  function runner(phone: Phone, next: Phone = phone): { phone: Phone; post: (input: Input) => void; posted: Input[] } {
    const made = { phone, posted: [] as Input[], post: (input: Input): void => { made.posted.push(input); made.phone = next; } };
    return made;
  }
  const offered = phoneWith(phoneCall({ direction: 'incoming', state: 'incoming' }));

  it('accepts for another tab what rings, and nothing else', () => {
    const one = runner(offered);
    expect(answerTab(one, { want: 'accept', callId: 'c1' })).toBeNull();
    expect(one.posted).toEqual([{ is: 'accept', token: 1 }]);
    expect(answerTab(one, { want: 'accept', callId: 'c9' })).toContain('does not ring');
  });

  it('dials for another tab, or says why not', () => {
    const dial = { want: 'dial', dial: '+1', number: '+1', name: null } as const;
    expect(answerTab(runner(phoneWith(), phoneWith(phoneCall())), dial)).toBeNull();
    const outcome = { sipCallId: null, callId: null, who: null, sentence: 'Not ready.', tone: 'bad' } as const;
    expect(answerTab(runner(phoneWith(), { ...phoneWith(), outcome }), dial)).toBe('Not ready.');
    const busy = phoneWith(phoneCall({ state: 'dialing' }));
    expect(answerTab(runner(busy), dial)).toBe(problems.oneAtATime.sentence);
  });

  it('leaves the answer to the tab that has the phone where it has none', () => {
    expect(answerTab(runner(elsewhere), { want: 'accept', callId: 'c1' })).toBeUndefined();
  });

  it('asks before it is closed with a call in it', () => {
    let inCall = false;
    askBeforeLeaving(() => inCall);
    const leaving = (): boolean => {
      const event = new Event('beforeunload', { cancelable: true });
      window.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(leaving()).toBe(false);
    inCall = true;
    expect(leaving()).toBe(true);
    inCall = false;
  });
});

describe('the microphone, before another tab opens it', () => {
  const stop = vi.fn();
  const open = vi.fn(() => Promise.resolve({ getTracks: () => [{ stop }] }));
  const allowed = (state: string): void => {
    vi.stubGlobal('navigator', { permissions: { query: () => Promise.resolve({ state }) }, mediaDevices: { getUserMedia: open } });
  };

  afterEach(() => { vi.unstubAllGlobals(); });

  it('is asked for here where it was not allowed yet, and given back', async () => {
    allowed('granted');
    await expect(allowMicrophone()).resolves.toBeNull();
    expect(open).not.toHaveBeenCalled();
    allowed('prompt');
    await expect(allowMicrophone()).resolves.toBeNull();
    expect(stop).toHaveBeenCalledOnce();
  });

  it('keeps the call from being taken where it is refused, and says so', async () => {
    allowed('denied');
    open.mockRejectedValueOnce(Object.assign(new Error(), { name: 'NotAllowedError' }));
    await expect(allowMicrophone()).resolves.toContain('blocked');
  });
});

describe('between tabs', () => {
  const open: FakeChannel[] = [];
  class FakeChannel {
    onmessage: ((event: { data: unknown }) => void) | null = null;
    constructor() { open.push(this); }
    postMessage(data: unknown): void { for (const other of open) if (other !== this) other.onmessage?.({ data: structuredClone(data) }); }
  }

  beforeEach(() => {
    open.length = 0;
    vi.stubGlobal('BroadcastChannel', FakeChannel);
  });

  afterEach(() => { vi.unstubAllGlobals(); });

  it('the one with the phone answers the one that asks', async () => {
    new TabChannel(() => undefined);
    new TabChannel((request) => (request.want === 'accept' ? null : 'No.'));
    const asking = new TabChannel(() => undefined);
    await expect(asking.ask({ want: 'accept', callId: 'c' })).resolves.toBeNull();
    await expect(asking.ask({ want: 'dial', dial: 'x', number: 'x', name: null })).resolves.toBe('No.');
  });

  it('whoever asks is told when nobody answers', async () => {
    const answer = new TabChannel(() => undefined).ask({ want: 'accept', callId: 'c' });
    await vi.advanceTimersByTimeAsync(2_000);
    await expect(answer).resolves.toBe(nobodyAnswers);
  });
});
