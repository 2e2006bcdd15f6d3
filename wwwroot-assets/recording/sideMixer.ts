export type Side = 'left' | 'right';

export const sides = ['left', 'right'] as const satisfies readonly Side[];

/** A change within this many seconds is not heard as a click. */
const soft = 0.015;

/**
 * Brings each side of the recording to both ears, or to none: element -> splitter -> a gain for each side -> speakers.
 * A gain has one channel, which the speakers play on both ears.
 */
export class SideMixer {
  #wired: { readonly context: AudioContext; readonly gains: Record<Side, GainNode> } | null = null;
  readonly #muted = new Set<Side>();

  constructor(private readonly audio: HTMLMediaElement, private readonly newContext: () => AudioContext) {}

  /** When it first plays, and not before: browsers let sound begin with what a person does. */
  wire(): void {
    if (!this.#wired) {
      const context = this.newContext();
      const splitter = context.createChannelSplitter(2);
      context.createMediaElementSource(this.audio).connect(splitter);
      const gain = (side: Side): GainNode => {
        const node = context.createGain();
        node.gain.value = this.#muted.has(side) ? 0 : 1;
        splitter.connect(node, sides.indexOf(side));
        node.connect(context.destination);
        return node;
      };
      this.#wired = { context, gains: { left: gain('left'), right: gain('right') } };
    }
    if (this.#wired.context.state !== 'running') void this.#wired.context.resume();
  }

  isMuted(side: Side): boolean {
    return this.#muted.has(side);
  }

  mute(side: Side, muted: boolean): void {
    if (muted) this.#muted.add(side);
    else this.#muted.delete(side);
    if (this.#wired) this.#wired.gains[side].gain.setTargetAtTime(muted ? 0 : 1, this.#wired.context.currentTime, soft);
  }

  close(): void {
    void this.#wired?.context.close();
  }
}
