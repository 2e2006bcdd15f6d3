import { el, icon } from '../shell/dom';
import type { Trial } from '../phone/sounds';
import { DeviceDialog } from './dialog';
import { LevelProbe } from './levelProbe';
import { MicrophoneWatch, nothingFound, type Talk } from './microphoneWatch';
import { SoundNotices, type Notice } from './notices';
import { callSounds, soundDevices } from './page';
import { backSentences, missingSentences, soundSentences } from './sentences';

/** What the sound needs of the dock and of the phone. */
export interface SoundWorld {
  readonly sounds: {
    use(ring: string | null, speaker: string | null): void;
    test(trial: Trial): void;
    onBlocked(listener: (isBlocked: boolean) => void): void;
  };
  echoCall(): void;
  place(parts: SoundParts): void;
}

/** What the sound shows in the dock. */
export interface SoundParts {
  readonly notices: HTMLElement;
  readonly opener: HTMLElement;
  readonly dialog: HTMLElement;
}

const backShownFor = 8_000;

/** Puts the sound devices together, once a page. Gives what is to be told which call is talked on. */
export function startSound(world: SoundWorld): (talk: Talk | null) => void {
  const notices = new SoundNotices();
  const dialog = new DeviceDialog({
    devices: soundDevices,
    calls: callSounds,
    test: (trial) => { world.sounds.test(trial); },
    echoCall: () => { world.echoCall(); },
  });
  const opener = el('button', { type: 'button', 'aria-haspopup': 'dialog' }, icon('headset'), ' Sound devices');
  opener.addEventListener('click', () => { dialog.open(opener); });
  world.place({ notices: notices.element, opener, dialog: dialog.element });

  let found = nothingFound;
  let talk: Talk | null = null;
  let isBlocked = false;
  let back: readonly string[] = [];
  let backTimer: ReturnType<typeof setTimeout> | undefined;
  const show = (): void => {
    const missing = missingSentences(soundDevices.state.missing, callSounds.any);
    notices.show([
      ...notice('danger', callSounds.silent && soundSentences.none, found.dead && soundSentences.dead),
      ...notice('warn', found.mutedSpeech && soundSentences.mutedSpeech, ...missing),
      ...notice('plain', isBlocked && soundSentences.blocked, ...back),
    ]);
  };
  const watch = new MicrophoneWatch((track, tell) => new LevelProbe(track, tell), (now) => { found = now; show(); });

  soundDevices.onChange(({ used }, before) => {
    world.sounds.use(used.ring?.id ?? null, used.speaker?.id ?? null);
    const returned = backSentences(before, used);
    if (returned.length > 0) {
      back = returned;
      clearTimeout(backTimer);
      backTimer = setTimeout(() => { back = []; show(); }, backShownFor);
    }
    show();
  });
  world.sounds.onBlocked((now) => {
    isBlocked = now;
    show();
  });
  callSounds.onChange(() => {
    watch.attend(talk, callSounds.track);
    show();
  });
  void soundDevices.start();

  return (next) => {
    talk = next;
    watch.attend(talk, callSounds.track);
  };
}

function notice(tone: Notice['tone'], ...sentences: (string | false)[]): Notice[] {
  return sentences.filter((one) => one !== false).map((sentence) => ({ sentence, tone }));
}
