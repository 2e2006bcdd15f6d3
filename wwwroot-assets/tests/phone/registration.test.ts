// eslint-disable-next-line no-restricted-imports -- what stands in for the network is below SIP.js.
import { TransportState, UserAgent, type Transport, type UserAgentOptions } from 'sip.js';
import { afterEach, beforeEach, describe, expect, it, vi, type Mock } from 'vitest';
import { Registration } from '../../phone/registration';

let sent: string[];
let transport: Transport & { onMessage?: (message: string) => void };
let agent: UserAgent;
let events: { accepted: Mock<() => void>; refused: Mock<() => void>; failed: Mock<() => void> };
let registration: Registration;

const header = (request: string, name: string): string => new RegExp(`^${name}: (.*)$`, 'mi').exec(request)?.[1]?.trim() ?? '';

/** What the registrar says to a REGISTER. */
function answer(request: string, status: string): void {
  const copied = ['Via', 'From', 'Call-ID', 'CSeq', 'Contact'].map((name) => `${name}: ${header(request, name)}`);
  transport.onMessage?.([`SIP/2.0 ${status}`, `To: ${header(request, 'To')};tag=there`, ...copied, 'Expires: 120', 'Content-Length: 0', '', ''].join('\r\n'));
}

class Wire {
  readonly protocol = 'WS';
  readonly stateChange = { addListener: () => undefined, removeListener: () => undefined };
  state = TransportState.Connected;
  onMessage?: (message: string) => void;
  isConnected = (): boolean => true;
  connect = (): Promise<void> => Promise.resolve();
  disconnect = (): Promise<void> => Promise.resolve();
  dispose = (): Promise<void> => Promise.resolve();
  send = (message: string): Promise<void> => { sent.push(message); return Promise.resolve(); };
}

beforeEach(async () => {
  vi.useFakeTimers();
  sent = [];
  agent = new UserAgent({
    uri: UserAgent.makeURI('sip:web-a@example.com') ?? expect.fail('no address'),
    transportConstructor: class extends Wire {
      constructor() {
        super();
        transport = this as unknown as typeof transport;
      }
    } as unknown as NonNullable<UserAgentOptions['transportConstructor']>,
    logBuiltinEnabled: false,
    gracefulShutdown: false,
  });
  await agent.start();
  events = { accepted: vi.fn<() => void>(), refused: vi.fn<() => void>(), failed: vi.fn<() => void>() };
  registration = new Registration(agent, events);
});

afterEach(() => { vi.useRealTimers(); });

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

describe('a registration', () => {
  it('is accepted, or refused where the credentials are not taken', async () => {
    registration.register();
    await settle();
    answer(sent[0] ?? '', '200 OK');
    expect(events.accepted).toHaveBeenCalledOnce();
    registration.register();
    await settle();
    answer(sent[1] ?? '', '403 Forbidden');
    expect(events.refused).toHaveBeenCalledOnce();
    expect(events.failed).not.toHaveBeenCalled();
  });

  it('is asked for anew where the answer was lost with its socket', async () => {
    registration.register();
    await settle();
    registration.register();
    await settle();
    expect(sent).toHaveLength(2);
    expect(header(sent[1] ?? '', 'Call-ID')).not.toBe(header(sent[0] ?? '', 'Call-ID'));
    answer(sent[1] ?? '', '200 OK');
    expect(events.accepted).toHaveBeenCalledOnce();

    // What becomes of the first one means nothing any more, and it takes nothing back.
    await vi.advanceTimersByTimeAsync(40_000);
    expect(events.failed).not.toHaveBeenCalled();
    expect(sent.filter((message) => message.includes('Expires: 0'))).toEqual([]);
  });

  it('has failed where no answer comes in ten seconds', async () => {
    registration.register();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(events.failed).toHaveBeenCalledOnce();
  });
});
