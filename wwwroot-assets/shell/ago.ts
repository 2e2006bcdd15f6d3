const units = [['minute', 60], ['hour', 3_600], ['day', 86_400]] as const;
const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const week = 7 * 86_400;

/** "just now", "5 minutes ago", "yesterday"; what is older than a week by its date, in the reader's own time. */
export function ago(at: Date, now: Date): string {
  // A clock that runs behind the server's would tell of the future.
  const seconds = Math.max(0, (now.getTime() - at.getTime()) / 1_000);
  if (seconds >= week) return at.toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
  const unit = units.findLast(([, length]) => seconds >= length);
  return unit ? words.format(-Math.floor(seconds / unit[1]), unit[0]) : 'just now';
}
