import { backoff } from '../shell/backoff';
import { bounded } from './bounded';
import { CallLines } from './callLines';
import { callOf } from './callList';
import { closeMicrophone, openMicrophone } from './microphone';
import { microphoneProblem, problems } from './problems';
import { initialPhone, step, type Effect, type Input, type Phone } from './phoneState';
import { isSamePhone, SessionError } from './session';
import type { PhoneWorld } from './phoneWorld';
import type { PhoneSession, SipEvents, SipLine } from './sipLine';
import { isHeld, isOpen, isSilent } from './sounding';

/** How long the hub's stream has to show what the hub accepted. */
const shownWithin = 1_500;
/** How long a call that was asked back has to come before it is asked for again. */
const comesBackWithin = 3_000;

/** Runs what the state machine decides: each input becomes the next state and the effects that belong to it. */
export class PhoneRunner {
  #phone: Phone = initialPhone;
  #session: PhoneSession | null = null;
  #line: SipLine | null = null;
  readonly #lines = new CallLines();
  #unregistering: Promise<void> = Promise.resolve();
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
    this.#lines.sweep(this.#phone.calls);
    for (const listener of this.#listeners) listener(this.#phone);
  }

  /** The network is back, or the person or the server is: no need to sit out the back-off, and it starts again from its first step. */
  hurry(): void {
    this.#line?.check();
    this.post({ is: 'hurry' });
    if (this.#retry !== undefined) this.#retryNow();
  }

  /** There is no network at all: what was open is lost, and the first try is made with the next one. */
  offline(): void {
    this.#line?.check(true);
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
      case 'reject': this.#lines.of(effect.token)?.reject(effect.token, effect.status); break;
      case 'hang-up': this.#lines.of(effect.token)?.hangUp(effect.token); break;
      case 'drop': this.#lines.of(effect.token)?.drop(effect.token); break;
      case 'come-back': this.#comeBack(effect.callId, effect.soundIsLost); break;
      case 'ask-hub': void this.#askHub(effect); break;
      case 'sound': this.#lines.of(effect.token)?.sound(effect.token, effect.open, effect.muted); break;
      case 'watch-for-end': setTimeout(() => { this.post({ is: 'overdue', token: effect.token }); }, effect.after); break;
    }
  }

  async #fetchSession(): Promise<void> {
    try {
      const session = await this.world.fetchSession();
      if (this.#session && !isSamePhone(session, this.#session)) this.#close();
      this.#session = session;
      this.post({ is: 'session-ready', endpoint: session.endpoint });
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
      if (!line) return;
      this.#lines.leave(line);
      this.#lines.sweep(this.#phone.calls);
    });
  }

  async #askHub({ token, ask, control }: Effect & { do: 'ask-hub' }): Promise<void> {
    const accepted = await this.world.askHub(control);
    const settle = (): void => { this.post({ is: 'hub-answered', token, ask, accepted }); };
    if (accepted) setTimeout(settle, shownWithin);
    else settle();
  }

  #comeBack(callId: string, soundIsLost: boolean): void {
    void this.world.comeBack(callId, soundIsLost).then((isKnown) => { if (!isKnown) this.post({ is: 'no-such-call', callId }); }, () => undefined);
    setTimeout(() => { this.post({ is: 'come-back-due', callId }); }, comesBackWithin);
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
      if (!this.#line) throw new Error('The line is gone.');
      this.#lines.put(token, this.#line);
      const sipCallId = this.#line.invite(token, dial, microphone);
      this.#setSound(token);
      this.post({ is: 'invited', token, sipCallId });
    } catch {
      closeMicrophone(microphone);
      this.post({ is: 'ended', token, status: 500 });
    }
  }

  async #accept(token: number): Promise<void> {
    const microphone = await this.#microphoneFor(token);
    if (!microphone) return;
    try {
      const line = this.#lines.of(token);
      if (!line) throw new Error('The line is gone.');
      line.accept(token, microphone);
      this.#setSound(token);
    } catch {
      closeMicrophone(microphone);
      this.post({ is: 'ended', token, status: null });
    }
  }

  /** Another call may have become the current one while the microphone was being opened. */
  #setSound(token: number): void {
    const call = callOf(this.#phone, token);
    if (call) this.#lines.of(token)?.sound(token, isOpen(this.#phone, call), isSilent(this.#phone, call));
  }

  /** The question can stand open for long: the call may be over by the time it is answered. */
  async #microphoneFor(token: number): Promise<MediaStream | null> {
    try {
      const stream = await openMicrophone();
      this.post({ is: 'microphone', problem: null });
      const call = callOf(this.#phone, token);
      if (call && call.state !== 'ending') return stream;
      closeMicrophone(stream);
    } catch (error) {
      this.post({ is: 'no-microphone', token, problem: microphoneProblem(error) });
    }
    return null;
  }

  /** A line that was closed has no say any more, but for the call that is still on it. */
  #eventsFor(own: { readonly line: SipLine | null }): SipEvents {
    const tell = (input: Input): void => { if (own.line === this.#line) this.post(input); };
    const tellOfCall = (token: number, input: Input): void => { if (own.line !== null && own.line === this.#lines.of(token)) this.post(input); };
    return {
      up: () => { tell({ is: 'socket-up' }); },
      down: () => { tell({ is: 'socket-down' }); },
      registered: () => { tell({ is: 'registered' }); },
      refused: () => { tell({ is: 'refused' }); },
      registerFailed: () => { tell({ is: 'register-failed' }); },
      incoming: (offer) => {
        const before = this.#phone.started;
        tell({ is: 'incoming', ...offer });
        const token = this.#phone.started;
        if (token === before || !own.line) return null;
        this.#lines.put(token, own.line);
        return token;
      },
      ringing: (token) => { tellOfCall(token, { is: 'ringing', token }); },
      earlyMedia: (token) => { tellOfCall(token, { is: 'early-media', token }); },
      answered: (token) => { tellOfCall(token, { is: 'answered', token, at: Date.now() }); },
      isHeld: (token) => isHeld(callOf(this.#phone, token)),
      repairing: (token, on) => { tellOfCall(token, { is: 'repairing', token, on }); },
      soundLost: (token) => { tellOfCall(token, { is: 'sound-lost', token }); },
      unheard: (token) => { this.post({ is: 'unheard', token }); },
      ended: (token, status, retryAfter = null) => { tellOfCall(token, { is: 'ended', token, status, retryAfter }); },
    };
  }
}
