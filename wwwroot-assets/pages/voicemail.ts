import { el } from '../shell/dom';

/** What the mailbox's parts need of the hub. */
export interface MailboxSource {
  readonly connected: boolean;
  onDisconnected(listener: () => void): void;
  onMailbox(listener: (newMessages: number, hasCome: boolean) => void): void;
}

/** Keeps the count of new messages beside the navigation true, and marks a message as heard once it plays. Gives what shows it on the next page. */
export function startVoicemail(source: MailboxSource): () => void {
  let known: number | null = null;
  let wasAway = false;
  source.onDisconnected(() => { wasAway = true; });
  source.onMailbox((newMessages, hasCome) => {
    // What came while nothing was heard is told as a count only.
    const hasMissed = wasAway && known !== null && known !== newMessages;
    wasAway = false;
    known = newMessages;
    showCount(newMessages);
    const changed = document.querySelector<HTMLElement>('[data-voicemail-changed]');
    if (changed && (hasCome || hasMissed)) changed.hidden = false;
  });
  // Players do not let their events rise; they can be caught on the way down.
  document.addEventListener('play', (event) => {
    const message = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-message][data-new]') : null;
    if (message) void markHeard(message);
  }, { capture: true });
  return () => {
    // A page from the browser's own memory has an old count.
    if (known !== null && source.connected) showCount(known);
  };
}

function showCount(count: number): void {
  const badge = document.querySelector<HTMLElement>('[data-voicemail-count]');
  if (!badge) return;
  badge.hidden = count === 0;
  badge.replaceChildren(String(count), el('span', { class: 'visually-hidden' }, ' new'));
}

async function markHeard(message: HTMLElement): Promise<void> {
  const form = message.querySelector<HTMLFormElement>('form[data-message-heard]');
  if (!form) return;
  delete message.dataset.new;
  try {
    await fetch(form.action, { method: 'POST', body: new FormData(form), redirect: 'manual' });
  } catch {
    // It stays new on the server, and is marked when it plays the next time.
    message.dataset.new = 'true';
    return;
  }
  show(message, '[data-message-new]', false);
  show(message, '[data-message-heard]', false);
  show(message, '[data-message-unheard]', true);
}

function show(message: HTMLElement, selector: string, shown: boolean): void {
  const part = message.querySelector<HTMLElement>(selector);
  if (part) part.hidden = !shown;
}
