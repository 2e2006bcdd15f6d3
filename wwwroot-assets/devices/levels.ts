/** How loud a moment of sound is. */
export interface Level {
  /** The loudest sample, from 0 to 1. */
  readonly peak: number;
  /** Root mean square in decibels below full scale; speech is at about -30, a quiet room below -60. */
  readonly loudness: number;
}

const quietest = -100;

export function levelOf(samples: Float32Array): Level {
  let peak = 0;
  let sum = 0;
  for (const sample of samples) {
    peak = Math.max(peak, Math.abs(sample));
    sum += sample * sample;
  }
  const meanSquare = samples.length === 0 ? 0 : sum / samples.length;
  return { peak, loudness: meanSquare === 0 ? quietest : Math.max(quietest, 10 * Math.log10(meanSquare)) };
}

/** From 0 for a quiet room to 100 for as loud as it goes. */
export function meterValue(loudness: number): number {
  return Math.round(Math.min(1, Math.max(0, (loudness + 60) / 54)) * 100);
}

/** Whether somebody speaks, heard ten times a second. */
export interface Speech {
  readonly speaking: boolean;
  /** Loud moments more than quiet ones, lately. */
  readonly score: number;
  readonly lastVoice: number;
}

const loud = -45;
/** A voice that is already known to be one counts down to here: sentences end quietly. */
const faint = -52;
const enough = 4;
const silenceEndsIt = 3_000;

export const noSpeech: Speech = { speaking: false, score: 0, lastVoice: 0 };

/** A cough or a click is too short to count, and a pause between two sentences is too short to end it. */
export function hearSpeech(speech: Speech, loudness: number, at: number): Speech {
  const score = Math.min(enough, Math.max(0, speech.score + (loudness >= loud ? 1 : -1)));
  const lastVoice = loudness >= (speech.speaking ? faint : loud) ? at : speech.lastVoice;
  const speaking = speech.speaking ? at - lastVoice < silenceEndsIt : score === enough;
  return speech.speaking && !speaking ? noSpeech : { speaking, score, lastVoice };
}

/** Whether a microphone gives nothing at all. */
export interface Silence {
  readonly since: number | null;
  readonly dead: boolean;
}

/** One step of 16-bit sound. The quietest room has more, the best noise suppression lets some of it through. */
const nothing = 1 / 32_768;
const deadAfter = 5_000;

export const noSilence: Silence = { since: null, dead: false };

export function hearSilence(silence: Silence, peak: number, at: number): Silence {
  if (peak >= nothing) return noSilence;
  const since = silence.since ?? at;
  return { since, dead: at - since >= deadAfter };
}
