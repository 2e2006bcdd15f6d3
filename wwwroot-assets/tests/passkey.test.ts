import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startPasskeys } from '../pages/passkey';

const page = `
  <form data-passkey="create" data-passkey-options="/account/passkey-options/create">
    <input name="password" value="wrong"><input type="hidden" name="credential"><div data-passkey-error hidden></div>
  </form>`;

const settled = (): Promise<void> => new Promise((done) => { setTimeout(done); });

describe('adding a passkey', () => {
  const create = vi.fn();

  beforeEach(() => {
    document.body.innerHTML = page;
    vi.stubGlobal('navigator', { credentials: { create } });
    startPasskeys();
  });

  afterEach(() => { vi.unstubAllGlobals(); });

  it('asks the server with the password first, and shows its refusal before the device is asked', async () => {
    const fetched = vi.fn<typeof fetch>(() => Promise.resolve(Response.json({ detail: 'The password is wrong.' }, { status: 403 })));
    vi.stubGlobal('fetch', fetched);
    document.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await settled();

    expect(fetched).toHaveBeenCalledOnce();
    expect((fetched.mock.calls[0]?.[1]?.body as FormData).get('password')).toBe('wrong');
    expect(document.querySelector('[data-passkey-error]')?.textContent).toBe('The password is wrong.');
    expect(create).not.toHaveBeenCalled();
  });
});
