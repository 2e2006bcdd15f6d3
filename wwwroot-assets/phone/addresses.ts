import type { Web } from 'sip.js';

/** An offer that would name no address. */
export class NoAddress extends Error {}

/**
 * Has a handler make no offer of new addresses without one: a browser may know of none for a moment after its network has changed. It
 * cannot use the answer to such an offer, and SIP.js ends the call then.
 */
export function offerAddressesOnly(handler: Web.SessionDescriptionHandler): void {
  const describe = handler.getDescription.bind(handler);
  handler.getDescription = async (options, modifiers) => {
    const description = await describe(options, modifiers);
    if (options?.offerOptions?.iceRestart !== true || description.body.includes('a=candidate:')) return description;
    await handler.peerConnection?.setLocalDescription({ type: 'rollback' });
    throw new NoAddress('The browser knows of no address.');
  };
}
