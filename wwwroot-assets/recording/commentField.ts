import { setText } from '../shell/dom';
import { clock } from './timeWords';

/**
 * Which moment a new comment belongs to: where the recording is, until somebody writes. Then it stays, and only they
 * themselves move it.
 */
export class CommentMoment {
  #at = 0;
  #here = 0;

  get at(): number {
    return this.#at;
  }

  get here(): number {
    return this.#here;
  }

  move(here: number, isWriting: boolean): void {
    this.#here = here;
    if (!isWriting) this.#at = here;
  }

  take(): void {
    this.#at = this.#here;
  }

  /** Whether the recording has gone on to another second than the comment's. */
  get hasLeft(): boolean {
    return Math.floor(this.#at) !== Math.floor(this.#here);
  }
}

/** The field for a comment. The server sends it anew with each comment, so its parts are looked up each time. */
export class CommentField {
  readonly #moment = new CommentMoment();
  #hasWritten = false;

  constructor(private readonly root: HTMLElement) {
    root.addEventListener('click', (event) => {
      if (!(event.target instanceof Element) || !event.target.closest('[data-comment-here]')) return;
      this.#moment.take();
      this.#show();
      this.#text?.focus();
    });
    root.addEventListener('turbo:submit-start', (event) => {
      this.#hasWritten = event.target instanceof Element && event.target.matches('[data-comment-form]');
    });
    for (const name of ['focusin', 'focusout', 'input']) {
      root.addEventListener(name, () => { this.moved(this.#moment.here); });
    }
  }

  get #text(): HTMLTextAreaElement | null {
    return this.root.querySelector<HTMLTextAreaElement>('[data-comment-form] textarea');
  }

  moved(here: number): void {
    const text = this.#text;
    if (!text) return;
    this.#moment.move(here, text.value.trim() !== '' || document.activeElement === text);
    this.#show();
  }

  /** After the server has sent it anew: whoever wrote a comment may write the next, and whoever deleted one is at the list. */
  refresh(): void {
    this.moved(this.#moment.here);
    const next = this.#hasWritten ? this.#text : this.root.querySelector<HTMLElement>('[data-comments-head]');
    next?.focus();
  }

  #show(): void {
    const form = this.root.querySelector<HTMLFormElement>('[data-comment-form]');
    if (!form) return;
    const at = form.querySelector<HTMLInputElement>('input[name="at"]');
    const label = form.querySelector('[data-comment-label]');
    const here = form.querySelector<HTMLElement>('[data-comment-here]');
    const seconds = form.querySelector<HTMLElement>('[data-comment-seconds]');
    if (seconds) seconds.hidden = true;
    if (at) at.value = this.#moment.at.toFixed(1);
    if (label) setText(label, `Comment at ${clock(this.#moment.at)}`);
    if (!here) return;
    here.hidden = !this.#moment.hasLeft;
    setText(here, `Move it to ${clock(this.#moment.here)}`);
  }
}
