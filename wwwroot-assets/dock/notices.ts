import type { CallView } from '../hub/contract';
import { myUserId } from '../hub/sides';
import { el, icon, setText } from '../shell/dom';

const stored = 'aridialer-read-notices';
const remembered = 30;

interface Notice {
  readonly id: number;
  readonly sentence: string;
  readonly tone: 'plain' | 'bad';
}

/** What the server tells people about their calls, such as a transfer that failed. Each stays until it was read. */
export class Notices {
  readonly element = el('ul', { class: 'dock-notices', 'aria-label': 'Notices', 'aria-live': 'polite' });
  /** The latest of each call; also of a call that has ended since. */
  readonly #unread = new Map<string, Notice>();
  readonly #rows = new Map<string, HTMLLIElement>();

  constructor() {
    // Read in another tab.
    window.addEventListener('storage', (event) => { if (event.key === stored) this.#render(); });
  }

  show(calls: Iterable<CallView>): void {
    for (const call of calls) {
      const { notice } = call;
      if (!notice || !call.mine || (notice.userId !== null && notice.userId !== myUserId(call))) continue;
      if (notice.id >= (this.#unread.get(call.id)?.id ?? 0)) this.#unread.set(call.id, notice);
    }
    this.#render();
  }

  #render(): void {
    const read = new Set(readKeys());
    for (const [callId, notice] of this.#unread) {
      const key = keyOf(callId, notice);
      if (read.has(key)) {
        this.#rows.get(callId)?.remove();
        this.#rows.delete(callId);
        continue;
      }
      const row = this.#rows.get(callId) ?? this.#add(callId);
      row.dataset.tone = notice.tone;
      const sentence = row.querySelector('p');
      if (sentence) setText(sentence, notice.sentence);
    }
  }

  #add(callId: string): HTMLLIElement {
    const dismiss = el('button', { type: 'button', class: 'notice-close', 'aria-label': 'Dismiss' }, icon('x-lg'));
    dismiss.addEventListener('click', () => {
      const notice = this.#unread.get(callId);
      if (notice) markRead(keyOf(callId, notice));
      this.#render();
    });
    const row = el('li', { class: 'notice' }, icon('info-circle'), el('p', {}), dismiss);
    this.#rows.set(callId, row);
    this.element.append(row);
    return row;
  }
}

const keyOf = (callId: string, { id }: Notice): string => `${callId} ${id}`;

function readKeys(): string[] {
  return (localStorage.getItem(stored) ?? '').split('\n').filter(Boolean);
}

function markRead(key: string): void {
  localStorage.setItem(stored, [...readKeys(), key].slice(-remembered).join('\n'));
}
