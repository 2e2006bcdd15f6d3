import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { notReached } from '../dock/controls';
import { asked, buttons, leave, press, refusal, region, settle, showMine, stageDock, type DockStage } from './dockStage';
import { ada, consultation, grace, leg, mine, myCall, myLeg, party, phoneCall, phoneWith } from './views';

const withGrace = phoneCall({ name: 'Grace Hopper', number: '+1 202-555-0102' });
const withAda = phoneCall({ token: 2, callId: 'c2', sipCallId: 's2', name: 'Ada Lovelace', holding: true });
const graceView = myCall({ to: grace });
const adaView = myCall({ id: 'c2', to: ada, mine: mine({ sipCallId: 's2', holding: true }) });

let stage: DockStage;

const words = (): string => region(stage)?.querySelector('.call-transfer')?.textContent ?? '';

beforeEach(() => {
  vi.useFakeTimers();
  stage = stageDock();
});

afterEach(() => {
  leave(stage);
  vi.useRealTimers();
});

describe('two calls', () => {
  beforeEach(() => {
    stage.dock.showPhone(phoneWith(withGrace, withAda));
    showMine(stage, graceView, adaView);
  });

  it('are shown as the current one and a held one', () => {
    expect(region(stage)?.textContent).toContain('Grace Hopper');
    expect(region(stage, 'Other calls')?.textContent).toContain('Ada LovelaceHeld');
    expect(buttons(region(stage, 'Other calls'))).toEqual(['Hang up Ada Lovelace']);
  });

  it('can be swapped, merged and hung up each', () => {
    press(region(stage), 'Swap');
    expect(stage.world.post).toHaveBeenLastCalledWith({ is: 'swap', token: 2 });
    press(region(stage), 'Merge');
    expect(asked(stage)).toEqual([['Merge', 'c1', 'c2']]);
    press(region(stage, 'Other calls'), 'Hang up Ada Lovelace');
    expect(stage.world.post).toHaveBeenLastCalledWith({ is: 'hang-up', token: 2 });
  });

  it('are named in the buttons where there are more than two', () => {
    const third = phoneCall({ token: 3, callId: 'c3', sipCallId: 's3', name: 'Mary', holding: true });
    stage.dock.showPhone(phoneWith(withGrace, withAda, third));
    showMine(stage, graceView, adaView, myCall({ id: 'c3', to: party({ name: 'Mary' }), mine: mine({ sipCallId: 's3', holding: true }) }));
    expect(buttons(region(stage))).not.toContain('Swap');
    expect(buttons(region(stage, 'Other calls'))).toEqual(
      ['Ada Lovelace', 'Mary'].flatMap((name) => [`Swap to ${name}`, `Merge ${name}`, `Hang up ${name}`]));
    press(region(stage, 'Other calls'), 'Swap to Mary');
    expect(stage.world.post).toHaveBeenLastCalledWith({ is: 'swap', token: 3 });
    press(region(stage, 'Other calls'), 'Merge Mary');
    expect(asked(stage)).toEqual([['Merge', 'c1', 'c3']]);
  });

  it('say which of them ended', () => {
    stage.dock.showPhone({ ...phoneWith(withGrace), outcome: { sipCallId: 's2', callId: 'c2', who: 'Ada Lovelace', sentence: 'The call has ended.', tone: 'plain' } });
    expect(stage.root.querySelector('.dock-outcome')?.textContent).toBe('Ada Lovelace: The call has ended.');
  });

  it('are swapped through the hub where the one is not in this tab', () => {
    stage.dock.showPhone(phoneWith(withGrace));
    press(region(stage), 'Swap');
    expect(stage.world.post).toHaveBeenLastCalledWith({ is: 'hold', token: 1, hold: true });
    expect(asked(stage)).toEqual([['Resume', 'c2']]);
  });
});

describe('a consultation', () => {
  it('says who is being rung and who waits, and can be given up', () => {
    stage.dock.showPhone(phoneWith(withGrace));
    showMine(stage, consultation({ state: 'ringing' }));
    expect(words()).toBe('Ringing Ada Lovelace… Grace Hopper waits.');
    expect(buttons(region(stage))).toEqual(['Mute', 'Keypad', 'Record', 'Cancel transfer', 'Hang up']);
    press(region(stage), 'Cancel transfer');
    expect(asked(stage)).toEqual([['CancelTransfer', 'c1']]);
  });

  it('says whom one talks to, and can be swapped, merged and completed', () => {
    stage.dock.showPhone(phoneWith(withGrace));
    showMine(stage, consultation());
    expect(words()).toBe('You talk to Ada Lovelace. Grace Hopper waits.');
    expect(buttons(region(stage))).toEqual(['Mute', 'Keypad', 'Swap', 'Merge', 'Record', 'Complete transfer', 'Cancel transfer', 'Hang up']);
    for (const button of ['Swap', 'Merge', 'Complete transfer']) press(region(stage), button);
    expect(asked(stage)).toEqual([['Swap', 'c1'], ['JoinConsultation', 'c1'], ['CompleteTransfer', 'c1']]);
    showMine(stage, consultation({ talking: 'main' }));
    expect(words()).toBe('You talk to Grace Hopper. Ada Lovelace waits.');
  });

  it('is nothing that the others can end, but is told to who is asked', () => {
    stage.dock.showPhone(phoneWith(phoneCall({ direction: 'incoming', name: 'Agent One' })));
    const asAda = consultation({}, party({ userId: 'u9', name: 'Asker' }));
    const legs = [leg({ id: 'l0', party: party({ userId: 'u9', name: 'Asker' }), role: 'caller', place: 'consult' }), leg({ party: grace }),
      leg({ id: 'l1', party: ada, role: 'consulted', place: 'consult', mine: true })];
    showMine(stage, { ...asAda, legs, mine: mine({ role: 'callee', isOwner: false }) });
    expect(words()).toBe('Grace Hopper waits to be put through to you.');
    expect(buttons(region(stage))).toEqual(['Mute', 'Keypad', 'Record', 'Hang up']);
  });
});

describe('a transfer that rings', () => {
  it('says where to, and can be cancelled', () => {
    stage.dock.showPhone(phoneWith(withGrace));
    showMine(stage, myCall({ to: grace, transfer: { by: 'u1', party: ada } }));
    expect(words()).toBe('Transferring to Ada Lovelace…');
    expect(buttons(region(stage))).toEqual(['Cancel transfer', 'Hang up']);
    press(region(stage), 'Cancel transfer');
    expect(asked(stage)).toEqual([['CancelTransfer', 'c1']]);
  });
});

describe('a call of three', () => {
  const three = myCall({ to: grace, legs: [myLeg, leg({ party: grace }), leg({ id: 'l3', party: ada, role: 'added', muted: true })] });

  it('lists its people, whom the owner mutes and removes', () => {
    stage.dock.showPhone(phoneWith(withGrace));
    showMine(stage, three);
    const list = region(stage)?.querySelector('[aria-label="People in this call"]') ?? null;
    expect(region(stage)?.querySelector('.call-who')?.textContent).toBe('3 people');
    expect([...list?.children ?? []].map((row) => row.querySelector('.member-who')?.textContent)).toEqual(['Grace Hopper', 'Ada LovelaceMuted']);
    expect(buttons(list)).toEqual(['Mute Grace Hopper', 'Remove Grace Hopper', 'Unmute Ada Lovelace', 'Remove Ada Lovelace']);
    for (const button of ['Mute Grace Hopper', 'Unmute Ada Lovelace', 'Remove Ada Lovelace']) press(list, button);
    expect(asked(stage)).toEqual([['MutePerson', 'c1', 'l2', true], ['MutePerson', 'c1', 'l3', false], ['RemovePerson', 'c1', 'l3']]);
  });

  it('only lists them to others, and those too who are being added', () => {
    stage.dock.showPhone(phoneWith(withGrace));
    const legs = [myLeg, leg({ party: grace }), leg({ id: 'l3', party: ada, role: 'added', state: 'ringing', place: 'outside' })];
    showMine(stage, { ...three, legs, mine: mine({ isOwner: false }) });
    const list = region(stage)?.querySelector('[aria-label="People in this call"]') ?? null;
    expect(list?.textContent).toContain('Ada LovelaceRinging…');
    expect(buttons(list)).toEqual([]);
  });
});

describe('what the server does not accept', () => {
  beforeEach(() => {
    stage.dock.showPhone(phoneWith(withGrace));
    showMine(stage, consultation());
  });

  it('is said, until the next thing is tried', async () => {
    stage.world.control.mockResolvedValueOnce({ result: 'refused', sentence: 'Ada has just hung up.' });
    press(region(stage), 'Complete transfer');
    await settle();
    expect(refusal(stage)).toBe('Ada has just hung up.');
    press(region(stage), 'Cancel transfer');
    expect(refusal(stage)).toBe('');
  });

  it('has a sentence also where the server gave none, or cannot be reached', async () => {
    stage.world.control.mockResolvedValueOnce({ result: 'no-such-call', sentence: null });
    press(region(stage), 'Swap');
    await settle();
    expect(refusal(stage)).toBe('This cannot be done right now.');
    stage.world.control.mockRejectedValueOnce(new Error('down'));
    press(region(stage), 'Swap');
    await settle();
    expect(refusal(stage)).toBe(notReached);
    stage.world.control.mockRejectedValueOnce(new Error('down'));
    expect(await stage.dock.ask(['Mute', 'c1', true])).toBe(false);
    expect(refusal(stage)).toContain('Your microphone is off');
  });
});
