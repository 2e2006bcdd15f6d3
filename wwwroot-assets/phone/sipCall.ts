import { Inviter, Invitation, SessionState, type SessionDescriptionHandlerOptions } from 'sip.js';
import { NoAddress } from './addresses';
import type { CallMedia } from './media';
import type { SipEvents } from './sipLine';
import { SoundRepair } from './soundRepair';

/** How long the far side has to confirm an end before it is said in another way, and before the call counts as over here all the same. */
const confirmedWithin = 1_000;
const endBound = 4_000;
/** The far side has ended the call, and could not say so: nothing reached this page. */
const noSuchCall = 481;

interface IncomingResponse {
  readonly message: { readonly statusCode?: number | undefined };
}

/** One SIP.js session, told in the phone's words. */
export class SipCall {
  #media: CallMedia | null = null;
  #status: number | null = null;
  #retryAfter: number | null = null;
  #over = false;
  /** The far side has confirmed the end that was said here. */
  #heard = false;
  readonly #repair = new SoundRepair({
    restart: () => this.#restart(),
    isHeard: () => this.#media?.isHeard() ?? Promise.resolve(true),
    repairing: (on) => { this.events.repairing(this.token, on); },
    gaveUp: () => { this.events.soundLost(this.token); },
  });

  constructor(
    readonly token: number,
    readonly session: Inviter | Invitation,
    private readonly events: SipEvents,
    private readonly onSoundLost: () => void,
    private readonly onOver: () => void,
  ) {
    if (session instanceof Invitation) {
      session.delegate = { onCancel: ({ request }) => { if (isAnsweredElsewhere(request.getHeader('Reason'))) this.#status = 200; } };
    }
    session.stateChange.addListener((state) => {
      if (state === SessionState.Established) this.events.answered(this.token);
      // SIP.js ends the session first and tells the refusal's status right after.
      if (state === SessionState.Terminated) queueMicrotask(() => { this.#finish(); });
    });
  }

  get media(): CallMedia | null {
    return this.#media;
  }

  invite(media: CallMedia): void {
    if (!(this.session instanceof Inviter)) return;
    this.#take(media);
    this.session.invite({
      requestDelegate: {
        onProgress: ({ message }) => {
          if (message.statusCode === 180 || message.statusCode === 183) this.events.ringing(this.token);
          if (message.body) media.whenHeard(() => { this.events.earlyMedia(this.token); });
        },
        onReject: ({ message }) => {
          this.#status = message.statusCode ?? 500;
          this.#retryAfter = secondsOf(message.getHeader('Retry-After'));
        },
      },
    }).catch(() => { this.#finish(500); });
  }

  accept(media: CallMedia): void {
    if (!(this.session instanceof Invitation)) return;
    this.#take(media);
    this.session.accept().catch(() => { this.#finish(); });
  }

  reject(statusCode: number): void {
    if (!(this.session instanceof Invitation)) return;
    this.session.reject({ statusCode }).catch(() => { this.#finish(); });
    this.#endSoon();
  }

  hangUp(connected: boolean): void {
    // Nothing can be sent over a dead socket: the sound stops here, and the rest is ended in another way.
    if (!connected) {
      this.events.unheard(this.token);
      this.#finish();
      return;
    }
    // A socket that is dead without a word takes it like any other, and SIP.js counts a BYE as done once it is sent.
    setTimeout(() => { if (!this.#heard) this.events.unheard(this.token); }, confirmedWithin);
    this.#sendEnd(() => { this.#heard = true; }).catch(() => { this.#finish(); });
    this.#endSoon();
  }

  /** Lets go of the sound without a word. */
  drop(): void {
    this.#finish();
  }

  /**
   * The line is alive: a sound that was lost is looked for where the network is now, or that may have been where it has changed. Of a
   * call that is held nothing is heard in any case: there ICE alone tells.
   */
  repair(mayBeLost: boolean): void {
    if (this.session.state !== SessionState.Established) return;
    if (mayBeLost && !this.events.isHeld(this.token)) void this.#repair.suspect();
    else this.#repair.attempt();
  }

  #take(media: CallMedia): void {
    this.#media = media;
    media.watchIce((state) => { if (this.#repair.ice(state)) this.onSoundLost(); });
  }

  #restart(): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.session.invite({
        // SIP.js hands these on to createOffer.
        sessionDescriptionHandlerOptions: { offerOptions: { iceRestart: true } } as SessionDescriptionHandlerOptions,
        requestDelegate: {
          onAccept: () => { resolve(true); },
          onReject: ({ message }) => {
            if (message.statusCode === noSuchCall) this.#finish(noSuchCall);
            resolve(false);
          },
        },
      }).catch((error: unknown) => {
        // Nothing was sent: it will know one soon.
        if (error instanceof NoAddress) resolve(true);
        else reject(error instanceof Error ? error : new Error(String(error)));
      });
    });
  }

  async #sendEnd(heard: () => void): Promise<void> {
    const { session } = this;
    if (session.state === SessionState.Established) {
      const onReject = ({ message }: IncomingResponse): void => { if (message.statusCode === noSuchCall) heard(); };
      await session.bye({ requestDelegate: { onAccept: heard, onReject } });
      return;
    }
    session.stateChange.addListener((state) => { if (state === SessionState.Terminated) heard(); });
    if (session instanceof Inviter) await session.cancel();
    else await session.reject({ statusCode: 603 });
  }

  #endSoon(): void {
    setTimeout(() => { this.#finish(); }, endBound);
  }

  #finish(status = this.#status): void {
    if (this.#over) return;
    this.#over = true;
    this.#repair.stop();
    this.#media?.close();
    this.onOver();
    this.events.ended(this.token, status, this.#retryAfter);
  }
}

/** RFC 3261, 20.33: seconds, and maybe a comment or a parameter behind them. */
function secondsOf(retryAfter: string | undefined): number | null {
  const seconds = /^\s*(\d{1,5})/.exec(retryAfter ?? '')?.[1];
  return seconds === undefined ? null : Number(seconds);
}

/** RFC 3326: another of this person's phones took the call. */
function isAnsweredElsewhere(reason: string | undefined): boolean {
  return reason !== undefined && /SIP\s*;\s*cause=200/i.test(reason);
}
