import { setText } from './dom';

const two = (value: number): string => String(value).padStart(2, '0');

/** The reader's own day, and the time of it: written as the server writes UTC, so that both look alike. */
export function localTime(at: Date, part: 'date' | 'both'): string {
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return part === 'date' ? day : `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** Shows the page's moments in the reader's time, and has a form whose days are theirs say which time that is. */
export function showLocalTimes(page: ParentNode = document): void {
  for (const time of page.querySelectorAll<HTMLTimeElement>('time[data-local]')) {
    const at = new Date(time.dateTime);
    if (!Number.isNaN(at.getTime())) setText(time, localTime(at, time.dataset.local === 'date' ? 'date' : 'both'));
  }
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const field of page.querySelectorAll<HTMLInputElement>('input[data-zone]')) {
    field.value = zone;
    for (const hint of field.form?.querySelectorAll('[data-utc]') ?? []) hint.remove();
  }
}

/** Now, and for each page that Turbo shows; also for the one that a form with a mistake comes back with. */
export function startLocalTimes(): void {
  showLocalTimes();
  document.addEventListener('turbo:render', () => { showLocalTimes(); });
}
