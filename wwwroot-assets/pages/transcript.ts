import { Follow, scrollTo } from '../recording/follow';
import { onRecordingPosition } from '../recording/position';
import { lastBefore, spokenAt, type Spoken } from '../recording/spoken';

interface Piece extends Spoken {
  readonly element: HTMLElement;
}

/** Has the transcript go along with the player. Gives what ends it when another page comes. */
export function startTranscript(root: HTMLElement): () => void {
  const list = root.querySelector<HTMLElement>('[data-transcript-lines]');
  if (!list) return () => undefined;
  const transcript = new Transcript(root, list);
  return () => { transcript.end(); };
}

class Transcript {
  readonly #follow = new Follow();
  readonly #ending = new AbortController();
  readonly #stopListening: () => void;
  readonly #lines: readonly Piece[];
  // The lines and the words of each side for themselves: both may speak at once.
  readonly #spoken: readonly (readonly Piece[])[];
  readonly #button: HTMLElement | null;
  #shown: readonly HTMLElement[] = [];
  #line: HTMLElement | null = null;

  constructor(root: HTMLElement, private readonly list: HTMLElement) {
    this.#lines = pieces(list, '[data-line]');
    const sides = ['left', 'right'].map((side) => `[data-line][data-side="${side}"]`);
    this.#spoken = sides.flatMap((side) => [pieces(list, side), pieces(list, `${side} [data-word]`)]);
    this.#button = root.querySelector<HTMLElement>('[data-transcript-follow]');
    const signal = this.#ending.signal;
    list.addEventListener('scroll', () => { this.#scrolled(); }, { signal });
    list.addEventListener('keydown', (event) => { this.#walk(event); }, { signal });
    list.addEventListener('click', (event) => {
      // Whoever chooses a word is where they want to be: it goes on from there.
      if (event.target instanceof Element && event.target.closest('[data-seek]')) this.#resume();
    }, { signal });
    this.#button?.addEventListener('click', () => {
      this.#resume();
      this.#show();
      list.focus({ preventScroll: true });
    }, { signal });
    root.querySelector('[data-transcript-hint]')?.removeAttribute('hidden');
    this.#stopListening = onRecordingPosition(({ seconds }) => { this.#moved(seconds); });
  }

  /** The page may be shown again from Turbo's cache: as it came. */
  end(): void {
    this.#ending.abort();
    this.#stopListening();
    this.#mark([]);
    this.#resume();
  }

  #moved(seconds: number): void {
    this.#mark(this.#spoken.flatMap((all) => all[spokenAt(all, seconds)]?.element ?? []));
    const line = this.#lines[lastBefore(this.#lines, seconds)]?.element ?? null;
    if (line === this.#line) return;
    this.#line = line;
    this.#show();
  }

  #mark(spoken: readonly HTMLElement[]): void {
    for (const element of this.#shown) if (!spoken.includes(element)) element.removeAttribute('data-now');
    for (const element of spoken) element.setAttribute('data-now', '');
    this.#shown = spoken;
  }

  #show(): void {
    if (!this.#follow.following) return;
    const { list } = this;
    const top = this.#line
      ? scrollTo({ top: this.#line.offsetTop, height: this.#line.offsetHeight }, { top: list.scrollTop, height: list.clientHeight })
      : 0;
    if (top === null || top === list.scrollTop) return;
    list.scrollTop = top;
    // It may have come to its end before.
    this.#follow.moved(list.scrollTop);
  }

  #scrolled(): void {
    if (this.#follow.scrolled(this.list.scrollTop) && this.#button) this.#button.hidden = false;
  }

  #resume(): void {
    this.#follow.resume();
    if (this.#button) this.#button.hidden = true;
  }

  #walk(event: KeyboardEvent): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0 || event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLElement)) return;
    const stops = [...this.list.querySelectorAll<HTMLElement>('[data-seek]')];
    const next = stops[stops.indexOf(event.target) + step] ?? (step > 0 ? stops[0] : undefined);
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}

function pieces(list: HTMLElement, selector: string): Piece[] {
  return [...list.querySelectorAll<HTMLElement>(selector)].map((element) => ({
    element,
    from: Number(element.dataset.seek ?? element.dataset.from),
    to: Number(element.dataset.to),
  }));
}
