import { el, icon, setText } from '../shell/dom';
import { notificationsAllowed } from './alerts';

/** The small things below the phone: allow notifications, the keys, and in a demo a call from the pretend network. */
export class DockFoot {
  readonly element = el('div', { class: 'dock-foot' });

  constructor(keys: HTMLElement, callMe: (() => Promise<void>) | null) {
    const said = el('p', { class: 'dock-said', 'aria-live': 'polite' });
    if (callMe) this.element.append(callMeButton(callMe, (sentence) => { setText(said, sentence); }));
    if (notificationsAllowed() === 'default') this.element.append(notifyButton());
    this.element.append(keys, said);
  }
}

function notifyButton(): HTMLButtonElement {
  const button = el('button', { type: 'button' }, icon('bell'), ' Notify me of calls');
  button.addEventListener('click', () => {
    void Notification.requestPermission().then((permission) => { if (permission !== 'default') button.remove(); });
  });
  return button;
}

function callMeButton(callMe: () => Promise<void>, say: (sentence: string) => void): HTMLButtonElement {
  const button = el('button', { type: 'button' }, icon('telephone-inbound'), ' Call me');
  button.addEventListener('click', () => {
    button.disabled = true;
    say('');
    void callMe().catch((error: unknown) => { say(sentenceOf(error)); }).finally(() => { button.disabled = false; });
  });
  return button;
}

/** The server's own sentence comes behind words of the protocol. */
function sentenceOf(error: unknown): string {
  const said = error instanceof Error ? /HubException: (.+)$/.exec(error.message)?.[1] : undefined;
  return said ?? 'The call could not be asked for. Try again in a moment.';
}
