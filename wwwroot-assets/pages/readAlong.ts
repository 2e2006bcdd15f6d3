import type { LiveWords } from '../hub/contract';
import { setText } from '../shell/dom';
import { goTo } from '../shell/navigation';
import { SaidLines } from './saidLines';

/** What the page needs of the hub. */
export interface WordsSource {
  readonly connected: boolean;
  onConnected(listener: () => void): () => void;
  onDisconnected(listener: () => void): () => void;
  readAlong(callId: string, next: (message: LiveWords) => void, failed: () => void): () => void;
}

const retryAfter = 2_000;

const states = {
  off: 'Not recorded', announcing: 'Being announced', listening: 'Listening', paused: 'Paused', later: 'After the call', missing: 'After the call', over: 'Over',
} as const;

/** /live/{id}: a call's words as they are said. Gives what ends it when another page comes. */
export function startReadAlong(root: HTMLElement, hub: WordsSource, doubt: (doubtful: boolean) => void): () => void {
  const page = new ReadAlong(root, hub, doubt);
  return () => { page.end(); };
}

class ReadAlong {
  readonly #lines: SaidLines;
  readonly #stops: (() => void)[];
  readonly #callId: string;
  #stopStream: (() => void) | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #isOver = false;

  constructor(private readonly root: HTMLElement, private readonly hub: WordsSource, private readonly doubt: (doubtful: boolean) => void) {
    this.#callId = root.dataset.call ?? '';
    this.#lines = new SaidLines(this.#part('lines'), this.#part('follow'), this.#part('new'));
    this.#stops = [
      hub.onConnected(() => { this.#read(); }),
      hub.onDisconnected(() => {
        this.#stopReading();
        // What was said in a call that is over stays as it is.
        if (!this.#isOver) this.doubt(true);
      }),
    ];
    if (hub.connected) this.#read();
  }

  end(): void {
    this.#stopReading();
    this.doubt(false);
    for (const stop of this.#stops) stop();
    this.#lines.end();
  }

  #read(): void {
    this.#stopReading();
    if (this.#isOver) return;
    this.#stopStream = this.hub.readAlong(this.#callId, (message) => { this.#show(message); }, () => { this.#failed(); });
  }

  #show(message: LiveWords): void {
    this.#failures = 0;
    this.doubt(false);
    this.#lines.show(message.lines, message.kind === 'snapshot');
    this.root.dataset.state = message.state;
    setText(this.#part('state'), states[message.state]);
    this.#isOver = message.state === 'over';
    const sentence = this.#part('sentence');
    setText(sentence, this.#isOver ? '' : message.sentence ?? (this.#lines.isEmpty ? 'Nobody has said anything yet.' : ''));
    sentence.hidden = sentence.textContent === '';
    this.#part('view').hidden = this.#lines.isEmpty;
    this.#part('over').hidden = !this.#isOver;
    // It could not be measured while it was hidden.
    this.#lines.settle();
  }

  #failed(): void {
    this.#stopReading();
    if (this.#isOver) return;
    this.doubt(true);
    // The call ended while nobody could tell, or this person has left it: its page says what became of it.
    if (++this.#failures > 2 && this.hub.connected) {
      goTo(this.root.dataset.history ?? '/history');
      return;
    }
    this.#retry = setTimeout(() => { if (this.hub.connected) this.#read(); }, retryAfter);
  }

  #stopReading(): void {
    clearTimeout(this.#retry);
    this.#stopStream?.();
    this.#stopStream = null;
  }

  #part(name: string): HTMLElement {
    const element = this.root.querySelector<HTMLElement>(`[data-read-${name}]`);
    if (!element) throw new Error(`The page has no ${name}.`);
    return element;
  }
}
