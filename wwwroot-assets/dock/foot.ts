import { el, icon } from '../shell/dom';
import { notificationsAllowed } from './alerts';

/** The small things below the phone: allow notifications, the keys, and in a demo a call from the pretend network. */
export class DockFoot {
  readonly element = el('div', { class: 'dock-foot' });

  constructor(keys: HTMLElement, callMe: (() => Promise<void>) | null) {
    if (callMe) this.element.append(callMeButton(callMe));
    if (notificationsAllowed() === 'default') this.element.append(notifyButton());
    this.element.append(keys);
  }
}

function notifyButton(): HTMLButtonElement {
  const button = el('button', { type: 'button' }, icon('bell'), ' Notify me of calls');
  button.addEventListener('click', () => {
    void Notification.requestPermission().then((permission) => { if (permission !== 'default') button.remove(); });
  });
  return button;
}

function callMeButton(callMe: () => Promise<void>): HTMLButtonElement {
  const button = el('button', { type: 'button' }, icon('telephone-inbound'), ' Call me');
  button.addEventListener('click', () => {
    button.disabled = true;
    void callMe().catch(() => undefined).finally(() => { button.disabled = false; });
  });
  return button;
}
