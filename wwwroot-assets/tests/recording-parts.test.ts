import { describe, expect, it } from 'vitest';
import { CommentMoment } from '../recording/commentField';
import { moveOf, target } from '../recording/keys';
import { afterSilence, drawable, readPeaks, silences } from '../recording/peaks';
import { clock, positionWords, secondIn, timeWords } from '../recording/timeWords';
import { el } from '../shell/dom';

describe('a time', () => {
  it('is said as people say it', () => {
    expect([0, 1, 23.9, 60, 61, 83, 240, 3_600, 3_603, 3_723, 7_320].map(timeWords)).toEqual([
      '0 seconds', '1 second', '23 seconds', '1 minute', '1 minute 1', '1 minute 23', '4 minutes', '1 hour', '1 hour 3 seconds',
      '1 hour 2 minutes 3', '2 hours 2 minutes']);
    expect(positionWords(83.4, 240)).toBe('1 minute 23 of 4 minutes');
    expect([clock(83.4), clock(-1)]).toEqual(['1:23', '0:00']);
  });

  it('is read from an address, and nothing else is taken for one', () => {
    expect(['?t=83', '?a=1&t=83.5', '?t=0', '?t=', '?t=-3', '?t=1:23', '?t=1e3', ''].map(secondIn)).toEqual([83, 83.5, 0, null, null, null, null, null]);
  });
});

describe('the peaks', () => {
  const line = (...pieces: [seconds: number, loud: number][]): number[] => pieces.flatMap(([seconds, loud]) => Array.from({ length: seconds * 10 }, () => loud));
  const flat = (seconds: number): number[] => line([seconds, 0]);

  it('are taken only as what they have to be', () => {
    expect(readPeaks({ perSecond: 10, left: [1], right: [2], more: true })).toEqual({ perSecond: 10, left: [1], right: [2] });
    const wrong = [null, 'x', {}, { perSecond: 0, left: [], right: [] }, { perSecond: 10, left: [null], right: [] }, { perSecond: 10, left: [] }];
    expect(wrong.map(readPeaks)).toEqual(wrong.map(() => null));
  });

  it('are drawn on one scale, over the whole recording', () => {
    const [left, right] = drawable({ perSecond: 200, left: Array.from({ length: 1_000 }, () => 100), right: Array.from({ length: 1_000 }, () => 50) }, 10);
    expect([left.length, left[0], right[0], left[999], left[1_000], right[1_999]]).toEqual([2_000, 1, 0.5, 1, 0, 0]);
  });

  it('fill the page also where there are few, and do not turn whispers into shouts', () => {
    const [left] = drawable({ perSecond: 1, left: [12, 6], right: [0, 0] }, 2);
    expect([left.length, left[0], left[499], left[500]]).toEqual([1_000, 0.5, 0.5, 0.25]);
  });

  it('tell where nobody speaks for more than 1.5 seconds', () => {
    const left = line([1, 60], [4, 1], [1, 60], [1.5, 0], [1, 60], [2, 2]);
    const right = line([2, 60], [8.5, 2]);
    expect(silences({ perSecond: 10, left, right })).toEqual([{ from: 2.25, to: 4.75 }, { from: 8.75, to: 10.5 }]);
    expect(silences({ perSecond: 10, left: line([2, 0], [1, 60]), right: flat(3) })).toEqual([{ from: 0, to: 1.75 }]);
    expect(silences({ perSecond: 10, left: [], right: [] })).toEqual([]);
  });

  it('lead from within a silence to just before the next word, and from nowhere else', () => {
    const found = [{ from: 2.25, to: 4.75 }, { from: 8, to: 10 }];
    expect([2.2, 2.25, 4, 4.7, 5, 9, 10].map((at) => afterSilence(found, at))).toEqual([null, 4.75, 4.75, null, null, 10, null]);
  });
});

describe('a key', () => {
  const press = (key: string, focused: Element, ctrlKey = false): ReturnType<typeof moveOf> =>
    moveOf({ key, ctrlKey, altKey: false, metaKey: false, shiftKey: false }, focused);
  const slider = el('div', { role: 'slider' });

  it('moves the position', () => {
    const keys = [' ', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', 'x'];
    expect(keys.map((key) => press(key, slider))).toEqual(['toggle', -5, 5, 5, -5, 30, -30, 'start', 'end', null]);
    expect([target('start', 20, 60), target('end', 20, 60), target(-30, 20, 60), target(5, 20, 60), target(30, 50, 60)]).toEqual([0, 60, 0, 25, 60]);
  });

  it('is left to what has the focus, and to the browser', () => {
    expect([press(' ', el('button')), press(' ', el('input', { type: 'checkbox' })), press('ArrowLeft', el('button'))]).toEqual([null, null, -5]);
    expect(['textarea', 'select', 'input'].map((tag) => press('ArrowLeft', document.createElement(tag)))).toEqual([null, null, null]);
    expect([press('Home', el('button')), press('ArrowUp', el('button')), press('ArrowLeft', slider, true)]).toEqual([null, null, null]);
  });
});

describe('the moment of a comment', () => {
  it('goes along until somebody writes, and then moves only when it is told to', () => {
    const moment = new CommentMoment();
    moment.move(12, false);
    expect([moment.at, moment.hasLeft]).toEqual([12, false]);
    moment.move(12.4, true);
    expect([moment.at, moment.hasLeft]).toEqual([12, false]);
    moment.move(20, true);
    expect([moment.at, moment.hasLeft]).toEqual([12, true]);
    moment.take();
    expect([moment.at, moment.hasLeft]).toEqual([20, false]);
  });
});
