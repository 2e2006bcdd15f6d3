import type { CallSound } from '../devices/callSounds';
import type { Device } from '../devices/choice';

type Entry = Pick<MediaDeviceInfo, 'deviceId' | 'groupId' | 'kind' | 'label'>;

/** A list as Chrome gives it, with the default once more on top of each kind. */
export function deviceList({ inputs, outputs }: { inputs: readonly Device[]; outputs: readonly Device[] }): Entry[] {
  const of = (kind: 'audioinput' | 'audiooutput', devices: readonly Device[]): Entry[] => {
    const entries = devices.map(({ id, label }) => ({ deviceId: id, groupId: `g-${label}`, kind, label }));
    return entries[0] ? [{ ...entries[0], deviceId: 'default', label: `Default - ${entries[0].label}` }, ...entries] : [];
  };
  return [...of('audioinput', inputs), ...of('audiooutput', outputs)];
}

export class FakeTrack extends EventTarget {
  enabled = true;
  readyState: MediaStreamTrackState = 'live';
  readonly kind = 'audio';

  constructor(readonly id: string, readonly label: string) { super(); }

  stop(): void { this.readyState = 'ended'; }
  getSettings(): MediaTrackSettings { return { deviceId: this.id }; }
  clone(): FakeTrack { return new FakeTrack(this.id, this.label); }

  /** As when its device is pulled out. */
  end(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }
}

export class FakeStream {
  constructor(readonly track: FakeTrack) {}
  getTracks(): FakeTrack[] { return [this.track]; }
  getAudioTracks(): FakeTrack[] { return [this.track]; }
  clone(): FakeStream { return new FakeStream(this.track.clone()); }
  get asStream(): MediaStream { return this as unknown as MediaStream; }
}

/** A call that only notes where it sounds. */
export class FakeCall implements CallSound {
  readonly microphones: string[] = [];
  readonly speakers: (string | null)[] = [];
  #stream: FakeStream;

  constructor(stream: MediaStream) { this.#stream = stream as unknown as FakeStream; }

  get microphone(): MediaStream { return this.#stream.asStream; }
  get track(): FakeTrack { return this.#stream.track; }

  useMicrophone(stream: MediaStream): Promise<void> {
    this.#stream.track.stop();
    this.#stream = stream as unknown as FakeStream;
    this.microphones.push(this.track.id);
    return Promise.resolve();
  }

  useSpeaker(device: string | null): Promise<void> {
    this.speakers.push(device);
    return Promise.resolve();
  }
}

/** What is plugged into the computer of a test. */
export class FakeComputer extends EventTarget {
  inputs: Device[] = [];
  outputs: Device[] = [];
  /** Names of errors, by the id of the device that is asked for, or "default". */
  readonly failing = new Map<string, string>();
  readonly opened: FakeTrack[] = [];

  enumerateDevices(): Promise<Entry[]> { return Promise.resolve(deviceList(this)); }

  getUserMedia({ audio }: { audio: MediaTrackConstraints }): Promise<MediaStream> {
    const id = (audio.deviceId as { exact: string } | undefined)?.exact ?? 'default';
    const device = id === 'default' ? this.inputs[0] : this.inputs.find((one) => one.id === id);
    const error = this.failing.get(id) ?? (device ? undefined : id === 'default' ? 'NotFoundError' : 'OverconstrainedError');
    if (error !== undefined || !device) return Promise.reject(Object.assign(new Error(), { name: error }));
    const track = new FakeTrack(id, id === 'default' ? `Default - ${device.label}` : device.label);
    this.opened.push(track);
    return Promise.resolve(new FakeStream(track).asStream);
  }

  plug(inputs: Device[], outputs: Device[] = inputs): void {
    this.inputs = inputs;
    this.outputs = outputs;
    this.dispatchEvent(new Event('devicechange'));
  }
}
