import { duration } from '../shell/duration';

/** 83.4 -> "1:23". */
export function clock(seconds: number): string {
  return duration(seconds * 1_000);
}

/** As one says it: "23 seconds", "1 minute 23", "4 minutes", "1 hour 2 minutes 3". */
export function timeWords(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60];
  const words = [counted(hours, 'hour'), counted(minutes, 'minute')].filter((word) => word !== '');
  if (rest > 0 || words.length === 0) words.push(minutes > 0 ? String(rest) : counted(rest, 'second') || '0 seconds');
  return words.join(' ');
}

/** "1 minute 23 of 4 minutes". */
export function positionWords(at: number, length: number): string {
  return `${timeWords(at)} of ${timeWords(length)}`;
}

function counted(count: number, unit: string): string {
  return count === 0 ? '' : `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** The second that an address names: "?t=83" -> 83; null where it names none. */
export function secondIn(query: string): number | null {
  const given = new URLSearchParams(query).get('t')?.trim() ?? '';
  return /^\d+(\.\d+)?$/.test(given) ? Number(given) : null;
}
