import { nothingChosen, type Choice, type Device } from './choice';

const key = 'aridialer-sound';

/** What was chosen in this browser before. Whatever else stands in the storage counts as nothing. */
export function rememberedChoice(): Choice {
  try {
    return choiceOf(JSON.parse(localStorage.getItem(key) ?? '{}'));
  } catch {
    // Storage can be refused altogether, or hold what is no JSON.
    return nothingChosen;
  }
}

export function remember(choice: Choice): void {
  try {
    localStorage.setItem(key, JSON.stringify(choice));
  } catch {
    // It holds until the page is left.
  }
}

function choiceOf(value: unknown): Choice {
  const stored = fieldsOf(value);
  const processing = fieldsOf(stored.processing);
  return {
    microphone: deviceOf(stored.microphone),
    speaker: deviceOf(stored.speaker),
    ring: deviceOf(stored.ring),
    processing: {
      echoCancellation: processing.echoCancellation !== false,
      noiseSuppression: processing.noiseSuppression !== false,
      autoGainControl: processing.autoGainControl !== false,
    },
  };
}

function deviceOf(value: unknown): Device | null {
  const { id, label } = fieldsOf(value);
  return typeof id === 'string' && id !== '' && typeof label === 'string' ? { id, label } : null;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? value as Record<string, unknown> : {};
}
