const name = 'aridialer-phone';

/** Decides which of the tabs is the phone: the one that holds the lock. */
export class TabLock {
  // A page that is not secure has no locks: there each tab is a phone, though one without a microphone.
  readonly #locks = navigator.locks as LockManager | undefined;
  readonly #stopped = new AbortController();
  #held = false;
  #release: () => void = () => undefined;

  constructor(private readonly onHeld: () => void, private readonly onElsewhere: () => void) {}

  /** Takes the lock if it is free; else says so and waits until the other tab is closed. */
  start(): void {
    if (!this.#locks) {
      this.onHeld();
      return;
    }
    void this.#locks.request(name, { ifAvailable: true }, (lock) => {
      if (lock) return this.#hold();
      this.#lost();
      return undefined;
    }).catch(() => { this.#lost(); });
  }

  /** Takes the phone from the tab that has it. */
  takeOver(): void {
    void this.#locks?.request(name, { steal: true }, () => this.#hold()).catch(() => { this.#lost(); });
  }

  /** Leaves the lock to the other tabs, for good. */
  stop(): void {
    this.#stopped.abort();
    this.#release();
  }

  async #wait(): Promise<void> {
    // Held already when this tab took the phone over while it was waiting in the queue.
    await this.#locks?.request(name, { signal: this.#stopped.signal }, () => (this.#held ? undefined : this.#hold())).catch(() => { this.#lost(); });
  }

  #hold(): Promise<void> {
    if (this.#stopped.signal.aborted) return Promise.resolve();
    this.#held = true;
    this.onHeld();
    // For as long as the tab lives or is signed in, or until another one steals it.
    return new Promise((resolve) => { this.#release = resolve; });
  }

  #lost(): void {
    if (this.#stopped.signal.aborted) return;
    this.#held = false;
    this.onElsewhere();
    void this.#wait();
  }
}
