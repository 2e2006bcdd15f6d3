/** Something that keeps the phone from working: what is wrong, and what to do. */
export interface Problem {
  readonly about: 'microphone' | 'line' | 'session';
  readonly sentence: string;
}

const line = (sentence: string): Problem => ({ about: 'line', sentence });
const microphone = (sentence: string): Problem => ({ about: 'microphone', sentence });

export const problems = {
  socketDown: line('The connection to the telephone system is down. It is tried again by itself; check your network if it takes long.'),
  registrationFailed: line('The telephone system does not answer. It is tried again by itself.'),
  registrationRefused: line('The telephone system refused this phone. It is tried again by itself; if that does not help, sign out and in again.'),
  serverDown: line('AriDialer cannot be reached. It is tried again by itself; check your network if it takes long.'),
  notReady: line('The phone is not ready yet, so the call was not made. Wait until it says “Ready”, then call again.'),
  oneAtATime: line('Another call cannot be made right now. Wait until the last one is answered, or hang up first.'),
  signedOut: { about: 'session', sentence: 'You are signed out. Sign in again to use the phone.' } satisfies Problem,
  noPhone: { about: 'session', sentence: 'Your account has no phone. Ask an administrator to let you make calls.' } satisfies Problem,
};

/** Why the microphone could not be opened, by the name of the browser's error. */
export function microphoneProblem(error: unknown): Problem {
  switch (error instanceof Error || error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return microphone('The microphone is blocked. Allow it for this site (the icon beside the address), then call again.');
    case 'NotFoundError':
    case 'OverconstrainedError':
      return microphone('No microphone was found. Connect one, then call again.');
    case 'NotReadableError':
    case 'AbortError':
      return microphone('The microphone is in use or does not answer. Close other programs that use it, then call again.');
    case 'TypeError':
      return microphone('The browser gives the microphone to secure pages only. Open AriDialer over https, or on this machine as http://127.0.0.1.');
    default:
      return microphone('The microphone could not be opened. Reconnect it or choose another one in the browser’s settings, then call again.');
  }
}

/** For the time before any call: the browser already says that it will refuse. */
export const microphoneBlocked = microphoneProblem(Object.assign(new Error(), { name: 'NotAllowedError' }));
export const microphoneMissing = microphoneProblem(Object.assign(new Error(), { name: 'NotFoundError' }));
export const microphoneWithheld = microphoneProblem(new TypeError());
