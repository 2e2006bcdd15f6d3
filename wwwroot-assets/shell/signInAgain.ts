/** Where a page goes whose sign-in has run out while it slept: to signing in, with a sentence that says why, and back from there. */
export function signInAgain(from: { readonly pathname: string; readonly search: string }): string {
  return `/account/sign-in?${new URLSearchParams({ ranOut: 'true', returnUrl: from.pathname + from.search }).toString()}`;
}
