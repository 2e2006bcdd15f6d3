const name = 'aridialer-phone';

/** Decides which of the tabs is the phone: the one that holds the lock. */
export class TabLock {
  #held = false;

  constructor(private readonly onHeld: () => void, private readonly onElsewhere: () => void) {}

  /** Takes the lock if it is free; else says so and waits until the other tab is closed. */
  start(): void {
    void navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      if (lock) return this.#hold();
      this.onElsewhere();
      void this.#wait();
      return undefined;
    }).catch(() => { this.#lost(); });
  }

  /** Takes the phone from the tab that has it. */
  takeOver(): void {
    void navigator.locks.request(name, { steal: true }, () => this.#hold()).catch(() => { this.#lost(); });
  }

  async #wait(): Promise<void> {
    // Held already when this tab took the phone over while it was waiting in the queue.
    await navigator.locks.request(name, () => (this.#held ? undefined : this.#hold())).catch(() => { this.#lost(); });
  }

  #hold(): Promise<void> {
    this.#held = true;
    this.onHeld();
    // For as long as the tab lives, or until another one steals it.
    return new Promise(() => undefined);
  }

  #lost(): void {
    this.#held = false;
    this.onElsewhere();
    void this.#wait();
  }
}
