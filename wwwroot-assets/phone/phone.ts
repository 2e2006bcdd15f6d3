import { backoff } from '../shell/backoff';
import { openMicrophone } from './microphone';
import { microphoneProblem, problems } from './problems';
import { initialPhone, step, type Effect, type Input, type Phone } from './phoneState';
import { SessionError } from './session';
import type { PhoneSession, SipEvents, SipLine } from './sipLine';

/** What the phone uses of the world; the tests give it another one. */
export interface PhoneWorld {
  fetchSession(): Promise<PhoneSession>;
  openLine(session: PhoneSession, events: SipEvents): SipLine;
  hangUpThroughHub(callId: string): void;
}

const unregisterBound = 1_000;
const overdueAfter = 2_000;

/** Runs what the state machine decides: each input becomes the next state and the effects that belong to it. */
export class PhoneRunner {
  #phone: Phone = initialPhone;
  #session: PhoneSession | null = null;
  #line: SipLine | null = null;
  /** The line that the current call is on: it may be another than the one that calls come in on by now. */
  #callLine: SipLine | null = null;
  #unregistering: Promise<void> = Promise.resolve();
  #whenCallEnds: (() => void) | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<(phone: Phone) => void>();

  constructor(private readonly world: PhoneWorld) {}

  get phone(): Phone {
    return this.#phone;
  }

  get session(): PhoneSession | null {
    return this.#session;
  }

  onChange(listener: (phone: Phone) => void): void {
    this.#listeners.add(listener);
    listener(this.#phone);
  }

  post(input: Input): void {
    const { phone, effects } = step(this.#phone, input);
    this.#phone = phone;
    for (const effect of effects) this.#run(effect);
    if (!phone.call && this.#whenCallEnds) {
      this.#whenCallEnds();
      this.#whenCallEnds = null;
    }
    for (const listener of this.#listeners) listener(this.#phone);
  }

  /** The network is back, or the person or the server is: no need to sit out the back-off, and it starts again from its first step. */
  hurry(): void {
    this.post({ is: 'hurry' });
    if (this.#retry !== undefined) this.#retryNow();
  }

  /** Ends the phone for this sign-in; settles within a second, registered or not. */
  async signOut(): Promise<void> {
    this.post({ is: 'sign-out', problem: null });
    await bounded(this.#unregistering);
  }

  #run(effect: Effect): void {
    switch (effect.do) {
      case 'fetch-session': void this.#fetchSession(); break;
      case 'connect': this.#connect(); break;
      case 'register': this.#line?.register(); break;
      case 'unregister': this.#unregistering = this.#line?.unregister() ?? Promise.resolve(); break;
      case 'close': this.#close(); break;
      case 'retry-later': this.#retryLater(effect.attempt); break;
      case 'invite': void this.#invite(effect.token, effect.dial); break;
      case 'accept': void this.#accept(effect.token); break;
      case 'reject': this.#callLine?.reject(effect.status); break;
      case 'hang-up': this.#callLine?.hangUp(); break;
      case 'hang-up-through-hub': this.world.hangUpThroughHub(effect.callId); break;
      case 'mute': this.#callLine?.mute(effect.muted); break;
      case 'watch-for-end': setTimeout(() => { this.post({ is: 'overdue', token: effect.token }); }, overdueAfter); break;
    }
  }

  async #fetchSession(): Promise<void> {
    try {
      const session = await this.world.fetchSession();
      if (this.#session && !isSamePhone(session, this.#session)) this.#close();
      this.#session = session;
      this.post({ is: 'session-ready' });
    } catch (error) {
      const failed = error instanceof SessionError ? error : new SessionError(problems.serverDown, false);
      this.post({ is: 'session-failed', problem: failed.problem, final: failed.final });
    }
  }

  #connect(): void {
    if (!this.#line && this.#session) {
      const own: { line: SipLine | null } = { line: null };
      this.#line = own.line = this.world.openLine(this.#session, this.#eventsFor(own));
    }
    this.#line?.connect();
  }

  #close(): void {
    const line = this.#line;
    this.#line = null;
    clearTimeout(this.#retry);
    void bounded(this.#unregistering).then(() => {
      if (line && line === this.#callLine && this.#phone.call) this.#whenCallEnds = () => { line.close(); };
      else line?.close();
    });
  }

  #retryLater(attempt: number): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => { this.#retryNow(); }, backoff(attempt));
  }

  #retryNow(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.post({ is: 'retry-due' });
  }

  async #invite(token: number, dial: string): Promise<void> {
    const microphone = await this.#microphoneFor(token);
    if (!microphone) return;
    try {
      this.#callLine = this.#line;
      const sipCallId = this.#line?.invite(token, dial, microphone);
      if (sipCallId === undefined) throw new Error('The line is gone.');
      this.post({ is: 'invited', token, sipCallId });
    } catch {
      stop(microphone);
      this.post({ is: 'ended', token, status: 500 });
    }
  }

  async #accept(token: number): Promise<void> {
    const microphone = await this.#microphoneFor(token);
    if (!microphone) return;
    try {
      this.#callLine?.accept(token, microphone);
    } catch {
      stop(microphone);
      this.post({ is: 'ended', token, status: null });
    }
  }

  /** The question can stand open for long: the call may be over by the time it is answered. */
  async #microphoneFor(token: number): Promise<MediaStream | null> {
    try {
      const stream = await openMicrophone();
      this.post({ is: 'microphone', problem: null });
      const call = this.#phone.call;
      if (call?.token === token && call.state !== 'ending') return stream;
      stop(stream);
    } catch (error) {
      this.post({ is: 'no-microphone', token, problem: microphoneProblem(error) });
    }
    return null;
  }

  /** A line that was closed has no say any more, but for the call that is still on it. */
  #eventsFor(own: { readonly line: SipLine | null }): SipEvents {
    const tell = (input: Input): void => { if (own.line === this.#line) this.post(input); };
    const tellOfCall = (input: Input): void => { if (own.line === this.#callLine) this.post(input); };
    return {
      up: () => { tell({ is: 'socket-up' }); },
      down: () => { tell({ is: 'socket-down' }); },
      registered: () => { tell({ is: 'registered' }); },
      refused: () => { tell({ is: 'refused' }); },
      registerFailed: () => { tell({ is: 'register-failed' }); },
      incoming: (offer) => {
        const before = this.#phone.calls;
        tell({ is: 'incoming', ...offer });
        if (this.#phone.calls === before) return null;
        this.#callLine = own.line;
        return this.#phone.calls;
      },
      ringing: (token) => { tellOfCall({ is: 'ringing', token }); },
      earlyMedia: (token) => { tellOfCall({ is: 'early-media', token }); },
      answered: (token) => { tellOfCall({ is: 'answered', token, at: Date.now() }); },
      ended: (token, status) => { tellOfCall({ is: 'ended', token, status }); },
    };
  }
}

function isSamePhone(one: PhoneSession, other: PhoneSession): boolean {
  return one.endpoint === other.endpoint && one.password === other.password && one.domain === other.domain;
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function bounded(work: Promise<void>): Promise<void> {
  return Promise.race([work, new Promise<void>((resolve) => setTimeout(resolve, unregisterBound))]);
}
