import { answered } from './answered';
import { asteriskView, controlView, liveMessage, liveWords, numberPreview, refusedView, type AsteriskView, type ControlView, type LiveMessage, type LiveScope, type LiveWords, type NumberPreview, type RefusedView } from './contract';
import type { Control } from './controls';
import { KeptConnection } from './keptConnection';
import type { LiveSource } from './liveFeed';

/** The page's connection to the calls' hub. */
export class CallsHub extends KeptConnection implements LiveSource {
  /** The server ended this sign-in: signed out elsewhere, or disabled. */
  onSessionEnded(listener: (sentence: string) => void): void {
    this.connection.on('SessionEnded', (sentence: unknown) => { listener(typeof sentence === 'string' ? sentence : ''); });
  }

  watch(scope: LiveScope, next: (message: LiveMessage) => void, failed: () => void): () => void {
    return this.follow('Watch', [scope], (item) => { next(liveMessage(item, 'live')); }, failed);
  }

  /** What is said in a call, as it is said. */
  readAlong(callId: string, next: (message: LiveWords) => void, failed: () => void): () => void {
    return this.follow('ReadAlong', [callId], (item) => { next(liveWords(item, 'words')); }, failed);
  }

  /** Whether Asterisk answers. */
  watchAsterisk(next: (asterisk: AsteriskView) => void, failed: () => void): () => void {
    return this.follow('WatchAsterisk', [], (item) => { next(asteriskView(item, 'asterisk')); }, failed);
  }

  /** How many calls there was no room for. */
  watchRefused(next: (refused: RefusedView) => void, failed: () => void): () => void {
    return this.follow('WatchRefused', [], (item) => { next(refusedView(item, 'refused')); }, failed);
  }

  /** Fails where the server cannot be reached, or says nothing for long: nobody knows then whether it was done. */
  async control(control: Control): Promise<ControlView> {
    const [method, ...given] = control;
    return controlView(await answered(this.connection.invoke(method, ...given)), method);
  }

  async resolve(text: string): Promise<NumberPreview> {
    return numberPreview(await this.connection.invoke('Resolve', text), 'Resolve');
  }

  async callMe(): Promise<void> {
    await this.connection.invoke('CallMe');
  }
}
