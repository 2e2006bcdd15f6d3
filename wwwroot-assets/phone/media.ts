import { Web, type Session } from 'sip.js';

const gatheringBound = 500;

/** The sound of one call: the microphone towards the far side, the far side towards the loudspeaker. */
export class CallMedia {
  // Outside the document, so that nothing that happens to the page can pause it.
  readonly #audio = new Audio();
  #handler: Web.SessionDescriptionHandler | null = null;
  #poll: ReturnType<typeof setInterval> | null = null;

  constructor(private readonly microphone: MediaStream, private readonly iceServers: readonly RTCIceServer[]) {}

  /** SIP.js asks for it when the call's offer or answer is made. */
  handlerFor(session: Session): Web.SessionDescriptionHandler {
    const handler = new Web.SessionDescriptionHandler(
      session.userAgent.getLogger('media'),
      () => Promise.resolve(this.microphone),
      { iceGatheringTimeout: gatheringBound, peerConnectionConfiguration: { iceServers: [...this.iceServers] } },
    );
    handler.peerConnectionDelegate = {
      onicecandidate: (event) => {
        const type = (event).candidate?.type;
        // One address that the world can reach is enough to begin with.
        if (type === 'srflx' || type === 'relay') handler.iceGatheringComplete();
      },
      ontrack: () => { this.#play(handler.remoteMediaStream); },
    };
    this.#handler = handler;
    return handler;
  }

  mute(muted: boolean): void {
    for (const track of this.microphone.getAudioTracks()) track.enabled = !muted;
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

  close(): void {
    this.#stopPolling();
    this.#handler?.close();
    this.#audio.srcObject = null;
    for (const track of this.microphone.getTracks()) track.stop();
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
