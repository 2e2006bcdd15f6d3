import { afterEach, describe, expect, it, vi } from 'vitest';
import { find, goTo, open, type RecordingPage } from './recordingPage';

let page: RecordingPage;

afterEach(() => { page.end(); });

const part = (selector: string): HTMLElement => page.root.querySelector<HTMLElement>(selector) ?? document.createElement('i');
const click = (name: string): void => { find(page.root, 'button', name).click(); };

describe('marks on the waveform', () => {
  it('show the pauses, and the comments, which lead to their second', async () => {
    page = await open();
    const gap = part('.player-gap');
    expect([gap.textContent, gap.style.left, gap.style.width]).toEqual(['Paused', '20.000%', '10.000%']);
    const scroll = vi.fn();
    part('[data-comment]').scrollIntoView = scroll;
    click('Go to 0:30, Bob: Well said');
    expect([page.audio.currentTime, part('[data-comment]').hasAttribute('data-chosen'), scroll.mock.calls.length]).toEqual([30, true, 1]);
    expect(part('.player-marks li').style.left).toBe('50.000%');
  });

  it('keep to the length that the file turns out to have', async () => {
    page = await open();
    Object.defineProperty(page.audio, 'duration', { value: 120 });
    page.audio.dispatchEvent(new Event('durationchange'));
    expect([part('.player-gap').style.left, part('[role="slider"]').getAttribute('aria-valuetext')]).toEqual(['10.000%', '0 seconds of 2 minutes']);
  });
});

describe('a new comment', () => {
  const label = (): string => part('[data-comment-label]').textContent;
  const at = (): string | undefined => page.root.querySelector<HTMLInputElement>('input[name="at"]')?.value;
  const write = (text: string): void => {
    const field = page.root.querySelector('textarea');
    if (field) field.value = text;
    field?.dispatchEvent(new Event('input', { bubbles: true }));
  };

  it('takes the moment at which one paused, and keeps it while one writes', async () => {
    page = await open();
    goTo(page.audio, 23.44);
    expect([label(), at(), part('[data-comment-seconds]').hidden, part('[data-comment-here]').hidden]).toEqual(['Comment at 0:23', '23.4', true, true]);
    write('Too fast');
    goTo(page.audio, 40);
    expect([label(), at(), part('[data-comment-here]').textContent]).toEqual(['Comment at 0:23', '23.4', 'Move it to 0:40']);
    click('Move it to 0:40');
    expect([label(), at(), part('[data-comment-here]').hidden]).toEqual(['Comment at 0:40', '40.0', true]);
  });

  it('appears, without an interruption, once the server has sent the comments anew', async () => {
    page = await open();
    click('Play');
    goTo(page.audio, 15);
    const frame = part('turbo-frame');
    part('[data-comment-form]').dispatchEvent(new Event('turbo:submit-start', { bubbles: true }));
    part('ul:has([data-comment])').insertAdjacentHTML('beforeend', '<li data-comment="b" data-at="15"><p data-comment-text>Hm</p><span data-comment-author>Alice</span></li>');
    frame.dispatchEvent(new Event('turbo:frame-render', { bubbles: true }));
    expect(page.root.querySelectorAll('.player-marks li').length).toBe(2);
    expect([page.audio.paused, document.activeElement?.tagName]).toEqual([false, 'TEXTAREA']);
    part('[data-delete]').dispatchEvent(new Event('turbo:submit-start', { bubbles: true }));
    frame.dispatchEvent(new Event('turbo:frame-render', { bubbles: true }));
    expect(document.activeElement).toBe(part('[data-comments-head]'));
  });
});
