import { Web, type Session } from 'sip.js';
import type { CallSound } from '../devices/callSounds';
import { callSounds } from '../devices/page';
import { playOn } from '../devices/sink';
import { offerAddressesOnly } from './addresses';
import { closeMicrophone } from './microphone';

const gatheringBound = 500;
/** Sound comes 50 times a second; so long it may stay away on a bad line. */
const listenFor = 400;

/** The sound of one call: the microphone towards the far side, the far side towards the loudspeaker. */
export class CallMedia implements CallSound {
  // Outside the document, so that nothing that happens to the page can pause it.
  readonly #audio = new Audio();
  #handler: Web.SessionDescriptionHandler | null = null;
  #poll: ReturnType<typeof setInterval> | null = null;
  #microphone: MediaStream;
  #muted = false;
  #closed = false;
  #watch: (state: RTCIceConnectionState) => void = () => undefined;

  constructor(microphone: MediaStream, private readonly iceServers: readonly RTCIceServer[]) {
    this.#microphone = microphone;
  }

  get microphone(): MediaStream {
    return this.#microphone;
  }

  /** SIP.js asks for it when the call's offer or answer is made. */
  handlerFor(session: Session): Web.SessionDescriptionHandler {
    const handler = new Web.SessionDescriptionHandler(
      session.userAgent.getLogger('media'),
      () => Promise.resolve(this.#microphone),
      { iceGatheringTimeout: gatheringBound, peerConnectionConfiguration: { iceServers: [...this.iceServers] } },
    );
    handler.peerConnectionDelegate = {
      onicecandidate: (event) => {
        const type = (event).candidate?.type;
        // One address that the world can reach is enough to begin with.
        if (type === 'srflx' || type === 'relay') handler.iceGatheringComplete();
      },
      oniceconnectionstatechange: () => {
        const state = handler.peerConnection?.iceConnectionState;
        if (state !== undefined && !this.#closed) this.#watch(state);
      },
      ontrack: () => { this.#play(handler.remoteMediaStream); },
    };
    offerAddressesOnly(handler);
    this.#handler = handler;
    callSounds.join(this);
    return handler;
  }

  /** Tells what becomes of the way that the sound takes. */
  watchIce(watch: (state: RTCIceConnectionState) => void): void {
    this.#watch = watch;
  }

  mute(muted: boolean): void {
    this.#muted = muted;
    for (const track of this.#microphone.getAudioTracks()) track.enabled = !muted;
  }

  async useMicrophone(stream: MediaStream): Promise<void> {
    if (this.#closed) {
      closeMicrophone(stream);
      return;
    }
    const before = this.#microphone;
    this.#microphone = stream;
    this.mute(this.#muted);
    const sender = this.#handler?.peerConnection?.getSenders().find((one) => one.track?.kind === 'audio');
    try {
      // In the place of the old track, so that nothing is negotiated anew.
      await sender?.replaceTrack(stream.getAudioTracks()[0] ?? null);
    } finally {
      closeMicrophone(before);
    }
  }

  async useSpeaker(device: string | null): Promise<void> {
    await playOn(this.#audio, device);
  }

  /** Whether the far side is to be heard: of several calls, only the current one is. */
  open(open: boolean): void {
    this.#audio.muted = !open;
  }

  /** Calls back once the far side's sound really arrives: many announce early media and then send none. */
  whenHeard(heard: () => void): void {
    this.#poll ??= setInterval(() => {
      void this.#packetsReceived().then((packets) => {
        if (packets === 0 || this.#poll === null) return;
        this.#stopPolling();
        heard();
      });
    }, 200);
  }

  /** Whether anything comes from the far side right now. */
  async isHeard(): Promise<boolean> {
    const before = await this.#packetsReceived();
    await new Promise((resolve) => { setTimeout(resolve, listenFor); });
    return await this.#packetsReceived() > before;
  }

  close(): void {
    this.#closed = true;
    this.#stopPolling();
    this.#handler?.close();
    this.#audio.srcObject = null;
    closeMicrophone(this.#microphone);
    callSounds.leave(this);
  }

  #play(stream: MediaStream): void {
    this.#audio.srcObject = stream;
    // Refused only where nobody has touched the page yet, and a call needs a touch.
    this.#audio.play().catch(() => undefined);
  }

  #stopPolling(): void {
    if (this.#poll !== null) clearInterval(this.#poll);
    this.#poll = null;
  }

  async #packetsReceived(): Promise<number> {
    const report = await this.#handler?.peerConnection?.getStats();
    let packets = 0;
    report?.forEach((entry: { type: string; packetsReceived?: number }) => {
      if (entry.type === 'inbound-rtp') packets += entry.packetsReceived ?? 0;
    });
    return packets;
  }
}
