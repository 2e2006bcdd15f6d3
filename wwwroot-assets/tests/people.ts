import type { Lamp, PeopleMessage } from '../hub/peopleContract';
import type { PeopleSource } from '../hub/peopleFeed';

export function lamp(given: Partial<Lamp> = {}): Lamp {
  return { userId: 'u2', name: 'Grace Hopper', number: '+12025550102', display: '+1 202-555-0102', dial: 'person-2', state: 'available', since: null, ...given };
}

interface Stream { next: (message: PeopleMessage) => void; failed: () => void }

/** The server's side of the colleagues' stream. */
export class FakePeople implements PeopleSource {
  connected = true;
  readonly streams: Stream[] = [];
  #up: () => void = () => undefined;
  #down: () => void = () => undefined;
  onConnected(listener: () => void): () => void { this.#up = listener; return () => { this.#up = () => undefined; }; }
  onDisconnected(listener: () => void): () => void { this.#down = listener; return () => { this.#down = () => undefined; }; }
  watch(next: Stream['next'], failed: Stream['failed']): () => void {
    this.streams.push({ next, failed });
    return () => undefined;
  }
  say(message: PeopleMessage): void { this.streams.at(-1)?.next(message); }
  drop(): void { this.connected = false; this.#down(); }
  comeBack(): void { this.connected = true; this.#up(); }
}
