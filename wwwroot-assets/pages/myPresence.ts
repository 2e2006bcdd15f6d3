import type { PeopleFeed } from '../hub/peopleFeed';
import { chosenPresence, type ChosenPresence } from '../hub/peopleContract';
import { setText } from '../shell/dom';

export interface MyPresenceWorld {
  setPresence(chosen: ChosenPresence): Promise<void>;
}

const failed = 'AriDialer cannot be reached right now, so this was not changed. Try again in a moment.';

/** "My presence", wherever a page has it: shows what was chosen in any tab, and changes it. Gives what shows it in the next page. */
export function startMyPresence(people: PeopleFeed, world: MyPresenceWorld): () => void {
  const show = (): void => {
    const known = people.people;
    if (!known) return;
    for (const field of fields()) {
      field.disabled = !known.fresh;
      field.value = known.chosen;
    }
    for (const avatar of document.querySelectorAll<HTMLElement>('.avatar')) avatar.dataset.chosen = known.chosen;
  };
  people.onChange(show);
  document.addEventListener('change', (event) => {
    const field = event.target;
    if (!(field instanceof HTMLSelectElement) || !field.hasAttribute('data-my-presence')) return;
    const said = field.parentElement?.querySelector('[data-my-presence-said]');
    if (said) setText(said, '');
    world.setPresence(chosenPresence(field.value, 'presence')).catch(() => {
      show();
      if (said) setText(said, failed);
    });
  });
  return show;
}

function fields(): HTMLSelectElement[] {
  return [...document.querySelectorAll<HTMLSelectElement>('select[data-my-presence]')];
}
