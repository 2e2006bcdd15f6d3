import type { ChosenPresence, Lamp, PeopleMessage } from './peopleContract';

/** What the feed needs of the hub. */
export interface PeopleSource {
  readonly connected: boolean;
  onConnected(listener: () => void): () => void;
  onDisconnected(listener: () => void): () => void;
  watch(next: (message: PeopleMessage) => void, failed: () => void): () => void;
}

/** The colleagues as the server last told them. */
export interface People {
  readonly lamps: ReadonlyMap<string, Lamp>;
  readonly chosen: ChosenPresence;
  readonly favourites: ReadonlySet<string>;
  /** False while what is shown may be out of date. */
  readonly fresh: boolean;
}

const retryAfter = 2_000;

/** Follows the colleagues for all parts of the page, for as long as the page lives. */
export class PeopleFeed {
  #people: People | null = null;
  #stopStream: (() => void) | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<(people: People) => void>();

  constructor(private readonly source: PeopleSource) {
    source.onConnected(() => { this.#subscribe(); });
    source.onDisconnected(() => { this.#lost(); });
    if (source.connected) this.#subscribe();
  }

  /** Null until the server has told them for the first time. */
  get people(): People | null {
    return this.#people;
  }

  /** Tells what is known now, and from then on each change. */
  onChange(listener: (people: People) => void): () => void {
    this.#listeners.add(listener);
    if (this.#people) listener(this.#people);
    return () => { this.#listeners.delete(listener); };
  }

  #subscribe(): void {
    this.#end();
    this.#stopStream = this.source.watch((message) => { this.#apply(message); }, () => {
      this.#lost();
      this.#retry = setTimeout(() => { if (this.source.connected) this.#subscribe(); }, retryAfter);
    });
  }

  #apply(message: PeopleMessage): void {
    const known = this.#people;
    const lamps = new Map(message.kind === 'snapshot' ? [] : known?.lamps);
    for (const lamp of message.people) lamps.set(lamp.userId, lamp);
    for (const userId of message.gone) lamps.delete(userId);
    this.#show({
      lamps,
      chosen: message.mine?.chosen ?? known?.chosen ?? 'available',
      favourites: message.mine ? new Set(message.mine.favourites) : known?.favourites ?? new Set(),
      fresh: true,
    });
  }

  #lost(): void {
    this.#end();
    if (this.#people) this.#show({ ...this.#people, fresh: false });
  }

  #show(people: People): void {
    this.#people = people;
    for (const listener of this.#listeners) listener(people);
  }

  #end(): void {
    clearTimeout(this.#retry);
    this.#stopStream?.();
    this.#stopStream = null;
  }
}
