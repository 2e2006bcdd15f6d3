import type { NumberPreview, PersonView, TeamView } from '../hub/contract';

/** Beside a suggestion: where a colleague is, how many of a team are free, and for a contact what they are. */
export function placeOf(person: PersonView): string {
  if (person.team) return `Team, ${sizeOf(person.team)}`;
  if (person.online === null) return person.company ?? 'Contact';
  return person.online ? 'Phone open' : 'Away';
}

/** Under the field, once a suggestion is chosen. */
export function chosenSentence(person: PersonView): string {
  if (person.team) return teamSentence(person.name, person.team);
  return person.online === false ? `${person.name} has no phone open right now.` : person.number ?? 'Colleague';
}

/** "Team Sales, 3 people, 2 free". */
export function teamSentence(name: string, team: TeamView): string {
  return `Team ${name}, ${sizeOf(team)}`;
}

/** Behind a number: its country, and whose it is. */
export function detailOf(preview: NumberPreview): string {
  const owner = preview.team ? teamSentence(preview.name ?? '', preview.team) : preview.name;
  return [preview.countryName, owner].filter((part) => part !== null).map((part) => ` · ${part}`).join('');
}

function sizeOf({ people, free }: TeamView): string {
  if (people === 0) return 'nobody in it';
  return `${people === 1 ? '1 person' : `${people} people`}, ${free === 0 ? 'nobody free' : `${free} free`}`;
}
