import { el, icon } from '../shell/dom';
import type { Stretch } from './peaks';
import { clock } from './timeWords';

/** A comment, as far as the waveform shows it. */
export interface Mark {
  readonly id: string;
  readonly at: number;
  readonly author: string;
  readonly text: string;
}

const longest = 80;

/** The comments of the page, which the server has written into their list. */
export function readMarks(page: ParentNode): Mark[] {
  return [...page.querySelectorAll<HTMLElement>('[data-comment]')].map((item) => ({
    id: item.dataset.comment ?? '',
    at: Number(item.dataset.at ?? 0),
    author: item.querySelector('[data-comment-author]')?.textContent.trim() ?? '',
    text: item.querySelector('[data-comment-text]')?.textContent.trim() ?? '',
  }));
}

/** The stretches of the page in which nothing was recorded. */
export function readGaps(page: ParentNode): Stretch[] {
  return [...page.querySelectorAll<HTMLElement>('[data-pause]')].map(({ dataset }) => ({ from: Number(dataset.from ?? 0), to: Number(dataset.to ?? 0) }));
}

export function showMarks(list: HTMLElement, marks: readonly Mark[], length: number, choose: (mark: Mark) => void): void {
  list.hidden = marks.length === 0;
  list.replaceChildren(...marks.map((mark) => {
    const short = mark.text.length > longest ? `${mark.text.slice(0, longest).trimEnd()}…` : mark.text;
    const flag = el('button', { type: 'button', class: 'player-mark', title: short, 'aria-label': `Go to ${clock(mark.at)}, ${mark.author}: ${short}` }, icon('chat-left-text'));
    flag.addEventListener('click', () => { choose(mark); });
    const item = el('li', {}, flag);
    item.style.left = share(mark.at, length);
    return item;
  }));
}

export function showGaps(place: HTMLElement, gaps: readonly Stretch[], length: number): void {
  place.replaceChildren(...gaps.map(({ from, to }) => {
    const gap = el('div', { class: 'player-gap' }, el('span', {}, 'Paused'));
    gap.style.left = share(from, length);
    gap.style.width = share(to - from, length);
    return gap;
  }));
}

function share(seconds: number, length: number): string {
  return `${(100 * Math.min(1, Math.max(0, seconds / length))).toFixed(3)}%`;
}
