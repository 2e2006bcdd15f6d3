import { describe, expect, it, vi } from 'vitest';
import { actionOf } from '../dock/keys';
import { duration } from '../shell/duration';
import { allowRedisplay } from '../shell/navigation';
import { startSignOut } from '../shell/signOut';

describe('duration', () => {
  it('reads like a clock', () => {
    expect([-5, 0, 999, 61_000, 3_675_000, 36_000_000].map(duration)).toEqual(['0:00', '0:00', '0:00', '1:01', '1:01:15', '10:00:00']);
  });
});

describe('actionOf', () => {
  const key = (code: string, given: Partial<KeyboardEvent> = {}): Pick<KeyboardEvent, 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey' | 'code'> =>
    ({ ctrlKey: true, shiftKey: true, altKey: false, metaKey: false, code, ...given });

  it('knows the keys of the field', () => {
    expect(['KeyA', 'KeyR', 'KeyM', 'Digit1', 'KeyX'].map((code) => actionOf(key(code)))).toEqual(['accept', 'reject', 'mute', 'end', null]);
  });

  it('leaves all others to the browser', () => {
    expect(actionOf(key('KeyA', { shiftKey: false }))).toBeNull();
    expect(actionOf(key('KeyA', { altKey: true }))).toBeNull();
  });
});

describe('allowRedisplay', () => {
  const answer = (method: string, status: number): number => {
    const form = document.createElement('form');
    form.method = method;
    const detail = { fetchResponse: { response: new Response('<p>wrong</p>', { status }) } };
    const event = new CustomEvent('turbo:before-fetch-response', { detail });
    form.addEventListener('turbo:before-fetch-response', (heard) => { allowRedisplay(heard as typeof event); });
    form.dispatchEvent(event);
    return detail.fetchResponse.response.status;
  };

  it('lets a form with a mistake in it show again', () => {
    expect(answer('post', 200)).toBe(422);
  });

  it('touches no other answer', () => {
    expect(answer('get', 200)).toBe(200);
    expect(answer('post', 500)).toBe(500);
  });
});

describe('startSignOut', () => {
  it('ends the phone first, and signs out even where that fails', async () => {
    let fail: () => void = () => undefined;
    startSignOut(() => new Promise((_, reject) => { fail = () => { reject(new Error('down')); }; }));
    const form = document.createElement('form');
    form.setAttribute('data-sign-out', '');
    document.body.replaceChildren(form);
    const submit = vi.spyOn(form, 'submit').mockImplementation(() => undefined);
    const event = new Event('submit', { bubbles: true, cancelable: true });
    form.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(true);
    expect(submit).not.toHaveBeenCalled();
    fail();
    await vi.waitFor(() => { expect(submit).toHaveBeenCalledOnce(); });
  });
});
