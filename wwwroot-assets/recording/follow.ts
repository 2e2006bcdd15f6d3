/** A place in a list that scrolls: how far down it is, and how high. */
export interface Place {
  readonly top: number;
  readonly height: number;
}

/** Whether the list goes along with the recording: until the person scrolls away themselves. */
export class Follow {
  #expected: number | null = null;
  #following = true;

  get following(): boolean {
    return this.#following;
  }

  /** The list has been scrolled to here by us. */
  moved(top: number): void {
    this.#expected = top;
  }

  /** The list tells that it was scrolled. Gives whether it was the person who did it. */
  scrolled(top: number): boolean {
    const isOurs = this.#expected !== null && Math.abs(top - this.#expected) < 2;
    if (!isOurs) this.#following = false;
    return !isOurs;
  }

  resume(): void {
    this.#following = true;
  }
}

/** Where the list is to be scrolled to, so that a line is well in view; null where it is already. */
export function scrollTo(line: Place, view: Place): number | null {
  const above = line.top - view.top;
  if (above >= 0 && above + Math.min(line.height, view.height / 2) <= view.height * .75) return null;
  // A third from the top: what comes next is seen too.
  return Math.max(0, line.top - view.height / 3);
}
