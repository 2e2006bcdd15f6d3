import { microphoneConstraints, microphoneMark, nothingChosen, presentIn, settle, type Choice, type Device, type Missing, type Present, type Processing, type Role, type Settled } from './choice';
import { remember, rememberedChoice } from './remembered';

export interface SoundState extends Settled {
  readonly present: Present;
}

const nothingPresent: Present = { known: false, microphones: [], speakers: [], defaultMicrophone: '' };

/** The devices that this browser calls with: what is there, what was chosen, and what is used because of both. */
export class SoundDevices {
  #state: SoundState = { used: { microphone: null, speaker: null, ring: null }, missing: [], choice: nothingChosen, present: nothingPresent };
  #lost: Device | null = null;
  readonly #refused = new Set<string>();
  readonly #listeners = new Set<(state: SoundState, before: readonly Missing[]) => void>();

  constructor() {
    this.#settle(rememberedChoice(), nothingPresent);
  }

  get state(): SoundState {
    return this.#state;
  }

  /** Changes when the microphone has to be opened anew. */
  get mark(): string {
    return microphoneMark(this.#state.used.microphone, this.#state.present, this.#state.choice.processing);
  }

  /** Follows what is plugged in and out from now on. */
  async start(): Promise<void> {
    mediaDevices()?.addEventListener('devicechange', () => void this.tryAgain());
    // Chosen in another tab: the sound may well be in this one.
    window.addEventListener('storage', () => { this.#settle(rememberedChoice(), this.#state.present); });
    await this.refresh();
  }

  /** Tells, now and at each change, with what was missing before. */
  onChange(listener: (state: SoundState, before: readonly Missing[]) => void): void {
    this.#listeners.add(listener);
    listener(this.#state, this.#state.missing);
  }

  async refresh(): Promise<void> {
    const list = await mediaDevices()?.enumerateDevices?.().catch(() => []) ?? [];
    this.#settle(this.#state.choice, presentIn(list));
  }

  /** What could not be opened before may be another thing now, or be free, or be allowed. */
  async tryAgain(): Promise<void> {
    this.#refused.clear();
    await this.refresh();
  }

  choose(role: Role, id: string): void {
    const devices = role === 'microphone' ? this.#state.present.microphones : this.#state.present.speakers;
    this.#refused.delete(id);
    if (role === 'microphone') this.#lost = null;
    this.#settle({ ...this.#state.choice, [role]: devices.find((one) => one.id === id) ?? null }, this.#state.present);
  }

  process(change: Partial<Processing>): void {
    const { choice, present } = this.#state;
    this.#settle({ ...choice, processing: { ...choice.processing, ...change } }, present);
  }

  /** A microphone that nobody chose went away in mid-call; null once no call is left that it could come back to. */
  lose(device: Device | null): void {
    this.#lost = device;
    this.#settle(this.#state.choice, this.#state.present);
  }

  /** Opens the microphone that is to be used, else the default; fails with the browser's own error. */
  async openMicrophone(): Promise<MediaStream> {
    const devices = mediaDevices();
    if (!devices) throw new TypeError('insecure page');
    const stream = await this.#open(devices);
    // The first time is also when the browser begins to tell the devices' names.
    await this.refresh();
    return stream;
  }

  async #open(devices: Devices): Promise<MediaStream> {
    const { used: { microphone }, choice: { processing } } = this.#state;
    if (microphone) {
      try {
        return await devices.getUserMedia({ audio: microphoneConstraints(microphone, processing), video: false });
      } catch (error) {
        // Who said no is not asked again for another one.
        if (isForbidden(error)) throw error;
        this.#refused.add(microphone.id);
      }
    }
    return devices.getUserMedia({ audio: microphoneConstraints(null, processing), video: false });
  }

  #settle(choice: Choice, present: Present): void {
    const before = this.#state.missing;
    const settled = settle(choice, present, this.#lost, this.#refused);
    if (JSON.stringify(settled.choice) !== JSON.stringify(this.#state.choice)) remember(settled.choice);
    this.#state = { ...settled, present };
    for (const listener of this.#listeners) listener(this.#state, before);
  }
}

/** The microphone is not to be had because somebody said no, not because of the device. */
export function isForbidden(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'SecurityError');
}

type Devices = Pick<MediaDevices, 'getUserMedia' | 'addEventListener'> & Partial<Pick<MediaDevices, 'enumerateDevices'>>;

/** Absent on pages that are not secure, and partly in old browsers; the DOM's types do not know that. */
function mediaDevices(): Devices | undefined {
  return navigator.mediaDevices;
}
