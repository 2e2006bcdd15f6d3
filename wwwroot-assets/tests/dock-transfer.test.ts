import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { asked, buttons, dialog, leave, press, refusal, region, settle, showMine, stageDock, type DockStage } from './dockStage';
import { consultation, grace, myCall, phoneCall, phoneWith } from './views';

const withGrace = phoneCall({ name: 'Grace Hopper', number: '+1 202-555-0102' });
const graceView = myCall({ to: grace });

let stage: DockStage;

describe('the transfer dialog', () => {
  const field = (): HTMLInputElement | null => document.querySelector<HTMLInputElement>('#transfer-number');
  const write = (text: string): void => {
    const input = field();
    if (!input) throw new Error('There is no field.');
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  };

  beforeEach(() => {
    vi.useFakeTimers();
    stage = stageDock();
    stage.dock.showPhone(phoneWith(withGrace));
    showMine(stage, graceView);
    const button = [...region(stage)?.querySelectorAll('button') ?? []].find((one) => one.textContent === 'Transfer');
    button?.focus();
    button?.click();
  });

  afterEach(() => {
    leave(stage);
    vi.useRealTimers();
  });

  it('opens with the focus in "Transfer to", and hides the number field meanwhile', () => {
    expect(dialog(stage, 'Transfer')?.open).toBe(true);
    expect(document.querySelector('label[for=transfer-number]')?.textContent).toBe('Transfer to');
    expect(document.activeElement).toBe(field());
    expect(buttons(dialog(stage, 'Transfer'))).toEqual(['Transfer now', 'Ask first', 'Cancel']);
    expect(buttons(stage.root)).not.toContain('Call');
  });

  it.each([['Transfer now', 'Transfer'], ['Ask first', 'Ask']])('asks with %s for what was resolved, once, and closes', async (button, method) => {
    write('(202) 555-0143');
    press(dialog(stage, 'Transfer'), button);
    press(dialog(stage, 'Transfer'), button);
    await settle();
    expect(asked(stage)).toEqual([[method, 'c1', '+12025550143']]);
    expect(dialog(stage, 'Transfer')?.open).toBe(false);
  });

  it('stays open with the sentence where the server refuses, and asks nothing for what is nobody', async () => {
    press(dialog(stage, 'Transfer'), 'Transfer now');
    await settle();
    expect(asked(stage)).toEqual([]);
    expect(dialog(stage, 'Transfer')?.textContent).toContain('Write a number or a name first.');
    stage.world.control.mockResolvedValueOnce({ result: 'refused', sentence: 'That is you.' });
    write('+1');
    press(dialog(stage, 'Transfer'), 'Transfer now');
    await settle();
    expect(dialog(stage, 'Transfer')?.open).toBe(true);
    expect(refusal(stage)).toBe('That is you.');
  });

  it('closes on Escape, gives the focus back, and does not stand in the way of an incoming call', () => {
    stage.dock.showPhone(phoneWith(withGrace, phoneCall({ token: 5, state: 'incoming', direction: 'incoming' })));
    expect(dialog(stage, 'Incoming call')?.open).toBe(true);
    expect(dialog(stage, 'Transfer')?.open).toBe(true);
    field()?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
    expect(dialog(stage, 'Transfer')?.open).toBe(false);
    expect(document.activeElement?.textContent).toBe('Transfer');
  });

  it('closes when the call ends or something else makes it senseless', () => {
    showMine(stage, consultation());
    expect(dialog(stage, 'Transfer')?.open).toBe(false);
    expect(document.activeElement).toBe(region(stage));
  });

  it('takes a named place of the dialplan, which cannot be called or added', async () => {
    stage.world.resolve.mockResolvedValue({ ...await stage.world.resolve(''), kind: 'place', dial: 'place-sales', e164: null, sentence: 'Sales queue' });
    write('sales');
    press(dialog(stage, 'Transfer'), 'Transfer now');
    await settle();
    expect(asked(stage)).toEqual([['Transfer', 'c1', 'place-sales']]);
    press(region(stage), 'Add person');
    const add = dialog(stage, 'Add person');
    const input = add?.querySelector('input');
    if (input) input.value = 'sales';
    press(add, 'Add');
    await settle();
    expect(asked(stage)).toHaveLength(1);
    expect(add?.textContent).toContain('not made to it');
  });

  it('has one of the same shape to add a person', async () => {
    press(region(stage), 'Add person');
    expect(dialog(stage, 'Transfer')?.open).toBe(false);
    const input = dialog(stage, 'Add person')?.querySelector('input');
    if (input) input.value = '+1';
    press(dialog(stage, 'Add person'), 'Add');
    await settle();
    expect(asked(stage)).toEqual([['AddPerson', 'c1', '+12025550143']]);
  });
});
