/** How other scripts and the player of the page's recording talk to each other, whichever of them is started first. */
export interface RecordingPosition {
  readonly seconds: number;
  readonly playing: boolean;
}

export interface WantedPosition {
  readonly seconds: number;
  /** Whether it plays from there; it goes on as it was otherwise. */
  readonly play?: boolean;
}

const moved = 'recording:position';
const wanted = 'recording:seek';

/** Has the player go to a second. A page without a player does nothing. */
export function seekRecording(seconds: number, play = false): void {
  document.dispatchEvent(new CustomEvent<WantedPosition>(wanted, { detail: { seconds, play } }));
}

/** Tells where the player is: some ten times a second while it plays, and each time that it moves. Gives what ends it. */
export function onRecordingPosition(listener: (position: RecordingPosition) => void): () => void {
  return listen(moved, ({ detail }) => { listener(detail as RecordingPosition); });
}

/** For the player: what others want. */
export function onSeekRecording(listener: (position: WantedPosition) => void): () => void {
  return listen(wanted, ({ detail }) => { listener(detail as WantedPosition); });
}

/** For the player: where it is. */
export function tellRecordingPosition(position: RecordingPosition): void {
  document.dispatchEvent(new CustomEvent<RecordingPosition>(moved, { detail: position }));
}

function listen(name: string, hear: (event: CustomEvent) => void): () => void {
  const listener = hear as EventListener;
  document.addEventListener(name, listener);
  return () => { document.removeEventListener(name, listener); };
}
