import type { PhoneCall } from './phoneState';
import type { SipLine } from './sipLine';

/** Which line each call is on: it may be another than the one that calls come in on by now. */
export class CallLines {
  readonly #lines = new Map<number, SipLine>();
  /** Given up, and closed with their last call. */
  readonly #leaving = new Set<SipLine>();

  of(token: number): SipLine | undefined {
    return this.#lines.get(token);
  }

  put(token: number, line: SipLine): void {
    this.#lines.set(token, line);
  }

  leave(line: SipLine): void {
    this.#leaving.add(line);
  }

  /** Forgets the calls that are over, and closes the lines that were only kept for them. */
  sweep(calls: readonly PhoneCall[]): void {
    for (const token of this.#lines.keys()) {
      if (!calls.some((call) => call.token === token)) this.#lines.delete(token);
    }
    const inUse = new Set(this.#lines.values());
    for (const line of this.#leaving) {
      if (inUse.has(line)) continue;
      this.#leaving.delete(line);
      line.close();
    }
  }
}
