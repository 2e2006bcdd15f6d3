/** How loud each side was, from 0 to 127, a number for each of equally long pieces of the recording. */
export interface Peaks {
  readonly perSecond: number;
  readonly left: readonly number[];
  readonly right: readonly number[];
}

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A peak below this is no speech: 2 of 127 is -36 dB. */
const quiet = 3;
const shortest = 1.5;
/** What is left of a silence on both ends, so that no word is cut. */
const margin = 0.25;
/** A recording in which everybody whispers is not drawn as if they shouted. */
const leastLoud = 24;
/** With fewer than the bars that fit into the page, the bars would stand apart. */
const fewest = 1_000;

/** What the server sent, where it is what a waveform has to be. */
export function readPeaks(sent: unknown): Peaks | null {
  if (typeof sent !== 'object' || sent === null) return null;
  const { perSecond, left, right } = sent as Record<string, unknown>;
  if (typeof perSecond !== 'number' || !(perSecond > 0) || !isNumbers(left) || !isNumbers(right)) return null;
  return { perSecond, left, right };
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'number' && Number.isFinite(one));
}

/** Both sides from 0 to 1, on one scale, and as long as the recording: where the numbers end before it, it is flat. */
export function drawable({ perSecond, left, right }: Peaks, seconds: number): [number[], number[]] {
  const loudest = [left, right].reduce((most, side) => side.reduce((a, b) => Math.max(a, b), most), leastLoud);
  const given = seconds * perSecond;
  const count = Math.max(fewest, Math.round(given));
  const scaled = (side: readonly number[]): number[] =>
    Array.from({ length: count }, (_, index) => Math.min(1, Math.max(0, side[Math.floor((index * given) / count)] ?? 0) / loudest));
  return [scaled(left), scaled(right)];
}

/** The stretches in which nobody speaks for longer than 1.5 seconds, without the margins that are played. */
export function silences({ perSecond, left, right }: Peaks): Stretch[] {
  const count = Math.min(left.length, right.length);
  const found: Stretch[] = [];
  let begin: number | null = null;
  for (let index = 0; index <= count; index++) {
    const isQuiet = index < count && (left[index] ?? 0) < quiet && (right[index] ?? 0) < quiet;
    if (isQuiet) begin ??= index;
    else if (begin !== null) {
      const [from, to] = [begin / perSecond, index / perSecond];
      if (to - from > shortest) found.push({ from: begin === 0 ? 0 : from + margin, to: index === count ? to : to - margin });
      begin = null;
    }
  }
  return found;
}

/** Where to go on from a place within a silence; null where somebody speaks, or is about to. */
export function afterSilence(found: readonly Stretch[], at: number): number | null {
  return found.find(({ from, to }) => at >= from && at < to - 0.1)?.to ?? null;
}
