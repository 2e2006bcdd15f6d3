import { KeptConnection } from './keptConnection';
import { integer, truth } from './shape';

/** The page's connection to the person's mailbox. */
export class VoicemailHub extends KeptConnection {
  constructor(url: string) {
    super(url);
    // The calls' hub tells the person; here there is only nothing more to ask for.
    this.connection.on('SessionEnded', () => { this.stop(); });
  }

  /** Tells how many messages are new, and whether something has come that an open page does not show. */
  onMailbox(listener: (newMessages: number, hasCome: boolean) => void): void {
    this.connection.on('Mailbox', (newMessages: unknown, hasCome: unknown) => {
      listener(integer(newMessages, 'mailbox.newMessages'), truth(hasCome, 'mailbox.hasCome'));
    });
  }
}
