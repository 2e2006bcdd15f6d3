import { afterEach, describe, expect, it, vi } from 'vitest';
import { onRecordingPosition, seekRecording, type RecordingPosition } from '../recording/position';
import { find, goTo, open, type RecordingPage } from './recordingPage';

let page: RecordingPage;

afterEach(() => {
  page.end();
  history.replaceState(null, '', '/');
});

const part = (selector: string): HTMLElement => page.root.querySelector<HTMLElement>(selector) ?? document.createElement('i');
const click = (name: string): void => { find(page.root, 'button', name).click(); };
const value = (): string | null => part('[role="slider"]').getAttribute('aria-valuetext');
const key = (name: string, on = part('[role="slider"]')): boolean => on.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
const settled = (): Promise<void> => new Promise((done) => { setTimeout(done); });

describe('the player', () => {
  it('takes the place of the browser\'s own, and draws from the numbers of the server', async () => {
    page = await open();
    expect([page.root.querySelectorAll('audio').length, page.audio.controls, page.audio.hidden]).toEqual([1, false, true]);
    expect(page.audio.getAttribute('src')).toBe('/recording/1/audio');
    expect(page.draw).toHaveBeenCalledOnce();
    expect(page.draw.mock.calls[0]?.[3]).toBe(60);
    expect(value()).toBe('0 seconds of 1 minute');
  });

  it('says that it loads until the waveform has come', async () => {
    const opening = open();
    expect(document.querySelector('[role="status"]')?.textContent).toBe('Loading the recording…');
    page = await opening;
    expect(part('[role="status"]').textContent).toBe('');
  });

  it('plays, pauses, and jumps', async () => {
    page = await open();
    click('Play');
    expect([page.audio.paused, find(page.root, 'button', 'Pause').textContent]).toEqual([false, 'Pause']);
    click('Forward 10 s');
    click('Forward 10 s');
    click('Back 10 s');
    expect([page.audio.currentTime, value(), part('.player-time').textContent]).toEqual([10, '10 seconds of 1 minute', '0:10 / 1:00']);
    click('Pause');
    expect(page.audio.paused).toBe(true);
  });

  it('plays as fast as one chooses', async () => {
    page = await open();
    const choice = page.root.querySelector('select');
    expect([...(choice?.options ?? [])].map((option) => option.text)).toEqual(['0.75×', '1×', '1.25×', '1.5×', '2×']);
    if (choice) choice.value = '1.5';
    choice?.dispatchEvent(new Event('change'));
    expect(page.audio.playbackRate).toBe(1.5);
  });

  it('goes with the keys, within itself only', async () => {
    page = await open();
    key('End');
    key('ArrowLeft');
    expect(value()).toBe('55 seconds of 1 minute');
    expect(key(' ')).toBe(false);
    expect(page.audio.paused).toBe(false);
    expect([key('ArrowLeft', document.body), key('ArrowLeft', part('textarea')), page.audio.currentTime]).toEqual([true, true, 55]);
  });

  it('begins at the second of the address', async () => {
    history.replaceState(null, '', '/history/1?t=41.5');
    page = await open();
    expect([page.audio.currentTime, part('[data-comment-label]').textContent]).toEqual([41.5, 'Comment at 0:41']);
  });

  it('goes where other scripts, and anything that names a second, want it, and tells where it is', async () => {
    page = await open();
    const heard: RecordingPosition[] = [];
    const stop = onRecordingPosition((position) => { heard.push(position); });
    seekRecording(7);
    seekRecording(500);
    find(page.root, 'a', '0:30').click();
    stop();
    seekRecording(3, true);
    await settled();
    expect(heard).toEqual([7, 60, 30].map((seconds) => ({ seconds, playing: false })));
    expect([page.audio.currentTime, page.audio.paused]).toEqual([3, false]);
  });

  it('leaves out silence once it is told to, and only while it plays', async () => {
    page = await open();
    const choice = page.root.querySelector<HTMLInputElement>('input[role="switch"]');
    click('Play');
    goTo(page.audio, 25);
    expect(page.audio.currentTime).toBe(25);
    choice?.click();
    expect(page.audio.currentTime).toBe(39.75);
    click('Pause');
    goTo(page.audio, 25);
    expect(page.audio.currentTime).toBe(25);
  });

  it('ends with its page', async () => {
    page = await open();
    click('Play');
    page.end();
    expect([page.audio.paused, page.contexts[0]?.closed, page.destroy.mock.calls.length]).toEqual([true, true, 1]);
    seekRecording(9);
    expect(page.audio.currentTime).toBe(0);
  });
});

describe('a side', () => {
  it('is heard on both ears, from the first time that it plays', async () => {
    page = await open();
    expect(page.contexts).toEqual([]);
    click('Play');
    click('Pause');
    click('Play');
    expect(page.contexts.length).toBe(1);
    expect(page.contexts[0]?.state).toBe('running');
    expect(page.contexts[0]?.lines).toEqual([
      'source -> splitter of 2', 'splitter of 2.0 -> gain 0', 'gain 0 -> speakers', 'splitter of 2.1 -> gain 1', 'gain 1 -> speakers']);
  });

  it('is muted by its name, before it plays and while it does', async () => {
    page = await open();
    click('Mute Alice');
    click('Play');
    const levels = (): number[] => page.contexts[0]?.gains.map(({ gain }) => gain.value) ?? [];
    expect(levels()).toEqual([0, 1]);
    click('Unmute Alice');
    click('Mute +1 202-555-0142');
    expect(levels()).toEqual([1, 0]);
    expect(page.mutes).toEqual([['left', true], ['left', false], ['right', true]]);
  });

  it('cannot be muted in a browser without Web Audio, which plays all the same', async () => {
    page = await open({ withWebAudio: false });
    expect([find(page.root, 'button', 'Mute Alice').hidden, find(page.root, 'button', 'Mute +1 202-555-0142').hidden]).toEqual([true, true]);
    click('Play');
    expect(page.audio.paused).toBe(false);
  });
});

describe('what goes wrong', () => {
  const problem = (): string | undefined => part('[role="alert"]').textContent;

  it('is said in place of the player where the recording cannot be loaded', async () => {
    page = await open();
    page.audio.dispatchEvent(new Event('error'));
    expect(problem()).toBe('The recording could not be loaded. Reload the page; if it fails again, tell your administrator.');
    expect(part('[data-player-stage]').querySelector('button')).toBeNull();
  });

  it.each([new Response('', { status: 404 }), new Response('<html>'), Response.json({ left: 1 }), new TypeError('down')])(
    'leaves the rest in use where the waveform is missing: %s', async (waveform) => {
      page = await open({ waveform });
      expect(problem()).toBe('The waveform could not be loaded. You can listen all the same; reload the page to see it.');
      expect(page.root.querySelector<HTMLInputElement>('input[role="switch"]')?.disabled).toBe(true);
      expect(page.draw).toHaveBeenCalledOnce();
      click('Play');
      expect(page.audio.paused).toBe(false);
    });

  it('is said where the browser lets nothing play, until it does', async () => {
    page = await open();
    const play = vi.spyOn(page.audio, 'play').mockRejectedValueOnce(new DOMException('no', 'NotAllowedError'));
    click('Play');
    await settled();
    expect(problem()).toBe('The browser did not let the recording play. Press Play again.');
    click('Play');
    await settled();
    expect([play.mock.calls.length, page.root.querySelector('[role="alert"]')]).toEqual([2, null]);
  });

  it('is said while it waits for more of the sound', async () => {
    page = await open();
    page.audio.dispatchEvent(new Event('waiting'));
    expect(part('[role="status"]').textContent).toBe('Loading…');
    page.audio.dispatchEvent(new Event('playing'));
    expect(part('[role="status"]').textContent).toBe('');
  });
});
