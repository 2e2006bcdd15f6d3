// eslint-disable-next-line no-restricted-imports -- what stands in for a handler is one of SIP.js.
import type { Web } from 'sip.js';
import { expect, it, vi } from 'vitest';
import { NoAddress, offerAddressesOnly } from '../../phone/addresses';

const restart = { offerOptions: { iceRestart: true } };

function describing(body: string): { handler: Web.SessionDescriptionHandler; rollback: ReturnType<typeof vi.fn> } {
  const rollback = vi.fn(() => Promise.resolve());
  const handler = { getDescription: () => Promise.resolve({ body, contentType: 'application/sdp' }), peerConnection: { setLocalDescription: rollback } } as unknown as Web.SessionDescriptionHandler;
  offerAddressesOnly(handler);
  return { handler, rollback };
}

it('makes no offer of new addresses that names none', async () => {
  const { handler, rollback } = describing('v=0\r\n');
  await expect(handler.getDescription(restart)).rejects.toBeInstanceOf(NoAddress);
  expect(rollback).toHaveBeenCalledExactlyOnceWith({ type: 'rollback' });
});

it('makes one that names an address, and every other description as it is', async () => {
  const addressed = describing('v=0\r\na=candidate:1 1 udp 1 192.0.2.1 5 typ host\r\n');
  expect((await addressed.handler.getDescription(restart)).body).toContain('192.0.2.1');
  const first = describing('v=0\r\n');
  expect((await first.handler.getDescription()).body).toBe('v=0\r\n');
  expect(first.rollback).not.toHaveBeenCalled();
});
