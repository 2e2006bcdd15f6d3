import type { CallView, LiveMessage, LiveScope } from './contract';
import { applyMessage, type LiveCalls } from './liveCalls';

/** What the feed needs of the hub. */
export interface LiveSource {
  readonly connected: boolean;
  onConnected(listener: () => void): () => void;
  onDisconnected(listener: () => void): () => void;
  watch(scope: LiveScope, next: (message: LiveMessage) => void, failed: () => void): () => void;
}

export interface LiveListener {
  /** The calls as they are now; ended holds those that this change ended. */
  changed(calls: ReadonlyMap<string, CallView>, ended: readonly CallView[]): void;
  /** False from the moment that what is shown may be out of date until the next snapshot. */
  fresh(fresh: boolean): void;
}

const retryAfter = 2_000;

/** Follows the live calls, and by itself gets them right again after a lost connection or a gap. */
export class LiveFeed {
  #live: LiveCalls | null = null;
  #stopStream: (() => void) | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  readonly #stops: (() => void)[];

  constructor(private readonly source: LiveSource, private readonly scope: LiveScope, private readonly listener: LiveListener) {
    this.#stops = [
      source.onConnected(() => { this.#subscribe(); }),
      source.onDisconnected(() => { this.#end(); listener.fresh(false); }),
    ];
    if (source.connected) this.#subscribe();
  }

  stop(): void {
    this.#end();
    for (const stop of this.#stops) stop();
  }

  #subscribe(): void {
    this.#end();
    const stop = this.source.watch(
      this.scope,
      (message) => { this.#apply(message); },
      () => {
        this.#end();
        this.listener.fresh(false);
        this.#retry = setTimeout(() => { if (this.source.connected) this.#subscribe(); }, retryAfter);
      },
    );
    this.#stopStream = stop;
  }

  #apply(message: LiveMessage): void {
    const next = applyMessage(this.#live, message);
    if (next === 'gap') {
      this.listener.fresh(false);
      this.#subscribe();
      return;
    }
    this.#live = next;
    this.listener.changed(next.calls, message.calls.filter((call) => call.state === 'ended'));
    if (message.kind === 'snapshot') this.listener.fresh(true);
  }

  #end(): void {
    clearTimeout(this.#retry);
    this.#live = null;
    this.#stopStream?.();
    this.#stopStream = null;
  }
}
