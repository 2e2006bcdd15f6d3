import { Registerer, RegistererState, RequestPendingError, type UserAgent } from 'sip.js';

const answeredWithin = 10_000;

export interface RegistrationEvents {
  accepted(): void;
  /** These credentials are not taken. */
  refused(): void;
  failed(): void;
}

/**
 * Keeps the phone registered. Each try is bounded, and one whose answer was lost with its socket does not stand in the way of the next:
 * SIP.js waits for such an answer for half a minute, and asks for nothing else meanwhile.
 */
export class Registration {
  #registerer: Registerer;
  #watchdog: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly agent: UserAgent, private readonly events: RegistrationEvents) {
    this.#registerer = this.#newRegisterer();
  }

  get isRegistered(): boolean {
    return this.#registerer.state === RegistererState.Registered;
  }

  register(): void {
    this.#watch(() => { this.events.failed(); });
    this.#ask(this.#registerer).catch((error: unknown) => {
      if (!(error instanceof RequestPendingError)) throw error;
      const lost = this.#registerer;
      this.#registerer = this.#newRegisterer();
      // It goes once it has given up.
      void lost.dispose();
      return this.#ask(this.#registerer);
    }).catch(() => {
      this.settle();
      this.events.failed();
    });
  }

  async unregister(): Promise<void> {
    this.#watch(() => undefined);
    await new Promise<void>((resolve) => {
      this.#registerer.unregister({ requestDelegate: { onAccept: () => { resolve(); }, onReject: () => { resolve(); } } }).catch(resolve);
    });
  }

  /** Nothing is waited for any more. */
  settle(): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = undefined;
  }

  #ask(registerer: Registerer): Promise<unknown> {
    const answered = (then: () => void): void => {
      if (registerer !== this.#registerer) return;
      this.settle();
      then();
    };
    return registerer.register({
      requestDelegate: {
        onAccept: () => { answered(() => { this.events.accepted(); }); },
        onReject: ({ message }) => {
          const isRefused = [401, 403, 404, 407].includes(message.statusCode ?? 500);
          answered(() => { if (isRefused) this.events.refused(); else this.events.failed(); });
        },
      },
    });
  }

  #newRegisterer(): Registerer {
    const registerer = new Registerer(this.agent, { expires: 120, refreshFrequency: 80, logConfiguration: false });
    registerer.stateChange.addListener((state) => {
      // A refresh that failed while the socket still looked alive.
      const isLost = state === RegistererState.Unregistered && this.#watchdog === undefined;
      if (isLost && registerer === this.#registerer) this.events.failed();
    });
    return registerer;
  }

  #watch(late: () => void): void {
    this.settle();
    this.#watchdog = setTimeout(() => {
      this.settle();
      late();
    }, answeredWithin);
  }
}
