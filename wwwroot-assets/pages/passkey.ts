/**
 * Forms with data-passkey ("request" to sign in, "create" to add one): the browser's passkey goes into the form's
 * field "credential". They stay hidden in a browser that knows no passkeys.
 */
export function startPasskeys(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset.passkey === undefined) return;
    event.preventDefault();
    // submit() raises no further submit event, and the server answers as to any other form.
    fill(form).then(() => { form.submit(); }, (error: unknown) => { tell(form, sentenceFor(error)); });
  });
}

export function showPasskeyForms(): void {
  const known = 'PublicKeyCredential' in window && typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function';
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) form.hidden = !known;
}

async function fill(form: HTMLFormElement): Promise<void> {
  tell(form, '');
  const token = document.querySelector<HTMLMetaElement>('meta[name="request-token"]')?.content ?? '';
  // With the form: a password that is wrong is to be known before the device makes a passkey.
  const response = await fetch(form.dataset.passkeyOptions ?? '', { method: 'POST', headers: { RequestVerificationToken: token }, body: new FormData(form) });
  if (response.status === 403) throw new Refusal((await response.json() as { detail?: string }).detail);
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  const options: unknown = await response.json();
  const credential = form.dataset.passkey === 'create'
    ? await navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON),
    })
    : await navigator.credentials.get({
      publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON),
    });
  const field = form.elements.namedItem('credential');
  if (!(credential instanceof PublicKeyCredential) || !(field instanceof HTMLInputElement)) throw new Error('No passkey came.');
  field.value = JSON.stringify(credential.toJSON());
}

/** The server's own sentence (RFC 9457). */
class Refusal extends Error {}

export function sentenceFor(error: unknown): string {
  if (error instanceof Refusal && error.message !== '') return error.message;
  switch (error instanceof Error || error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'AbortError':
      return 'The passkey was not used. Try again, or use your password.';
    case 'InvalidStateError':
      return 'This device already has a passkey for your account.';
    case 'SecurityError':
      return 'Passkeys work only at the address that they were made for, over https.';
    default:
      return 'The passkey did not work. Reload the page and try again, or use your password.';
  }
}

function tell(form: HTMLFormElement, sentence: string): void {
  const place = form.querySelector<HTMLElement>('[data-passkey-error]');
  if (!place) return;
  place.hidden = sentence === '';
  place.textContent = sentence;
}
