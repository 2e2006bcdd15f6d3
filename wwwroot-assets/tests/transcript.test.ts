import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTranscript } from '../pages/transcript';
import { Follow, scrollTo } from '../recording/follow';
import { tellRecordingPosition } from '../recording/position';
import { lastBefore, spokenAt } from '../recording/spoken';

describe('what is said at a second', () => {
  const words = [{ from: 1, to: 1.4 }, { from: 1.4, to: 2 }, { from: 5, to: 6 }];

  it.each([[0, -1], [.99, -1], [1, 0], [1.39, 0], [1.4, 1], [2.2, 1], [2.3, -1], [4.99, -1], [5, 2], [60, -1]])('at %d it is word %d', (at, word) => {
    expect(spokenAt(words, at)).toBe(word);
  });

  it('is nothing where there are no words', () => {
    expect([spokenAt([], 1), lastBefore([], 1), lastBefore(words, 4), lastBefore(words, .5)]).toEqual([-1, -1, 1, -1]);
  });
});

describe('going along', () => {
  const view = { top: 100, height: 300 };

  it.each([
    ['in view', { top: 110, height: 40 }, null],
    ['above', { top: 50, height: 40 }, 0],
    ['near the end', { top: 340, height: 40 }, 240],
    ['higher than the view', { top: 120, height: 900 }, null],
    ['far below', { top: 2_000, height: 40 }, 1_900],
  ])('scrolls for a line that is %s', (_, line, top) => {
    expect(scrollTo(line, view)).toBe(top);
  });

  it('ends when the person scrolls, and not when we do', () => {
    const follow = new Follow();
    follow.moved(240);
    expect([follow.scrolled(240.5), follow.following]).toEqual([false, true]);
    expect([follow.scrolled(300), follow.following]).toEqual([true, false]);
    follow.resume();
    expect(follow.following).toBe(true);
  });
});

/** What the server sends: see _Transcript.cshtml. */
const html = `
  <section data-transcript>
    <ol tabindex="0" data-transcript-lines>
      <li data-line data-side="left" data-from="1" data-to="2"><a data-seek="1" id="at1">0:01</a>
        <p><a data-seek="1" data-word data-to="1.4" id="w1">hello</a> <a data-seek="1.4" data-word data-to="2" id="w2">there</a></p></li>
      <li data-line data-side="right" data-from="1.5" data-to="3"><a data-seek="1.5" id="at2">0:01</a>
        <p><a data-seek="1.5" data-word data-to="3" id="w3">hi</a></p></li>
      <li data-line data-side="left" data-from="20" data-to="22"><a data-seek="20" id="at3">0:20</a>
        <p><a data-seek="20" data-word data-to="22" id="w4">bye</a></p></li>
    </ol>
    <button data-transcript-follow hidden>Follow</button>
    <p data-transcript-hint hidden></p>
  </section>`;

describe('the transcript of a page', () => {
  let end: () => void;
  const part = (selector: string): HTMLElement => document.querySelector<HTMLElement>(selector) ?? document.createElement('i');
  const now = (): string[] => [...document.querySelectorAll('a[data-now]')].map((one) => one.id);
  const tell = (seconds: number): void => { tellRecordingPosition({ seconds, playing: true }); };
  const list = (): HTMLElement => part('[data-transcript-lines]');
  const scroll = (top: number): void => {
    list().scrollTop = top;
    list().dispatchEvent(new Event('scroll'));
  };

  beforeEach(() => {
    document.body.innerHTML = html;
    Object.defineProperty(list(), 'clientHeight', { value: 300 });
    document.querySelectorAll('[data-line]').forEach((line, index) => { Object.defineProperty(line, 'offsetTop', { value: index * 1_000 }); });
    end = startTranscript(part('[data-transcript]'));
  });

  afterEach(() => { end(); });

  it('marks what is said now, on both sides at once', () => {
    tell(1.1);
    expect(now()).toEqual(['w1']);
    tell(1.6);
    expect([now(), document.querySelectorAll('li[data-now]').length]).toEqual([['w2', 'w3'], 2]);
    tell(10);
    expect(now()).toEqual([]);
  });

  it('scrolls along until the person scrolls away, and again after Follow', () => {
    const button = part('[data-transcript-follow]');
    tell(1.6);
    list().dispatchEvent(new Event('scroll'));
    expect([list().scrollTop, button.hidden]).toEqual([900, true]);
    scroll(10);
    expect(button.hidden).toBe(false);
    tell(20.5);
    expect([list().scrollTop, now()]).toEqual([10, ['w4']]);
    button.click();
    expect([list().scrollTop, button.hidden, document.activeElement]).toEqual([1_900, true, list()]);
  });

  it('goes on from a word that is chosen', () => {
    scroll(10);
    part('#w1').click();
    tell(20.5);
    expect(list().scrollTop).toBe(1_900);
  });

  it('is walked through with the arrow keys', () => {
    const press = (key: string): void => { document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })); };
    for (const id of ['at1', 'w1', 'w2', 'w3', 'w4']) document.getElementById(id)?.setAttribute('href', '?t=1');
    list().focus();
    press('ArrowRight');
    expect(document.activeElement?.id).toBe('at1');
    press('ArrowRight');
    press('ArrowRight');
    press('ArrowLeft');
    expect(document.activeElement?.id).toBe('w1');
  });

  it('is as it came once another page is shown', () => {
    tell(1.1);
    scroll(10);
    end();
    tell(1.5);
    expect([now(), part('[data-transcript-follow]').hidden]).toEqual([[], true]);
  });

  it('may have nothing to go along with', () => {
    document.body.innerHTML = '<section data-transcript><p>The transcript is being made.</p></section>';
    expect(() => { startTranscript(part('[data-transcript]'))(); }).not.toThrow();
  });
});
