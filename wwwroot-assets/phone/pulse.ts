/** How often a socket on which nothing comes is asked for a sign of life, and how long that may take. */
const every = 4_000;
const within = 4_000;
/** How long where something else says already that the network has changed. */
const withinHurry = 1_500;
/** A timer that comes so much too late has slept with the page. */
const slept = 2_000;

/** Whether a socket is alive. A browser does not tell: a cable that is pulled, or a lid that is closed, closes nothing. */
export class Pulse {
  #running = false;
  #checking = false;
  #next: ReturnType<typeof setTimeout> | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly ask: () => void, private readonly alive: (wasChecked: boolean) => void, private readonly dead: () => void) {}

  start(): void {
    this.stop();
    this.#running = true;
    this.#later();
  }

  stop(): void {
    this.#running = false;
    this.#checking = false;
    clearTimeout(this.#next);
    clearTimeout(this.#deadline);
    this.#deadline = undefined;
  }

  /** Something came over it. */
  heard(): void {
    if (!this.#running) return;
    const wasAsked = this.#deadline !== undefined;
    clearTimeout(this.#deadline);
    this.#deadline = undefined;
    this.#later();
    const wasChecked = this.#checking;
    this.#checking = false;
    if (wasAsked) this.alive(wasChecked);
  }

  /** Asks at once, and does not wait for long. */
  check(): void {
    this.#checking = true;
    this.#ask(withinHurry);
  }

  #ask(patience: number): void {
    if (!this.#running) return;
    clearTimeout(this.#next);
    clearTimeout(this.#deadline);
    const askedAt = Date.now();
    this.#deadline = setTimeout(() => {
      if (Date.now() - askedAt > patience + slept) {
        this.check();
        return;
      }
      this.stop();
      this.dead();
    }, patience);
    this.ask();
  }

  #later(): void {
    clearTimeout(this.#next);
    this.#next = setTimeout(() => { this.#ask(within); }, every);
  }
}
