import { HubConnectionBuilder, HubConnectionState, LogLevel, type HubConnection } from '@microsoft/signalr';
import { backoff } from '../shell/backoff';
import { answered } from './answered';
import { controlView, liveMessage, numberPreview, type ControlView, type LiveMessage, type LiveScope, type NumberPreview } from './contract';
import type { Control } from './controls';
import type { LiveSource } from './liveFeed';

/** The page's one connection to the server's hub: kept for as long as the page lives, re-made whenever it breaks. */
export class CallsHub implements LiveSource {
  readonly #connection: HubConnection;
  readonly #connected = new Set<() => void>();
  readonly #disconnected = new Set<() => void>();
  #stopped = false;
  #attempt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(url: string) {
    this.#connection = new HubConnectionBuilder().withUrl(url).configureLogging(LogLevel.None).build();
    this.#connection.onclose(() => {
      for (const listener of this.#disconnected) listener();
      this.#later();
    });
  }

  get connected(): boolean {
    return this.#connection.state === HubConnectionState.Connected;
  }

  async start(): Promise<void> {
    if (this.#stopped || this.#connection.state !== HubConnectionState.Disconnected) return;
    try {
      await this.#connection.start();
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
    void this.#connection.stop();
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

  /** The server ended this sign-in: signed out elsewhere, or disabled. */
  onSessionEnded(listener: (sentence: string) => void): void {
    this.#connection.on('SessionEnded', (sentence: unknown) => { listener(typeof sentence === 'string' ? sentence : ''); });
  }

  watch(scope: LiveScope, next: (message: LiveMessage) => void, failed: () => void): () => void {
    let over = false;
    const fail = (): void => { if (!over) { over = true; failed(); } };
    const subscription = this.#connection.stream<unknown>('Watch', scope).subscribe({
      next: (item) => {
        if (over) return;
        try {
          next(liveMessage(item, 'live'));
        } catch {
          // A message that cannot be read is as good as one that is missing.
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

  /** Fails where the server cannot be reached, or says nothing for long: nobody knows then whether it was done. */
  async control(control: Control): Promise<ControlView> {
    const [method, ...given] = control;
    return controlView(await answered(this.#connection.invoke(method, ...given)), method);
  }

  async resolve(text: string): Promise<NumberPreview> {
    return numberPreview(await this.#connection.invoke('Resolve', text), 'Resolve');
  }

  async callMe(): Promise<void> {
    await this.#connection.invoke('CallMe');
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
