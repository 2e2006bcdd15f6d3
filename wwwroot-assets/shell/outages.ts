/** What is away: our own server, room there for one more page, or the telephone system behind it. Since: from then on nothing was heard. */
export interface Outage {
  readonly away: 'server' | 'room' | 'asterisk';
  readonly since: Date;
}

/** Connecting takes a moment, and so does a start of the server: of neither need anybody read. */
export const patience = 1_500;

/** How long after its sleep a page may take to find out that what it followed is gone. */
const foundOutWithin = 15_000;

interface Doubt {
  since: Date;
  /** It has lasted for long enough to be told. */
  ripe: boolean;
  readonly timer: ReturnType<typeof setTimeout>;
}

const asterisk = 'asterisk';

/** Whether what the page shows may be out of date, and why: known to all parts of the page in one place. */
export class Outages {
  readonly #doubts = new Map<string, Doubt>();
  readonly #refused = new Set<object>();
  #now: Outage | null = null;
  /** Nothing was heard while the page slept: since when it did, until when that counts for what turns out to be gone, and what is not. */
  #asleep: { readonly since: Date; readonly until: number; readonly heard: Set<string> } | null = null;
  #ended = false;
  readonly #listeners = new Set<(outage: Outage | null) => void>();

  /** Null while all is well. */
  get now(): Outage | null {
    return this.#now;
  }

  /** Tells how it is now, and from then on each change. */
  onChange(listener: (outage: Outage | null) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#now);
    return () => { this.#listeners.delete(listener); };
  }

  /** Something that follows the server says whether it still does. */
  doubt(what: string, doubtful: boolean): void {
    if (!doubtful) {
      this.#asleep?.heard.add(what);
      this.#drop(what);
    } else if (!this.#doubts.has(what)) this.#add(what, this.#lastHeard(what), patience);
  }

  /** The page has slept, and knows of nothing that was lost meanwhile when that was. */
  slept(since: Date): void {
    this.#asleep = { since, until: Date.now() + foundOutWithin, heard: new Set() };
    for (const [what, doubt] of this.#doubts) {
      if (what !== asterisk && doubt.since > since) doubt.since = since;
    }
    this.#settle();
  }

  /** A connection is refused by a server that is there, or no longer. */
  refuse(connection: object, refused: boolean): void {
    if (refused) this.#refused.add(connection);
    else this.#refused.delete(connection);
    this.#settle();
  }

  /** Since when the telephone system has been away; null where it is there. */
  asterisk(awaySince: Date | null, wait = patience): void {
    const known = this.#doubts.get(asterisk);
    if (!awaySince) this.#drop(asterisk);
    else if (known) known.since = awaySince;
    else this.#add(asterisk, awaySince, wait);
  }

  /** This person is signed out: that nothing is followed any more is as it should be. */
  end(): void {
    this.#ended = true;
    this.#settle();
  }

  #lastHeard(what: string): Date {
    const now = new Date();
    const { since, until, heard } = this.#asleep ?? { since: now, until: 0, heard: new Set() };
    return now.getTime() < until && !heard.has(what) ? since : now;
  }

  #add(what: string, since: Date, wait: number): void {
    const doubt: Doubt = { since, ripe: wait === 0, timer: setTimeout(() => { doubt.ripe = true; this.#settle(); }, wait) };
    this.#doubts.set(what, doubt);
    this.#settle();
  }

  #drop(what: string): void {
    clearTimeout(this.#doubts.get(what)?.timer);
    this.#doubts.delete(what);
    this.#settle();
  }

  #settle(): void {
    const ripe = this.#ended ? [] : [...this.#doubts].filter(([, doubt]) => doubt.ripe);
    const first = Math.min(...ripe.map(([, doubt]) => doubt.since.getTime()));
    const isCutOff = ripe.some(([what]) => what !== asterisk);
    const away = !isCutOff ? 'asterisk' : this.#refused.size > 0 ? 'room' : 'server';
    if (ripe.length === 0 ? this.#now === null : this.#now?.away === away && this.#now.since.getTime() === first) return;
    this.#now = ripe.length === 0 ? null : { away, since: new Date(first) };
    for (const listener of this.#listeners) listener(this.#now);
  }
}
