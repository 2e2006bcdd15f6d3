const unregisterBound = 1_000;

/** Whoever signs out does not wait for a registrar that does not answer. */
export function bounded(work: Promise<void>): Promise<void> {
  return Promise.race([work, new Promise<void>((resolve) => setTimeout(resolve, unregisterBound))]);
}
