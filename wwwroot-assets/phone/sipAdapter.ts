import { Invitation, Inviter, UserAgent, Web } from 'sip.js';
import { CallMedia } from './media';
import { Pulse } from './pulse';
import { Registration } from './registration';
import { SipCall } from './sipCall';
import type { PhoneSession, SipEvents, SipLine } from './sipLine';

/**
 * SIP.js behind the few words that the phone needs. Its SessionManager is left out on purpose: that ends every
 * call when the socket drops, whereas a call's sound does not depend on the socket.
 */
export class SipAdapter implements SipLine {
  readonly #agent: UserAgent;
  readonly #registration: Registration;
  #up = false;
  #starting = false;
  /** It is another socket than when the phone was registered last, and maybe another network. */
  #wasDown = false;
  #closed = false;
  readonly #calls = new Map<number, SipCall>();
  readonly #pulse = new Pulse(
    () => { this.#agent.transport.send('\r\n\r\n').catch(() => undefined); },
    (wasChecked) => { this.#repairCalls(wasChecked); },
    () => { this.#onDead(); },
  );

  constructor(private readonly session: PhoneSession, server: string, private readonly events: SipEvents) {
    const uri = UserAgent.makeURI(`sip:${session.endpoint}@${session.domain}`);
    if (!uri) throw new Error('The server gave an address for this phone that is none.');
    this.#agent = new UserAgent({
      uri,
      authorizationUsername: session.endpoint,
      authorizationPassword: session.password,
      displayName: session.displayName,
      transportOptions: { server, connectionTimeout: 8, traceSip: false },
      logBuiltinEnabled: false,
      gracefulShutdown: false,
      // How long a phone rings is the server's decision; this only has to be longer.
      noAnswerTimeout: 600,
      sessionDescriptionHandlerFactory: (owner) => {
        const media = [...this.#calls.values()].find((call) => call.session === owner)?.media;
        if (!media) throw new Error('There is no microphone for this call.');
        return media.handlerFor(owner);
      },
      delegate: {
        onConnect: () => { this.#onUp(); },
        onDisconnect: () => { this.#onDown(); },
        onInvite: (invitation) => { this.#onInvite(invitation); },
      },
    });
    this.#registration = new Registration(this.#agent, {
      accepted: () => {
        this.#repairCalls(this.#wasDown);
        this.#wasDown = false;
        this.events.registered();
      },
      refused: () => { this.events.refused(); },
      failed: () => { this.#registerFailed(); },
    });
  }

  connect(): void {
    if (this.#up) {
      this.events.up();
      return;
    }
    const connecting = this.#starting ? this.#agent.reconnect() : this.#agent.start();
    this.#starting = true;
    connecting.catch(() => { if (!this.#closed) this.events.down(); });
  }

  register(): void {
    this.#registration.register();
  }

  async unregister(): Promise<void> {
    if (this.#up && this.#registration.isRegistered) await this.#registration.unregister();
  }

  close(): void {
    this.#closed = true;
    this.#registration.settle();
    this.#pulse.stop();
    void this.#agent.stop();
  }

  check(isLost = false): void {
    if (isLost) this.#onDead();
    else this.#pulse.check();
  }

  invite(token: number, dial: string, microphone: MediaStream): string {
    const target = UserAgent.makeURI(`sip:${dial}@${this.session.domain}`);
    if (!target) throw new Error('This number does not fit into a SIP address.');
    const inviter = new Inviter(this.#agent, target, { earlyMedia: true });
    this.#track(token, inviter).invite(this.#newMedia(microphone));
    return inviter.request.callId;
  }

  accept(token: number, microphone: MediaStream): void {
    const call = this.#calls.get(token);
    if (!call) throw new Error('The call is already gone.');
    call.accept(this.#newMedia(microphone));
  }

  reject(token: number, status: number): void {
    this.#calls.get(token)?.reject(status);
  }

  hangUp(token: number): void {
    this.#calls.get(token)?.hangUp(this.#up);
  }

  drop(token: number): void {
    this.#calls.get(token)?.drop();
  }

  sound(token: number, open: boolean, muted: boolean): void {
    const media = this.#calls.get(token)?.media;
    media?.mute(muted);
    media?.open(open);
  }

  #newMedia(microphone: MediaStream): CallMedia {
    return new CallMedia(microphone, this.session.iceServers);
  }

  #track(token: number, session: Inviter | Invitation): SipCall {
    const call = new SipCall(
      token, session, this.events, () => { this.check(); }, () => { this.#calls.delete(token); });
    this.#calls.set(token, call);
    return call;
  }

  #onInvite(invitation: Invitation): void {
    const token = this.events.incoming({
      sipCallId: invitation.request.callId,
      callId: invitation.request.getHeader('X-AriDialer-Call') ?? null,
      number: invitation.remoteIdentity.uri.user ?? '',
      name: invitation.remoteIdentity.displayName || null,
    });
    if (token === null) void invitation.reject({ statusCode: 486 });
    else this.#track(token, invitation);
  }

  #onUp(): void {
    this.#up = true;
    this.#wasDown = true;
    const socket = this.#socket;
    socket?.addEventListener('message', () => { if (socket === this.#socket) this.#pulse.heard(); });
    this.#pulse.start();
    this.events.up();
  }

  get #socket(): WebSocket | undefined {
    const { transport } = this.#agent;
    return transport instanceof Web.Transport ? transport.ws : undefined;
  }

  #repairCalls(mayBeLost: boolean): void {
    for (const call of this.#calls.values()) call.repair(mayBeLost);
  }

  /** No sign of life: the next try takes a new socket, and this one is left to itself. */
  #onDead(): void {
    if (!this.#up || this.#closed) return;
    this.#leaveSocket();
    this.events.down();
  }

  #onDown(): void {
    if (!this.#up || this.#closed) return;
    this.#up = false;
    this.#registration.settle();
    this.#pulse.stop();
    this.events.down();
  }

  #registerFailed(): void {
    if (!this.#up || this.#closed) return;
    // A socket that does not answer is a dead one, whatever it says: the next try takes a new one.
    this.#leaveSocket();
    this.events.registerFailed();
  }

  #leaveSocket(): void {
    this.#up = false;
    this.#registration.settle();
    this.#pulse.stop();
    void this.#agent.transport.disconnect().catch(() => undefined);
  }
}
