/** A stretch of the recording in which something is said. */
export interface Spoken {
  readonly from: number;
  readonly to: number;
}

// The player tells its position ten times a second, and engines part words a little late.
const linger = .25;

/** Which one of them is said at a second, -1 for none. They are in the order of their beginnings. */
export function spokenAt(stretches: readonly Spoken[], seconds: number): number {
  const last = lastBefore(stretches, seconds);
  const one = stretches[last];
  return one && seconds < one.to + linger ? last : -1;
}

/** The last one that has begun by a second, -1 for none. */
export function lastBefore(stretches: readonly Spoken[], seconds: number): number {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = stretches[middle];
    if (one && one.from <= seconds) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
