/** A connection that comes and goes. */
export interface ComesAndGoes {
  readonly connected: boolean;
  onConnected(listener: () => void): () => void;
  onDisconnected(listener: () => void): () => void;
}

const retryAfter = 2_000;

/**
 * Follows a stream of the hub until it is stopped: anew with each connection, and a while after it failed.
 *
 * @param follow begins it, and gives what ends it.
 * @param lost says that what was heard may be out of date by now.
 */
export function keepFollowing(hub: ComesAndGoes, follow: (failed: () => void) => () => void, lost: () => void = () => undefined): () => void {
  let retry: ReturnType<typeof setTimeout> | undefined;
  let end = (): void => undefined;
  const begin = (): void => {
    clearTimeout(retry);
    end();
    end = follow(() => {
      lost();
      retry = setTimeout(() => { if (hub.connected) begin(); }, retryAfter);
    });
  };
  const stops = [
    hub.onConnected(begin),
    hub.onDisconnected(() => {
      clearTimeout(retry);
      lost();
    }),
  ];
  if (hub.connected) begin();
  return () => {
    clearTimeout(retry);
    end();
    for (const stop of stops) stop();
  };
}
