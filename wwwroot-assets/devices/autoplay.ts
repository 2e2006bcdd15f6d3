import type { Outlet } from './outlet';

/** How long an outlet takes to run where nothing stands in its way, in milliseconds. */
const runsWithin = 2_000;
/** With each of these the browser counts the page as touched; a finger does that only when it is lifted. */
const gestures = ['pointerup', 'click', 'keydown'] as const;

/** Browsers let a page sound only after somebody touched it, unless they trust it. Wakes an outlet with the first touch, and tells where one is needed. */
export class Autoplay {
  #isExpected = false;
  #isLate = false;
  #hasRun = false;
  #isBlocked = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<(isBlocked: boolean) => void>();

  constructor(private readonly outlet: Outlet) {
    for (const gesture of gestures) document.addEventListener(gesture, this.#onTouch, { capture: true });
  }

  /** Tells, at each change, whether nothing can be heard that is expected to be. */
  onChange(listener: (isBlocked: boolean) => void): void {
    this.#listeners.add(listener);
  }

  /** Something may have to be heard at any moment, or need not any more. */
  expect(isExpected: boolean): void {
    if (isExpected === this.#isExpected) return;
    this.#isExpected = isExpected;
    this.#isLate = false;
    clearTimeout(this.#timer);
    if (isExpected) {
      this.outlet.wake();
      this.outlet.context.addEventListener('statechange', this.#look);
      this.#timer = setTimeout(() => {
        this.#isLate = true;
        this.#look();
      }, runsWithin);
    }
    this.#look();
  }

  readonly #look = (): void => {
    this.#hasRun ||= this.outlet.runs;
    // Where somebody has touched the page, and it is silent all the same, it is not for the want of a touch.
    const isBlocked = this.#isExpected && this.#isLate && !this.#hasRun && !isTouched();
    if (isBlocked === this.#isBlocked) return;
    this.#isBlocked = isBlocked;
    for (const listener of this.#listeners) listener(isBlocked);
  };

  readonly #onTouch = (): void => {
    this.outlet.wake();
    this.#look();
    if (!this.#hasRun) return;
    for (const gesture of gestures) document.removeEventListener(gesture, this.#onTouch, { capture: true });
  };
}

function isTouched(): boolean {
  return (navigator.userActivation as UserActivation | undefined)?.hasBeenActive === true;
}
