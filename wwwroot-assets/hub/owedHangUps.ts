import type { CallView } from './contract';

/**
 * Hang-ups that the server has not taken yet. Somebody who hangs up while the page is cut off has left: the other side must not
 * wait in a dead call, so it is said again as soon as the server, which may have been restarted meanwhile, shows the call.
 */
export class OwedHangUps {
  readonly #owed = new Set<string>();
  /** Said, and not answered yet. */
  readonly #said = new Set<string>();

  constructor(private readonly send: (callId: string) => Promise<string>) {}

  hangUp(callId: string): void {
    this.#owed.add(callId);
    void this.#say(callId);
  }

  /** The live calls as the server now has them, and those that are over. */
  seen(calls: ReadonlyMap<string, CallView>, ended: readonly CallView[] = []): void {
    for (const { id } of ended) this.#owed.delete(id);
    for (const callId of this.#owed) {
      if (calls.has(callId) && !this.#said.has(callId)) void this.#say(callId);
    }
  }

  async #say(callId: string): Promise<void> {
    this.#said.add(callId);
    try {
      // A server that has just started may not know the call yet.
      if (await this.send(callId) !== 'no-such-call') this.#owed.delete(callId);
    } catch {
      // Cut off: still owed.
    }
    this.#said.delete(callId);
  }
}
