/** Before the person is signed out, the phone is: its credentials end with the sign-in, and a call would hang. */
export function startSignOut(endPhone: () => Promise<void>): void {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.hasAttribute('data-sign-out')) return;
    event.preventDefault();
    // submit() raises no further submit event.
    void endPhone().catch(() => undefined).then(() => { form.submit(); });
  });
}
