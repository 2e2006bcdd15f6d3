import type { NumberPreview, PersonView } from '../hub/contract';

/** Beside a suggestion: where a colleague is, and for a contact what they are. */
export function placeOf(person: PersonView): string {
  if (person.online === null) return person.company ?? 'Contact';
  return person.online ? 'Phone open' : 'Away';
}

/** Under the field, once a suggestion is chosen. */
export function chosenSentence(person: PersonView): string {
  return person.online === false ? `${person.name} has no phone open right now.` : person.number ?? 'Colleague';
}

/** Behind a number: its country, and whose it is. */
export function detailOf(preview: NumberPreview): string {
  return [preview.countryName, preview.name].filter((part) => part !== null).map((part) => ` · ${part}`).join('');
}
