import { soundDevices } from '../devices/page';
import { microphoneBlocked, microphoneMissing, microphoneWithheld, type Problem } from './problems';

/** Opens the microphone that was chosen; fails with the browser's own error, which microphoneProblem() puts into words. */
export function openMicrophone(): Promise<MediaStream> {
  return soundDevices.openMicrophone();
}

export function closeMicrophone(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Tells, now and at each change, what already stands in the way of a call. */
export async function watchMicrophone(tell: (problem: Problem | null) => void): Promise<void> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) {
    tell(microphoneWithheld);
    return;
  }
  let permission: PermissionStatus | null = null;
  try {
    permission = await navigator.permissions.query({ name: 'microphone' });
  } catch {
    // A browser that does not say beforehand says so when the microphone is opened.
  }
  const look = async (): Promise<void> => {
    if (permission?.state === 'denied') {
      tell(microphoneBlocked);
      return;
    }
    const found = await devices.enumerateDevices();
    tell(found.some((device) => device.kind === 'audioinput') ? null : microphoneMissing);
  };
  permission?.addEventListener('change', () => {
    // A call that was left without a microphone takes it at once.
    void soundDevices.tryAgain();
    void look();
  });
  devices.addEventListener('devicechange', () => void look());
  await look();
}
