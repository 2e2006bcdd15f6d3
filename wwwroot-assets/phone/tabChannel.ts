/** What one tab asks of the tab that has the phone. */
export type TabRequest =
  | { readonly want: 'dial'; readonly dial: string; readonly number: string; readonly name: string | null }
  | { readonly want: 'accept'; readonly callId: string };

/** Null where it is being done; else a sentence that says why not. */
export type TabAnswer = string | null;

type Message =
  | { readonly kind: 'request'; readonly id: string; readonly request: TabRequest }
  | { readonly kind: 'answer'; readonly id: string; readonly answer: TabAnswer };

const name = 'aridialer-phone';
const answerBound = 2_000;
export const nobodyAnswers = 'The tab that has the phone does not answer. Press “Use here” to move the phone to this tab, then try again.';

/**
 * Tabs of one browser share one phone: calls made or taken in any of them sound in the tab that has it. Taking the phone
 * over instead would not do for a call that rings, because it rings at the other tab's registration.
 */
export class TabChannel {
  readonly #channel = new BroadcastChannel(name);
  readonly #waiting = new Map<string, (answer: TabAnswer) => void>();

  /** Gives undefined where this tab has no phone: the tab that has it answers. */
  constructor(answer: (request: TabRequest) => TabAnswer | undefined) {
    this.#channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.kind === 'answer') {
        this.#waiting.get(data.id)?.(data.answer);
        return;
      }
      const said = answer(data.request);
      if (said !== undefined) this.#channel.postMessage({ kind: 'answer', id: data.id, answer: said } satisfies Message);
    };
  }

  ask(request: TabRequest): Promise<TabAnswer> {
    const id = `${performance.timeOrigin}-${Math.random()}`;
    return new Promise((resolve) => {
      const settle = (answer: TabAnswer): void => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        resolve(answer);
      };
      const timer = setTimeout(() => { settle(nobodyAnswers); }, answerBound);
      this.#waiting.set(id, settle);
      this.#channel.postMessage({ kind: 'request', id, request } satisfies Message);
    });
  }
}
