/** How long somebody who pressed a button waits before they are told that nothing came back. */
export const longestAnswer = 8_000;

/** The answer, or a failure where none comes in time: a connection that has died says nothing of it for long. */
export function answered(work: Promise<unknown>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => { reject(new Error('no answer')); }, longestAnswer);
    work.then(resolve, reject).finally(() => { clearTimeout(timer); });
  });
}
