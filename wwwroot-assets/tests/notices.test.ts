import { beforeEach, describe, expect, it } from 'vitest';
import { Notices } from '../dock/notices';
import type { CallView } from '../hub/contract';
import { myCall } from './views';

const told = (id: number, sentence: string, given: Partial<NonNullable<CallView['notice']>> = {}, callId = 'c1'): CallView =>
  myCall({ id: callId, notice: { id, userId: null, sentence, tone: 'bad', ...given } });

let notices: Notices;

const texts = (): string[] => [...notices.element.children].map((row) => row.textContent);
const dismiss = (): void => { notices.element.querySelector<HTMLButtonElement>('button[aria-label=Dismiss]')?.click(); };

beforeEach(() => {
  localStorage.clear();
  notices = new Notices();
});

describe('what a call tells its people', () => {
  it('is shown until it was read, also after the call', () => {
    notices.show([told(1, 'Ada did not answer. You are back with Grace.')]);
    notices.show([]);
    expect(texts()).toEqual(['Ada did not answer. You are back with Grace.']);
    expect(notices.element.getAttribute('aria-live')).toBe('polite');
    dismiss();
    expect(texts()).toEqual([]);
    notices.show([told(1, 'Ada did not answer. You are back with Grace.')]);
    expect(texts()).toEqual([]);
    expect(new Notices().element.children).toHaveLength(0);
  });

  it('gives way to the next of the same call, and stands beside that of another', () => {
    notices.show([told(1, 'First.')]);
    notices.show([told(2, 'Second.'), told(1, 'Another call.', {}, 'c2')]);
    expect(texts()).toEqual(['Second.', 'Another call.']);
    dismiss();
    notices.show([told(3, 'Third.')]);
    expect(texts()).toEqual(['Another call.', 'Third.']);
  });

  it('is shown to whom it is for, and to those who take part', () => {
    notices.show([told(1, 'For me.', { userId: 'u1' }), told(1, 'For another.', { userId: 'u9' }, 'c2'), { ...told(1, 'Not mine.', {}, 'c3'), mine: null }]);
    expect(texts()).toEqual(['For me.']);
  });
});
