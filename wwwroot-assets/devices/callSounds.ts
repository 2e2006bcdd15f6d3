import { isForbidden, type SoundDevices } from './soundDevices';

/** A call as its sound: what is said into the page's microphone, and what comes out of its speaker. */
export interface CallSound {
  readonly microphone: MediaStream;
  /** From now on this is sent, as muted as the one before; the call stops it at its end. */
  useMicrophone(stream: MediaStream): Promise<void>;
  useSpeaker(device: string | null): Promise<void>;
}

const mostRounds = 3;
/** How often a call without a microphone asks for one: nobody tells when another program lets go of it. */
const retryAfter = 3_000;

/** The calls that sound in this page. They follow the devices, all of them, without a word to the far side. */
export class CallSounds {
  /** Each with the mark of the microphone that it speaks through. */
  readonly #calls = new Map<CallSound, string>();
  readonly #listeners = new Set<() => void>();
  #speaker: string | null = null;
  #following = false;
  #again = false;
  #silent = false;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly devices: SoundDevices) {
    devices.onChange(({ used }) => {
      const speaker = used.speaker?.id ?? null;
      if (speaker !== this.#speaker) {
        this.#speaker = speaker;
        for (const call of this.#calls.keys()) void call.useSpeaker(speaker);
      }
      void this.#follow();
    });
  }

  /** There is a call, and no microphone could be opened for it after the one that it had went away. */
  get silent(): boolean {
    return this.#silent;
  }

  get any(): boolean {
    return this.#calls.size > 0;
  }

  /** What is said in the latest of the calls: they all have the same microphone. */
  get track(): MediaStreamTrack | null {
    return [...this.#calls.keys()].at(-1)?.microphone.getAudioTracks().find(isLive) ?? null;
  }

  /** Tells when a call comes or goes, or speaks through another microphone. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  join(call: CallSound): void {
    this.#calls.set(call, this.devices.mark);
    void call.useSpeaker(this.#speaker);
    this.#watch(call.microphone);
    this.#tell();
    void this.#follow();
  }

  leave(call: CallSound): void {
    if (!this.#calls.delete(call)) return;
    if (!this.any) {
      clearTimeout(this.#retry);
      this.#silent = false;
      this.devices.lose(null);
    }
    this.#tell();
  }

  /** Gives each call the microphone that is to be used; asks for it once, however much happens meanwhile. */
  async #follow(): Promise<void> {
    this.#again = true;
    if (this.#following) return;
    this.#following = true;
    // Opening tells of changes itself. A device that comes and goes all the time waits for the next change.
    for (let rounds = 0; this.#again && rounds < mostRounds; rounds++) {
      this.#again = false;
      await this.#replace([...this.#calls.keys()].filter((call) => this.#isLate(call)));
    }
    this.#following = false;
  }

  #isLate(call: CallSound): boolean {
    return this.#calls.get(call) !== this.devices.mark || !call.microphone.getAudioTracks().some(isLive);
  }

  async #replace(late: readonly CallSound[]): Promise<void> {
    if (late.length === 0) return;
    let stream: MediaStream;
    try {
      stream = await this.devices.openMicrophone();
    } catch (error) {
      this.#silent = !this.track && this.any;
      clearTimeout(this.#retry);
      // Who said no is asked again when they allow it, or plug something in.
      if (this.#silent && !isForbidden(error)) this.#retry = setTimeout(() => void this.devices.tryAgain(), retryAfter);
      this.#tell();
      return;
    }
    const mark = this.devices.mark;
    this.#silent = false;
    for (const call of late) {
      if (!this.#calls.has(call)) continue;
      const own = stream.clone();
      this.#calls.set(call, mark);
      this.#watch(own);
      // Fails where the call ends at this very moment.
      await call.useMicrophone(own).catch(() => undefined);
    }
    for (const track of stream.getTracks()) track.stop();
    this.#tell();
  }

  /** A track ends by itself only when its device goes away, or when it is not allowed any more. */
  #watch(stream: MediaStream): void {
    for (const track of stream.getAudioTracks()) track.addEventListener('ended', () => { void this.#onEnded(track); });
  }

  async #onEnded(track: MediaStreamTrack): Promise<void> {
    if (!this.any) return;
    if (!this.devices.state.choice.microphone) {
      // Chrome writes so before the name of what the default is at the time.
      this.devices.lose({ id: track.getSettings().deviceId ?? '', label: track.label.replace(/^Default - /, '') });
    }
    await this.devices.refresh();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function isLive(track: MediaStreamTrack): boolean {
  return track.readyState === 'live';
}
