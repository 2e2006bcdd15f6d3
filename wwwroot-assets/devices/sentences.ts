import type { Missing, Role, Settled } from './choice';

const names: Readonly<Record<Role, string>> = { microphone: 'microphone', speaker: 'speaker', ring: 'ring device' };

/** A sentence for each device that is missing; a headset is one device, though it is microphone and speaker. */
export function missingSentences(missing: readonly Missing[], inCall: boolean): string[] {
  return grouped(missing).map(({ label, why, roles, are }) => {
    if (why === 'refused') return `${quoted(label)} does not answer. The default ${roles} ${are} used instead.`;
    return inCall
      ? `${quoted(label)} is not connected. The call goes on with the default ${roles}.`
      : `${quoted(label)} is not connected. The default ${roles} ${are} used until it is back.`;
  });
}

/** For those that were missing, and are what is used now. */
export function backSentences(before: readonly Missing[], used: Settled['used']): string[] {
  const back = before.filter((one) => used[one.role]?.label === one.label);
  return grouped(back).map(({ label, roles }) => `${quoted(label)} is back, and is your ${roles} again.`);
}

export const soundSentences = {
  mutedSpeech: 'You are muted. The others hear nothing of what you say.',
  dead: 'Your microphone gives no sound, so the others hear nothing. Look for a mute switch on it and at its cable, or choose another one under “Sound devices”.',
  blocked: 'Click anywhere in this page, so that calls can be heard ringing.',
  none: 'This call has no microphone any more, so the others hear nothing. Connect one, or allow it for this site; it is used at once.',
};

interface Group {
  readonly label: string;
  readonly why: Missing['why'];
  readonly roles: string;
  readonly are: 'is' | 'are';
}

function grouped(missing: readonly Missing[]): Group[] {
  const groups = new Map<string, { label: string; why: Missing['why']; roles: string[] }>();
  for (const { role, label, why } of missing) {
    const key = `${why} ${label}`;
    const group = groups.get(key) ?? { label, why, roles: [] };
    group.roles.push(names[role]);
    groups.set(key, group);
  }
  return [...groups.values()].map((group) => ({ ...group, roles: joined(group.roles), are: group.roles.length > 1 ? 'are' : 'is' }));
}

function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

function quoted(label: string): string {
  return label === '' ? 'The chosen device' : `“${label}”`;
}
