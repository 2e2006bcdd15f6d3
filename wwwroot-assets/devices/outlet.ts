import { canChooseOutput, playOn } from './sink';

/** Where tones come out: on a device of its own, as far as the browser lets a page choose. */
export class Outlet {
  #context: AudioContext | null = null;
  /** Plays what the context makes, in browsers whose contexts cannot choose a device but whose elements can. */
  #element: HTMLAudioElement | null = null;
  #into: AudioNode | null = null;
  #device: string | null = null;

  get context(): AudioContext {
    return this.#context ??= this.#open();
  }

  /** What tones are to be connected to. */
  get into(): AudioNode {
    return this.#into ?? this.context.destination;
  }

  get runs(): boolean {
    return this.#context?.state === 'running';
  }

  /** Browsers let a page sound only after somebody touched it; also to be called before each tone, since a context falls asleep. */
  wake(): void {
    void this.context.resume().catch(() => undefined);
    void this.#element?.play().catch(() => undefined);
  }

  /** Null is the system's default. */
  use(device: string | null): void {
    if (device === this.#device) return;
    this.#device = device;
    if (this.#context) void playOn(this.#element ?? this.#context, device);
  }

  #open(): AudioContext {
    const context = new AudioContext();
    if (!('setSinkId' in AudioContext.prototype) && canChooseOutput()) {
      const stream = context.createMediaStreamDestination();
      this.#element = new Audio();
      this.#element.srcObject = stream.stream;
      this.#into = stream;
    }
    if (this.#device !== null) void playOn(this.#element ?? context, this.#device);
    return context;
  }
}
