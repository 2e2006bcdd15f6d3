const tick = 2_000;
const slept = 6_000;

/**
 * Calls back where what was open may have died unnoticed: the network has changed, the page is seen again or was taken from the
 * browser's memory, or the whole machine slept, which only its clock tells.
 *
 * @param listener is told since when the page has slept, or null where it has not.
 */
export function onAwake(listener: (asleepSince: Date | null) => void): void {
  let last = Date.now();
  const look = (isCalled: boolean): void => {
    const asleepSince = Date.now() - last > slept ? new Date(last) : null;
    last = Date.now();
    if (isCalled || asleepSince) listener(asleepSince);
  };
  const called = (): void => { look(true); };
  window.addEventListener('online', called);
  window.addEventListener('pageshow', called);
  document.addEventListener('resume', called);
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') called(); });
  (navigator as { connection?: EventTarget }).connection?.addEventListener('change', called);
  setInterval(() => { look(false); }, tick);
}
