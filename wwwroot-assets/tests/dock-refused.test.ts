import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { problems } from '../phone/problems';
import { leave, stageDock, type DockStage } from './dockStage';
import { phoneCall, phoneWith, ready } from './views';

const outgoing = phoneCall();
let stage: DockStage;

beforeEach(() => { stage = stageDock(); });
afterEach(() => { leave(stage); });

describe('the dock, while there is no room for a call', () => {
  const refused = { sipCallId: 'a', callId: null, who: null, sentence: 'All lines are busy just now. Try again in 5 seconds.', tone: 'bad', again: true } as const;
  const field = (): HTMLInputElement => stage.root.querySelector<HTMLInputElement>('#dock-number') ?? document.createElement('input');
  const call = async (): Promise<void> => {
    await stage.dock.call({ dial: '+12025550143', number: '+1 202-555-0143', name: null });
    stage.dock.showPhone({ ...phoneWith(outgoing), started: 1 });
  };

  it('has the number at hand to try again', async () => {
    await call();
    expect(field().value).toBe('');
    stage.dock.showPhone({ ...ready, started: 1, outcome: refused });
    expect(field().value).toBe('+1 202-555-0143');
    expect(stage.root.querySelector('.dock-outcome')?.textContent).toBe(refused.sentence);
  });

  it('leaves alone what was written meanwhile', async () => {
    await call();
    field().value = '+44 20';
    stage.dock.showPhone({ ...ready, started: 1, outcome: refused });
    expect(field().value).toBe('+44 20');
  });

  it('puts it back once: who takes it out is done with it', async () => {
    await call();
    stage.dock.showPhone({ ...ready, started: 1, outcome: refused });
    field().value = '';
    stage.dock.showPhone({ ...ready, started: 1, outcome: refused, problem: problems.socketDown });
    expect(field().value).toBe('');
  });
});
