/** How long it is tried, how often it is listened after each exchange, and how long the server then has to hear this side. */
const tryBound = 5_000;
const listens = 3;
const heardWithin = 3_000;

/** What a repair needs of its call. */
export interface RepairedCall {
  /** Exchanges addresses anew (an ICE restart); false where the far side did not take it. */
  restart(): Promise<boolean>;
  /** Listens for a moment whether anything comes. */
  isHeard(): Promise<boolean>;
  /** True while the sound is lost and looked for. */
  repairing(on: boolean): void;
  /** It was tried in vain, and there is no way for sound any more. */
  gaveUp(): void;
}

/**
 * Gets a call's sound back whose network has changed under it: addresses are exchanged anew as soon as the line is known to be alive.
 * While that is tried, the call is not asked back; where it fails, it is, whatever the server hears: where only the answer to an exchange
 * was lost, Asterisk already waits at the new addresses, counts what still comes from the old ones, and lets none of it through. Asterisk 22 takes new ICE credentials in a re-INVITE and
 * keeps the keys: sound is there a tenth of a second after its answer.
 */
export class SoundRepair {
  #lost = false;
  #trying = false;
  #over = false;
  #hasWay = true;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly call: RepairedCall) {}

  /** What ICE says of the sound; true where it was lost in this moment. It takes ICE five seconds to say so. */
  ice(state: RTCIceConnectionState): boolean {
    if (state === 'connected' || state === 'completed') {
      this.#hasWay = true;
      this.#back();
    }
    if (state !== 'disconnected' && state !== 'failed') return false;
    this.#hasWay = false;
    if (this.#lost && !this.#trying && state === 'failed') this.call.gaveUp();
    return this.#lose();
  }

  /** The network may have changed, and the line is alive: where nothing is heard, that is not waited for. */
  async suspect(): Promise<void> {
    if (!this.#lost && (this.#over || await this.call.isHeard() || !this.#lose())) return;
    this.attempt();
  }

  /** The line is alive: what is lost is tried, unless it is being tried. */
  attempt(): void {
    if (!this.#lost || this.#trying) return;
    this.#trying = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { this.#failed(); }, tryBound);
    this.#try().catch(() => { this.#failed(); });
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#lost = false;
    this.#over = true;
  }

  #lose(): boolean {
    if (this.#lost || this.#over) return false;
    this.#lost = true;
    this.#trying = false;
    clearTimeout(this.#timer);
    this.call.repairing(true);
    return true;
  }

  /** A browser knows its new addresses up to two seconds after its network: addresses exchanged before that are the old ones. */
  async #try(): Promise<void> {
    while (this.#isOpen()) {
      if (!await this.call.restart()) {
        this.#failed();
        return;
      }
      for (let n = 0; n < listens && this.#isOpen(); n++) if (await this.call.isHeard()) this.#back();
    }
  }

  #isOpen(): boolean {
    return this.#lost && this.#trying;
  }

  #back(): void {
    if (!this.#lost) return;
    this.#lost = false;
    this.#trying = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { this.call.repairing(false); }, heardWithin);
  }

  #failed(): void {
    if (!this.#lost || !this.#trying) return;
    this.#trying = false;
    clearTimeout(this.#timer);
    this.call.repairing(false);
    if (!this.#hasWay) this.call.gaveUp();
  }
}
