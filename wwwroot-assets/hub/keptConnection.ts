import { HubConnectionBuilder, HubConnectionState, LogLevel, type HubConnection } from '@microsoft/signalr';
import { backoff } from '../shell/backoff';

/** A connection to one of the server's hubs: kept for as long as the page lives, re-made whenever it breaks. */
export class KeptConnection {
  protected readonly connection: HubConnection;
  readonly #connected = new Set<() => void>();
  readonly #disconnected = new Set<() => void>();
  #stopped = false;
  #attempt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(url: string) {
    this.connection = new HubConnectionBuilder().withUrl(url).configureLogging(LogLevel.None).build();
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
    } catch {
      this.#later();
      return;
    }
    this.#attempt = 0;
    for (const listener of this.#connected) listener();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retry);
    void this.connection.stop();
  }

  hurry(): void {
    if (this.#retry === undefined) return;
    clearTimeout(this.#retry);
    this.#retry = undefined;
    void this.start();
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

  #later(): void {
    if (this.#stopped) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      void this.start();
    }, backoff(this.#attempt++));
  }
}
