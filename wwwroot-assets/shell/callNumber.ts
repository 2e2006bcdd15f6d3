/** What a part of a page asks the phone to call. */
export interface DialRequest {
  readonly dial: string;
  readonly number: string;
  readonly name: string | null;
}

const type = 'aridialer:dial';

/** Asks the phone in the page, whichever it is, to call. */
export function requestDial(request: DialRequest): void {
  document.dispatchEvent(new CustomEvent<DialRequest>(type, { detail: request }));
}

/** For the phone: hears what pages ask for. */
export function onDial(listener: (request: DialRequest) => void): void {
  document.addEventListener(type, (event) => { listener((event as CustomEvent<DialRequest>).detail); });
}

/** Every <call-number> of every page calls when it is pressed: one listener for all, also for those that come later. */
export function startCallNumbers(): void {
  document.addEventListener('click', (event) => {
    const pressed = event.target instanceof Element ? event.target.closest<HTMLElement>('button[data-dial]') : null;
    const dial = pressed?.dataset.dial;
    if (!pressed || !dial) return;
    requestDial({ dial, number: pressed.dataset.number ?? '', name: pressed.dataset.name ?? null });
  });
}
