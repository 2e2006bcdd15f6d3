const tick = 2_000;
const slept = 6_000;

/**
 * Calls back where what was open may have died unnoticed: the network has changed, the page is seen again or was taken from the
 * browser's memory, or the whole machine slept, which only its clock tells.
 */
export function onAwake(listener: () => void): void {
  window.addEventListener('online', listener);
  window.addEventListener('pageshow', listener);
  document.addEventListener('resume', listener);
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') listener(); });
  (navigator as { connection?: EventTarget }).connection?.addEventListener('change', listener);
  let last = Date.now();
  setInterval(() => {
    const now = Date.now();
    if (now - last > slept) listener();
    last = now;
  }, tick);
}
