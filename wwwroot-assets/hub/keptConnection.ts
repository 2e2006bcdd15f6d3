import { HubConnectionBuilder, HubConnectionState, LogLevel, type HubConnection } from '@microsoft/signalr';
import { backoff } from '../shell/backoff';

/** The server says something each 5 s; who has heard nothing for this long is cut off. */
const silenceBound = 12_000;
const pingEvery = 5_000;
/** How long the server may take to say that it is there, and to answer the request that begins a connection. */
const signBound = 2_500;
const requestBound = 8_000;

/** A connection to one of the server's hubs: kept for as long as the page lives, re-made whenever it breaks. */
export class KeptConnection {
  protected readonly connection: HubConnection;
  readonly #connected = new Set<() => void>();
  readonly #disconnected = new Set<() => void>();
  readonly #signedOut = new Set<() => void>();
  readonly #refused = new Set<(refused: boolean) => void>();
  #isRefused = false;
  #stopped = false;
  #attempt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(url: string) {
    this.connection = new HubConnectionBuilder().withUrl(url, { timeout: requestBound }).configureLogging(LogLevel.None)
      .withServerTimeout(silenceBound).withKeepAliveInterval(pingEvery).build();
    this.connection.onclose(() => {
      for (const listener of this.#disconnected) listener();
      this.#later();
    });
  }

  get connected(): boolean {
    return this.connection.state === HubConnectionState.Connected;
  }

  async start(): Promise<void> {
    if (this.#stopped || this.connection.state !== HubConnectionState.Disconnected) return;
    try {
      await this.connection.start();
    } catch (error) {
      this.#setRefused(hasStatus(error, 429));
      if (hasStatus(error, 401)) this.#end();
      else this.#later();
      return;
    }
    this.#setRefused(false);
    this.#attempt = 0;
    for (const listener of this.#connected) listener();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retry);
    void this.connection.stop();
  }

  /** The page has slept, or its network has changed: what is connected has to show it, and what waits for its next try tries. */
  hurry(): void {
    if (this.connected) void this.#check();
    if (this.#retry === undefined) return;
    this.#attempt = 0;
    clearTimeout(this.#retry);
    this.#retry = undefined;
    void this.start();
  }

  /** The sign-in is over: nothing is tried any more. */
  onSignedOut(listener: () => void): void {
    this.#signedOut.add(listener);
  }

  /** The server is there but takes no more of this person's connections, or takes them again: one is tried for all the same. */
  onRefused(listener: (refused: boolean) => void): void {
    this.#refused.add(listener);
  }

  onConnected(listener: () => void): () => void {
    this.#connected.add(listener);
    return () => { this.#connected.delete(listener); };
  }

  onDisconnected(listener: () => void): () => void {
    this.#disconnected.add(listener);
    return () => { this.#disconnected.delete(listener); };
  }

  /** Follows a stream. Whatever ends it, also a message that cannot be read, is told once as failed. */
  protected follow(method: string, args: readonly unknown[], next: (item: unknown) => void, failed: () => void): () => void {
    let over = false;
    const fail = (): void => { if (!over) { over = true; failed(); } };
    const subscription = this.connection.stream<unknown>(method, ...args).subscribe({
      next: (item) => {
        if (over) return;
        try {
          next(item);
        } catch {
          subscription.dispose();
          fail();
        }
      },
      error: fail,
      complete: fail,
    });
    return () => {
      if (over) return;
      over = true;
      if (this.connected) subscription.dispose();
    };
  }

  async #check(): Promise<void> {
    let bound: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<false>((resolve) => { bound = setTimeout(() => { resolve(false); }, signBound); });
    const isThere = await Promise.race([late, this.connection.invoke('StillThere').then(() => true, () => true)]);
    clearTimeout(bound);
    if (isThere || !this.connected) return;
    // A connection that is dead without a word is ended here, and made anew at once.
    await this.connection.stop();
    this.hurry();
  }

  #end(): void {
    this.stop();
    for (const listener of this.#signedOut) listener();
  }

  #setRefused(refused: boolean): void {
    if (refused === this.#isRefused) return;
    this.#isRefused = refused;
    for (const listener of this.#refused) listener(refused);
  }

  #later(): void {
    if (this.#stopped) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      void this.start();
    }, backoff(this.#attempt++));
  }
}

/** The hub says so before any connection is made. The library tells the status in its words only. */
function hasStatus(error: unknown, status: number): boolean {
  return error instanceof Error && error.message.includes(`Status code '${String(status)}'`);
}
