import type { Lamp } from '../hub/peopleContract';
import { button, el, icon, setText } from '../shell/dom';

export interface ColleagueActions {
  call(lamp: Lamp): void;
  favour(lamp: Lamp, isFavourite: boolean): void;
}

const states = { available: 'Available', 'on-call': 'On a call', 'do-not-disturb': 'Do not disturb', away: 'Away' } as const;

const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });

/** One row a colleague, kept while they are shown: a change of one lamp writes one row. */
export class ColleagueList {
  readonly #rows = new Map<string, Row>();

  constructor(private readonly list: HTMLElement, private readonly actions: ColleagueActions) {
    list.replaceChildren();
  }

  show(lamps: readonly Lamp[], favourites: ReadonlySet<string>): void {
    const shown = new Set(lamps.map((lamp) => lamp.userId));
    for (const [id, row] of this.#rows) {
      if (shown.has(id)) continue;
      row.element.remove();
      this.#rows.delete(id);
    }
    const first = (lamp: Lamp): number => (favourites.has(lamp.userId) ? 0 : 1);
    const inOrder = [...lamps].sort((a, b) => first(a) - first(b) || a.name.localeCompare(b.name) || a.userId.localeCompare(b.userId));
    inOrder.forEach((lamp, index) => {
      const row = this.#rows.get(lamp.userId) ?? this.#add(lamp);
      row.show(lamp, favourites.has(lamp.userId));
      const at = this.list.children[index];
      if (at !== row.element) this.#move(row.element, at ?? null);
    });
  }

  /** Moving an element takes the focus away from it: whoever just pressed its star gets it back. */
  #move(element: HTMLElement, before: Element | null): void {
    const focused = document.activeElement;
    this.list.insertBefore(element, before);
    if (focused instanceof HTMLElement && element.contains(focused)) focused.focus();
  }

  #add(lamp: Lamp): Row {
    const row = new Row(lamp, this.actions);
    this.#rows.set(lamp.userId, row);
    return row;
  }
}

class Row {
  readonly element: HTMLLIElement;
  readonly #name = el('span', { class: 'row-title' });
  readonly #number = el('span');
  readonly #state = el('span');
  readonly #since = el('time');
  readonly #lamp = el('span', { class: 'lamp' }, this.#state, ' ', this.#since);
  readonly #star = el('button', { type: 'button', class: 'star' });
  readonly #call: HTMLButtonElement;
  #shown: Lamp | null = null;
  #isFavourite = false;

  constructor(private lamp: Lamp, actions: ColleagueActions) {
    this.#call = button('Call', 'telephone', 'btn-sm btn-outline-primary', () => { actions.call(this.lamp); });
    this.#star.addEventListener('click', () => { actions.favour(this.lamp, !this.#isFavourite); });
    this.element = el('li', { class: 'row-item' }, this.#star,
      el('div', { class: 'row-text' }, this.#name, el('span', { class: 'sub' }, this.#lamp, ' ', this.#number)),
      el('div', { class: 'row-actions' }, this.#call));
  }

  show(lamp: Lamp, isFavourite: boolean): void {
    if (this.#shown === lamp && this.#isFavourite === isFavourite) return;
    this.lamp = this.#shown = lamp;
    this.#isFavourite = isFavourite;
    setText(this.#name, lamp.name);
    setText(this.#number, lamp.display ?? '');
    setText(this.#state, states[lamp.state]);
    this.#lamp.dataset.state = lamp.state;
    this.#since.hidden = lamp.since === null;
    this.#since.dateTime = lamp.since ?? '';
    setText(this.#since, lamp.since === null ? '' : `since ${clock.format(new Date(lamp.since))}`);
    this.#star.replaceChildren(icon(isFavourite ? 'star-fill' : 'star'));
    this.#star.setAttribute('aria-pressed', String(isFavourite));
    this.#star.setAttribute('aria-label', `Favourite: ${lamp.name}`);
    this.#call.setAttribute('aria-label', `Call ${lamp.name}`);
  }
}
