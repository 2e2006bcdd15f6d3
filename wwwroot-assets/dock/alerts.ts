const flashEvery = 1_000;

/** What reaches somebody who looks elsewhere: the page's title in turns, and a notification where the person allowed it. */
export class CallAlert {
  #flash: ReturnType<typeof setInterval> | undefined;
  #title = '';
  #notification: Notification | null = null;
  #ringing = false;

  show(who: string | null): void {
    if ((who !== null) === this.#ringing) return;
    this.#ringing = who !== null;
    if (who === null) this.#stop();
    else this.#start(who);
  }

  #start(who: string): void {
    const words = `Incoming call: ${who}`;
    this.#title = document.title;
    this.#flash = setInterval(() => {
      // Another page may have come in the meantime, with a title of its own.
      if (document.title !== words) this.#title = document.title;
      document.title = document.title === words ? this.#title : words;
    }, flashEvery);
    if (notificationsAllowed() !== 'granted') return;
    try {
      this.#notification = new Notification('Incoming call', { body: who, tag: 'aridialer-call', requireInteraction: true });
      this.#notification.onclick = () => { window.focus(); };
    } catch {
      // Phones' browsers have the permission but not this constructor; the page rings all the same.
    }
  }

  #stop(): void {
    clearInterval(this.#flash);
    document.title = this.#title;
    this.#notification?.close();
    this.#notification = null;
  }
}

export function notificationsAllowed(): NotificationPermission {
  return 'Notification' in window ? Notification.permission : 'denied';
}
