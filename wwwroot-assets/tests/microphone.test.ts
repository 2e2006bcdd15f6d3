import { afterEach, expect, it, vi } from 'vitest';
import { soundDevices } from '../devices/page';
import { watchMicrophone } from '../phone/microphone';
import type { Problem } from '../phone/problems';
import { FakeComputer } from './devices';

afterEach(() => { vi.unstubAllGlobals(); });

const watched = async (navigator: object): Promise<string[]> => {
  vi.stubGlobal('navigator', navigator);
  const told: string[] = [];
  await watchMicrophone((problem: Problem | null) => { told.push(problem?.sentence ?? 'none'); });
  return told;
};

it('says before any call that a page that is not secure has no microphone', async () => {
  expect(await watched({})).toEqual([expect.stringContaining('secure pages only')]);
});

it('has the calls look for a microphone as soon as it is allowed again', async () => {
  const tryAgain = vi.spyOn(soundDevices, 'tryAgain').mockResolvedValue();
  const permission = Object.assign(new EventTarget(), { state: 'denied' });
  const told = await watched({ mediaDevices: new FakeComputer(), permissions: { query: () => Promise.resolve(permission) } });
  expect([told, tryAgain.mock.calls.length]).toEqual([[expect.stringContaining('is blocked')], 0]);
  permission.dispatchEvent(new Event('change'));
  expect(tryAgain).toHaveBeenCalledOnce();
});
