/** What the phone needs of SIP; the SIP.js adapter is one, the tests have another. */
export interface SipLine {
  /** Opens the socket, or opens it again. Answers with up() or down(). */
  connect(): void;
  register(): void;
  /** Settles when the registrar has answered; the caller bounds the wait. */
  unregister(): Promise<void>;
  close(): void;
  /** Asks the socket for a sign of life at once: down() where none comes, or where it is known to be lost. */
  check(isLost?: boolean): void;
  /** Sends the INVITE and gives its Call-ID at once. */
  invite(token: number, dial: string, microphone: MediaStream): string;
  /** Takes the offered call; fails where it is already gone. */
  accept(token: number, microphone: MediaStream): void;
  /** Refuses the offered call. */
  reject(token: number, status: number): void;
  /** Ends the call: unheard() where nobody confirms it. */
  hangUp(token: number): void;
  /** Lets go of the call's sound without a word: the far side knows that it is over. */
  drop(token: number): void;
  /** Whether the call is heard here, and whether it hears nothing of this person. */
  sound(token: number, open: boolean, muted: boolean): void;
}

/** What SIP tells the phone. */
export interface SipEvents {
  up(): void;
  down(): void;
  registered(): void;
  /** 401, 403 or the like, after the credentials were tried. */
  refused(): void;
  registerFailed(): void;
  /** A call is offered; gives its token, or null where it is to be refused as busy. */
  incoming(offer: Offer): number | null;
  ringing(token: number): void;
  earlyMedia(token: number): void;
  answered(token: number): void;
  /** Whether this person holds the call: nothing comes to whoever holds, and nothing is lost by that. */
  isHeld(token: number): boolean;
  /** The call's sound was lost, and is looked for where the network is now; false where it is there again, or was not found. */
  repairing(token: number, on: boolean): void;
  /** It was not found, and no sound comes over this call any more. */
  soundLost(token: number): void;
  /** What was said of the end of this call did not arrive, as far as anybody knows; also after ended(). */
  unheard(token: number): void;
  /** The status of the refusal, or null where the call ended otherwise; and the seconds after which to try again, where it says so. */
  ended(token: number, status: number | null, retryAfter?: number | null): void;
}

export interface Offer {
  readonly sipCallId: string;
  readonly callId: string | null;
  readonly number: string;
  readonly name: string | null;
}

/** Credentials for this sign-in, as POST /phone/session gives them. */
export interface PhoneSession {
  readonly endpoint: string;
  readonly password: string;
  readonly domain: string;
  readonly displayName: string;
  readonly number: string | null;
  readonly expiresAt: string;
  readonly iceServers: readonly RTCIceServer[];
}
