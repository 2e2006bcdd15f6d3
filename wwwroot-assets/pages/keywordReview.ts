/** Turbo's own element. */
type Frame = HTMLElement & { src: string | null; reload(): Promise<void> };

const often = 1_500;

/** Shows how far the looking through is, as long as it goes on. Gives what ends it when another page comes. */
export function startKeywordReview(root: HTMLElement): () => void {
  const timer = setInterval(() => {
    const frame = root.querySelector<Frame>('turbo-frame');
    if (!frame?.querySelector('[data-running]') || document.hidden) return;
    if (frame.src) void frame.reload();
    else frame.src = location.href;
  }, often);
  return () => { clearInterval(timer); };
}
