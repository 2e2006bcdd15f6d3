import WaveSurfer, { type WaveSurferOptions } from 'wavesurfer.js';
import { sides, type Side } from './sideMixer';

/** What is drawn of a recording, and where it is clicked. */
export interface Waveform {
  mute(side: Side, muted: boolean): void;
  destroy(): void;
}

export type DrawWaveform = (place: HTMLElement, audio: HTMLMediaElement, peaks: readonly [number[], number[]], seconds: number) => Waveform;

/** Draws both sides, one above the other, from numbers that the server has: the audio itself is only played. */
export const drawWaveform: DrawWaveform = (place, audio, peaks, seconds) => {
  const muted = new Set<Side>();
  const drawing = WaveSurfer.create({
    container: place,
    media: audio,
    peaks: [...peaks],
    duration: seconds,
    height: 'auto',
    barWidth: 2,
    barGap: 1,
    barRadius: 2,
    barMinHeight: 2,
    cursorWidth: 2,
    // At once: the position that is read out, and the sound, go along with the finger.
    dragToSeek: { debounceTime: 0 },
    ...colours(place, muted),
  });
  const redraw = (): void => { drawing.setOptions(colours(place, muted)); };
  // A canvas does not know the page's colours: they are read again when the page turns dark or light.
  const themes = new MutationObserver(redraw);
  themes.observe(document.documentElement, { attributeFilter: ['data-bs-theme'] });
  return {
    mute: (side, isMuted) => {
      if (isMuted) muted.add(side);
      else muted.delete(side);
      redraw();
    },
    destroy: () => {
      themes.disconnect();
      drawing.destroy();
    },
  };
};

function colours(place: HTMLElement, muted: ReadonlySet<Side>): Pick<WaveSurferOptions, 'cursorColor' | 'splitChannels'> {
  const style = getComputedStyle(place);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  return {
    cursorColor: colour('--ink'),
    splitChannels: sides.map((side) => {
      const name = muted.has(side) ? 'muted' : side;
      return { waveColor: colour(`--side-${name}-soft`), progressColor: colour(`--side-${name}`) };
    }),
  };
}
