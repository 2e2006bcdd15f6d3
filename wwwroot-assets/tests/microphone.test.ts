import { afterEach, expect, it, vi } from 'vitest';
import { watchMicrophone } from '../phone/microphone';
import type { Problem } from '../phone/problems';

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
