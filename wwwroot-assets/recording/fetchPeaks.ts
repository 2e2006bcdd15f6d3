import { readPeaks, type Peaks } from './peaks';

/** The numbers to draw from; null where the server does not have them, or cannot be reached. */
export async function fetchPeaks(address: string, signal: AbortSignal): Promise<Peaks | null> {
  try {
    const answer = await fetch(address, { signal, headers: { Accept: 'application/json' } });
    return answer.ok ? readPeaks(await answer.json()) : null;
  } catch {
    return null;
  }
}
