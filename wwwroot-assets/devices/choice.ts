/** A microphone or a loudspeaker, as the browser names it. */
export interface Device {
  readonly id: string;
  readonly label: string;
}

export type Role = 'microphone' | 'speaker' | 'ring';

export const roles: readonly Role[] = ['microphone', 'speaker', 'ring'];

/** What the browser does to the microphone's sound before it is sent. */
export interface Processing {
  readonly echoCancellation: boolean;
  readonly noiseSuppression: boolean;
  readonly autoGainControl: boolean;
}

/** What the person chose; null where they leave it to the system. */
export interface Choice extends Readonly<Record<Role, Device | null>> {
  readonly processing: Processing;
}

export const nothingChosen: Choice = {
  microphone: null,
  speaker: null,
  ring: null,
  processing: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
};

/** What is plugged in. */
export interface Present {
  /** Names can be seen: browsers hide them until the microphone was allowed once. */
  readonly known: boolean;
  readonly microphones: readonly Device[];
  readonly speakers: readonly Device[];
  /** Which microphone the system's default is, in a form that is only good for comparing. */
  readonly defaultMicrophone: string;
}

/** A chosen device that cannot be used, so that the default stands in for it. */
export interface Missing {
  readonly role: Role;
  readonly label: string;
  /** Gone: it is not plugged in. Refused: it is there, and could not be opened. */
  readonly why: 'gone' | 'refused';
}

/** What follows from the choice and from what is there. */
export interface Settled {
  /** Null: the system's default. */
  readonly used: Readonly<Record<Role, Device | null>>;
  readonly missing: readonly Missing[];
  /** The choice, with the ids that its devices have now. */
  readonly choice: Choice;
}

// Chrome lists its defaults once more under these ids.
const aliases: readonly string[] = ['', 'default', 'communications'];

export function presentIn(list: readonly Pick<MediaDeviceInfo, 'deviceId' | 'groupId' | 'kind' | 'label'>[]): Present {
  const of = (kind: MediaDeviceKind): Device[] => list
    .filter((one) => one.kind === kind && !aliases.includes(one.deviceId))
    .map((one) => ({ id: one.deviceId, label: one.label }));
  const inputs = list.filter((one) => one.kind === 'audioinput');
  // Where no entry says so, the first is the default.
  const standard = inputs.find((one) => one.deviceId === 'default') ?? inputs[0];
  return {
    known: list.some((one) => one.label !== ''),
    microphones: of('audioinput'),
    speakers: of('audiooutput'),
    defaultMicrophone: standard ? `${standard.groupId} ${standard.label}` : '',
  };
}

/** The wanted device among those that are there: by its id, or by its name, since browsers change ids. */
export function pick(wanted: Device, present: readonly Device[]): Device | null {
  return present.find((one) => one.id === wanted.id)
    ?? present.find((one) => one.label !== '' && one.label === wanted.label)
    ?? null;
}

/**
 * Decides what is used. `lost` is a microphone that nobody chose and that was unplugged in mid-call: it is used again once
 * it is back. `refused` are the ids that could not be opened since something was last plugged in or out.
 */
export function settle(choice: Choice, present: Present, lost: Device | null = null, refused: ReadonlySet<string> = new Set()): Settled {
  const used: Record<Role, Device | null> = { microphone: null, speaker: null, ring: null };
  const renewed: Record<Role, Device | null> = { microphone: choice.microphone, speaker: choice.speaker, ring: choice.ring };
  const missing: Missing[] = [];
  for (const role of roles) {
    const chosen = choice[role];
    const wanted = chosen ?? (role === 'microphone' ? lost : null);
    if (!wanted) continue;
    // Without names nothing can be said to be missing: it is tried as it was remembered.
    const found = present.known ? pick(wanted, role === 'microphone' ? present.microphones : present.speakers) : wanted;
    if (found && chosen) renewed[role] = { id: found.id, label: found.label || wanted.label };
    if (found && !refused.has(found.id)) used[role] = found;
    else missing.push({ role, label: wanted.label, why: found ? 'refused' : 'gone' });
  }
  return { used, missing, choice: { ...choice, ...renewed } };
}

/** Two microphones with the same mark are the same, opened in the same way. */
export function microphoneMark(used: Device | null, present: Present, processing: Processing): string {
  const { echoCancellation, noiseSuppression, autoGainControl } = processing;
  return JSON.stringify([used?.id ?? `default ${present.defaultMicrophone}`, echoCancellation, noiseSuppression, autoGainControl]);
}

/** What to ask the browser for. */
export function microphoneConstraints(device: Device | null, processing: Processing): MediaTrackConstraints {
  return device ? { ...processing, deviceId: { exact: device.id } } : { ...processing };
}
