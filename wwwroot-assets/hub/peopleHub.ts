import { KeptConnection } from './keptConnection';
import { peopleMessage, type ChosenPresence, type PeopleMessage } from './peopleContract';
import type { PeopleSource } from './peopleFeed';

/** The page's connection to the colleagues' hub. */
export class PeopleHub extends KeptConnection implements PeopleSource {
  constructor(url: string) {
    super(url);
    // The calls' hub tells the person; here there is only nothing more to ask for.
    this.connection.on('SessionEnded', () => { this.stop(); });
  }

  watch(next: (message: PeopleMessage) => void, failed: () => void): () => void {
    return this.follow('Watch', [], (item) => { next(peopleMessage(item, 'people')); }, failed);
  }

  async setPresence(chosen: ChosenPresence): Promise<void> {
    await this.connection.invoke('SetPresence', chosen);
  }

  async setFavourite(personId: string, isFavourite: boolean): Promise<void> {
    await this.connection.invoke('SetFavourite', personId, isFavourite);
  }
}
