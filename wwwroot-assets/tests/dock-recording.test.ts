import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallView } from '../hub/contract';
import { asked, buttons, key, leave, press, region, showMine, stageDock, type DockStage } from './dockStage';
import { grace, leg, mine, myCall, myLeg, phoneCall, phoneWith } from './views';

let stage: DockStage;

const show = (given: Partial<CallView>): void => {
  stage.dock.showPhone(phoneWith(phoneCall()));
  showMine(stage, myCall({ to: grace, ...given }));
};
const says = (): string => region(stage)?.querySelector('.call-recording:not([hidden])')?.textContent ?? '';

beforeEach(() => {
  vi.useFakeTimers();
  stage = stageDock();
});

afterEach(() => {
  leave(stage);
  vi.useRealTimers();
});

describe('recording', () => {
  it('leads to what is said, for those who may read it', () => {
    show({ recording: 'on' });
    expect(region(stage)?.querySelector('.call-words')).toBeNull();
    leave(stage);
    stage = stageDock({ words: 'true' });
    show({ recording: 'on' });
    expect(region(stage)?.querySelector('.call-words')?.getAttribute('href')).toBe('/live/c1');
  });

  it('is begun and ended by a button, and shown to whoever is in the call', () => {
    show({});
    expect(says()).toBe('');
    press(region(stage), 'Record');
    show({ recording: 'on' });
    expect(says()).toBe('Recording');
    press(region(stage), 'Stop recording');
    expect(asked(stage)).toEqual([['Record', 'c1', true], ['Record', 'c1', false]]);
  });

  it('is paused and resumed, and says what a pause means', () => {
    show({ recording: 'on' });
    press(region(stage), 'Pause recording');
    show({ recording: 'paused' });
    expect(says()).toContain('is not kept');
    press(region(stage), 'Resume recording');
    expect(asked(stage)).toEqual([['PauseRecording', 'c1', true], ['PauseRecording', 'c1', false]]);
  });

  it('cannot be asked for where the rules forbid it, nor paused while it is announced', () => {
    show({ recordable: false });
    expect(buttons(region(stage))).not.toContain('Record');
    show({ recording: 'announcing' });
    expect(buttons(region(stage))).toContain('Stop recording');
    expect(buttons(region(stage))).not.toContain('Pause recording');
  });

  it('follows the keys 2, 3 and 4, each only where it means something', () => {
    show({});
    for (const code of ['Digit3', 'Digit4']) key(code);
    expect(asked(stage)).toEqual([]);
    key('Digit2');
    show({ recording: 'on' });
    for (const code of ['Digit4', 'Digit3']) key(code);
    show({ recording: 'paused' });
    for (const code of ['Digit3', 'Digit4']) key(code);
    expect(asked(stage)).toEqual([['Record', 'c1', true], ['PauseRecording', 'c1', true], ['PauseRecording', 'c1', false]]);
  });
});

describe('a call whose sound was lost', () => {
  const away = { ...myCall({ to: grace }), mine: mine({ away: true, endpoint: 'web-9' }) };

  it('comes back by itself where it was lost here, and says so', () => {
    stage.dock.showPhone(phoneWith());
    showMine(stage, { ...away, mine: mine({ away: true }) });
    expect(region(stage)?.textContent).toContain('Reconnecting');
    expect(region(stage)?.textContent).toContain('It comes back by itself');
    expect(buttons(region(stage))).not.toContain('Continue here');
  });

  it('can be continued here where it was lost with another phone', () => {
    stage.dock.showPhone(phoneWith());
    showMine(stage, away);
    press(region(stage), 'Continue here');
    expect(stage.world.post).toHaveBeenCalledWith({ is: 'come-back', callId: 'c1' });
  });

  it('tells the other side who is being waited for', () => {
    show({ legs: [myLeg, leg({ party: grace, away: true, place: 'outside' })] });
    expect(region(stage)?.textContent).toContain('Reconnecting');
    expect(region(stage)?.textContent).toContain('The connection to Grace Hopper was lost. You hear music until they are back.');
  });
});
