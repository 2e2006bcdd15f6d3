import type { CallSounds } from './callSounds';
import type { LevelMeter } from './meter';
import type { SoundDevices } from './soundDevices';

const failed = 'The microphone could not be opened. Allow it for this site (the icon beside the address), close other programs that use it, or choose another one.';

/** Keeps the meter on the microphone while somebody looks: on the call's where there is one, else on one opened for this. */
export class MicrophonePreview {
  #wanted = false;
  #stream: MediaStream | null = null;
  /** Of the microphone that was opened, or could not be. */
  #mark = '';
  #opening = false;
  #shown: MediaStreamTrack | null = null;

  constructor(
    private readonly devices: SoundDevices,
    private readonly calls: CallSounds,
    private readonly meter: LevelMeter,
    private readonly say: (sentence: string) => void,
  ) {
    devices.onChange(() => { this.#update(); });
    calls.onChange(() => { this.#update(); });
  }

  start(): void {
    this.#wanted = true;
    this.#update();
  }

  stop(): void {
    this.#wanted = false;
    this.#update();
  }

  /** Has the browser ask for the permission, without which it does not name the devices. */
  ask(): void {
    if (!this.#opening) void this.#open();
  }

  #update(): void {
    const calls = this.#wanted ? this.calls.track : null;
    if (!this.#wanted || calls) this.#release();
    const own = this.#stream?.getAudioTracks()[0] ?? null;
    this.#show(calls ?? own);
    // Not opened unasked: the browser would put its question to somebody who only looks around.
    if (!this.#wanted || calls || this.#opening || !this.devices.state.present.known) return;
    if (this.#mark !== this.devices.mark || own?.readyState === 'ended') void this.#open();
  }

  async #open(): Promise<void> {
    this.#opening = true;
    try {
      const stream = await this.devices.openMicrophone();
      this.#release();
      this.#stream = stream;
      this.say('');
    } catch {
      this.#release();
      this.say(failed);
    }
    // Not tried again before something changes.
    this.#mark = this.devices.mark;
    this.#opening = false;
    this.#update();
  }

  #release(): void {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    this.#mark = '';
  }

  #show(track: MediaStreamTrack | null): void {
    if (track === this.#shown) return;
    this.#shown = track;
    this.meter.follow(track);
  }
}
