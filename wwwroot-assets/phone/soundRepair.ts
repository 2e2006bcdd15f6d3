/** How long one try may take, and how long the server then has to hear this side before it counts as repaired. */
const tryBound = 4_000;
const heardWithin = 3_000;

/**
 * Gets a call's sound back whose network has changed under it: addresses are exchanged anew (an ICE restart) as soon as the line is
 * known to be alive. While that is tried, the call is not asked back; where it fails, it may be.
 */
export class SoundRepair {
  #lost = false;
  #trying = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Restart settles with false where the far side did not take it. */
  constructor(private readonly restart: () => Promise<boolean>, private readonly tell: (repairing: boolean) => void) {}

  get isLost(): boolean {
    return this.#lost;
  }

  /** What ICE says of the sound; true where it was lost in this moment. */
  ice(state: RTCIceConnectionState | undefined): boolean {
    if (state === 'connected' || state === 'completed') this.#back();
    if ((state !== 'disconnected' && state !== 'failed') || this.#lost) return false;
    this.#lost = true;
    this.#trying = false;
    clearTimeout(this.#timer);
    this.tell(true);
    return true;
  }

  /** The line is alive: what is lost is tried, unless it is being tried. */
  attempt(): void {
    if (!this.#lost || this.#trying) return;
    this.#trying = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { this.#failed(); }, tryBound);
    this.restart().then((taken) => { if (!taken) this.#failed(); }, () => { this.#failed(); });
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#lost = false;
  }

  #back(): void {
    if (!this.#lost) return;
    this.#lost = false;
    this.#trying = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { this.tell(false); }, heardWithin);
  }

  #failed(): void {
    if (!this.#lost || !this.#trying) return;
    this.#trying = false;
    clearTimeout(this.#timer);
    this.tell(false);
  }
}
