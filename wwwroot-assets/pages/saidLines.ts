import type { LiveLine } from '../hub/contract';
import { Follow } from '../recording/follow';
import { el, setText } from '../shell/dom';

const missing = 'Some words are missing here. They are added after the call.';

/** Both sides as a conversation. It goes along with the newest words until somebody scrolls up; then it says how much is new. */
export class SaidLines {
  readonly #lines = new Map<number, Line>();
  readonly #follow = new Follow();
  readonly #ending = new AbortController();
  readonly #unseen = new Set<number>();

  constructor(private readonly list: HTMLElement, private readonly button: HTMLElement, private readonly count: HTMLElement) {
    const { signal } = this.#ending;
    list.addEventListener('scroll', () => { this.#scrolled(); }, { signal });
    button.addEventListener('click', () => {
      this.#resume();
      this.settle();
      list.focus({ preventScroll: true });
    }, { signal });
  }

  get isEmpty(): boolean {
    return this.#lines.size === 0;
  }

  /** Each replaces the one of its id; a snapshot replaces all. */
  show(lines: readonly LiveLine[], isSnapshot: boolean): void {
    if (isSnapshot) this.#keepOnly(new Set(lines.map((line) => line.id)));
    for (const line of [...lines].sort((a, b) => a.id - b.id)) {
      const shown = this.#lines.get(line.id);
      if (shown) shown.show(line);
      else this.#add(line, isSnapshot);
    }
    setText(this.count, this.#unseen.size > 0 ? `${this.#unseen.size} new` : 'Newest');
  }

  /** Shows the newest words, unless somebody reads further up. */
  settle(): void {
    const end = Math.max(0, this.list.scrollHeight - this.list.clientHeight);
    if (!this.#follow.following || this.list.scrollTop === end) return;
    this.list.scrollTop = end;
    this.#follow.moved(this.list.scrollTop);
  }

  end(): void {
    this.#ending.abort();
  }

  #add(line: LiveLine, isSnapshot: boolean): void {
    const added = new Line(line);
    this.#lines.set(line.id, added);
    this.list.append(added.element);
    if (!isSnapshot && !this.#follow.following) this.#unseen.add(line.id);
  }

  #keepOnly(ids: ReadonlySet<number>): void {
    for (const [id, line] of this.#lines) {
      if (ids.has(id)) continue;
      line.element.remove();
      this.#lines.delete(id);
      this.#unseen.delete(id);
    }
  }

  #scrolled(): void {
    if (!this.#follow.scrolled(this.list.scrollTop)) return;
    // Who scrolls back to the end follows again.
    if (this.list.scrollTop + this.list.clientHeight >= this.list.scrollHeight - 4) this.#resume();
    else this.button.hidden = false;
  }

  #resume(): void {
    this.#follow.resume();
    this.#unseen.clear();
    setText(this.count, 'Newest');
    this.button.hidden = true;
  }
}

class Line {
  readonly element = el('li', { class: 'transcript-line' });
  readonly #name = el('span', { class: 'transcript-name' });
  readonly #at = el('time', { class: 'transcript-at' });
  readonly #text = el('p', { class: 'transcript-text' });

  constructor(line: LiveLine) {
    this.element.append(el('div', { class: 'transcript-head' }, this.#name, this.#at), this.#text);
    this.show(line);
  }

  show(line: LiveLine): void {
    this.element.dataset.side = line.side;
    this.element.dataset.kind = line.kind;
    setText(this.#name, line.name);
    this.#at.dateTime = line.at;
    setText(this.#at, new Date(line.at).toLocaleTimeString());
    setText(this.#text, line.kind === 'gap' ? missing : line.text);
  }
}
