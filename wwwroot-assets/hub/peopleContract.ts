import { list, moment, oneOf, orNull, record, text, type Of } from './shape';

export const chosenPresence = oneOf('available', 'away', 'do-not-disturb');

/** One colleague's busy lamp. */
export const lamp = record({
  userId: text,
  name: text,
  number: orNull(text),
  /** The number as people write it. */
  display: orNull(text),
  /** What is dialled to call them. */
  dial: text,
  state: oneOf('available', 'on-call', 'do-not-disturb', 'away'),
  /** Since when they are on a call. */
  since: orNull(moment),
});

export const peopleMessage = record({
  kind: oneOf('snapshot', 'change'),
  people: list(lamp),
  gone: list(text),
  /** What concerns only this person; null where it has not changed. */
  mine: orNull(record({ chosen: chosenPresence, favourites: list(text) })),
});

export type Lamp = Of<typeof lamp>;
export type ChosenPresence = Of<typeof chosenPresence>;
export type PeopleMessage = Of<typeof peopleMessage>;
