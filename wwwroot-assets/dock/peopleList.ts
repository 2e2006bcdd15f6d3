import type { PersonView } from '../hub/contract';
import { el } from '../shell/dom';
import { placeOf } from './personWords';

/** Teams, colleagues and contacts whose name or number fits what was written: a list box that the text field's arrow keys move in. */
export class PeopleList {
  readonly element: HTMLUListElement;
  #people: readonly PersonView[] = [];
  #active = -1;

  // The field keeps its role of a text box, by which scripts and people's habits find it, and takes the parts of a
  // combo box that a text box may have.
  constructor(private readonly id: string, private readonly input: HTMLInputElement, private readonly choose: (person: PersonView) => void) {
    this.element = el('ul', { id: `${id}-people`, class: 'dock-people', role: 'listbox', 'aria-label': 'Teams, colleagues and contacts', hidden: true });
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-haspopup', 'listbox');
    input.setAttribute('aria-controls', this.element.id);
    // The list must not take the focus away from the field, which would close it before the click.
    this.element.addEventListener('pointerdown', (event) => { event.preventDefault(); });
    this.element.addEventListener('click', (event) => {
      const option = event.target instanceof Element ? event.target.closest('[role=option]') : null;
      const person = this.#people[Array.from(this.element.children).findIndex((child) => child === option)];
      if (person) this.choose(person);
    });
  }

  show(people: readonly PersonView[]): void {
    this.#people = people;
    this.#active = -1;
    this.element.replaceChildren(...people.map((person, index) =>
      el('li', { id: `${this.id}-person-${index}`, role: 'option', 'aria-selected': 'false' },
        el('span', {}, person.name, el('small', {}, person.number ?? 'No number')),
        el('span', { class: 'online' }, placeOf(person)))));
    this.element.hidden = people.length === 0;
    this.input.removeAttribute('aria-activedescendant');
  }

  close(): void {
    this.show([]);
  }

  /** Takes what is marked; false where nothing is. */
  chooseActive(): boolean {
    const person = this.#people[this.#active];
    if (person) this.choose(person);
    return person !== undefined;
  }

  onKey(event: KeyboardEvent): void {
    if (this.#people.length === 0) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      this.#mark(event.key === 'ArrowDown' ? this.#active + 1 : Math.max(this.#active, 0) - 1);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }

  #mark(index: number): void {
    this.#active = (index + this.#people.length) % this.#people.length;
    Array.from(this.element.children).forEach((child, at) => { child.setAttribute('aria-selected', String(at === this.#active)); });
    const option = this.element.children[this.#active];
    if (!option) return;
    this.input.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  }
}
