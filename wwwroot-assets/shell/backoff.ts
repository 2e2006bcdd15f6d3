const first = 1_000;
const longest = 8_000;
const jitter = 0.25;

/**
 * How long to wait before the next try: 1 s doubling up to 8 s, a quarter more or less so that not everybody comes back at once. Longer
 * would spare the server little, and after a restart people look at a page that is out of date.
 */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const base = Math.min(longest, first * 2 ** Math.min(attempt, 10));
  return Math.round(base * (1 + jitter * (2 * random() - 1)));
}
