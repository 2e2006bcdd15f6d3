/** What plays sound on a device that can be chosen, where the browser has it; the DOM's types do not know all of them. */
interface Sink {
  setSinkId?(id: string): Promise<void>;
}

/** Whether this browser lets a page choose where it is heard. */
export function canChooseOutput(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype;
}

/** Plays on the device from now on; on the system's default where there is none, or where the browser refuses it. */
export async function playOn(target: object, device: string | null): Promise<void> {
  const sink = target as Sink;
  if (!sink.setSinkId) return;
  try {
    await sink.setSinkId(device ?? '');
  } catch {
    if (device !== null) await sink.setSinkId('').catch(() => undefined);
  }
}
