import type { NumberPreview, PersonView } from '../hub/contract';
import { el, setText } from '../shell/dom';
import { PeopleList } from './peopleList';
import { chosenSentence, detailOf, teamSentence } from './personWords';

export interface Target {
  readonly dial: string;
  readonly number: string;
  readonly name: string | null;
}

export interface WhomFieldOptions {
  /** The start of its parts' ids: several of these fields can be in the page. */
  readonly id: string;
  readonly label: string;
  /** Places of the dialplan can be chosen too. */
  readonly places: boolean;
  /** Beside the text. */
  readonly beside?: HTMLElement;
}

const settle = 200;
export const unreachable = 'AriDialer cannot be reached right now, so the number cannot be checked. Try again in a moment.';
const noPlace = 'A call can be transferred to this place, but not made to it.';

/** Where a number or a name is written: shows what it means before anything is done with it. */
export class WhomField {
  readonly element: HTMLElement;
  readonly #input: HTMLInputElement;
  readonly #preview: HTMLElement;
  readonly #people: PeopleList;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Rises with each question, so that an answer to an earlier text is known for what it is. */
  #asked = 0;
  #chosen: Target | null = null;

  constructor(private readonly resolve: (text: string) => Promise<NumberPreview>, private readonly options: WhomFieldOptions) {
    const { id, label, beside } = options;
    this.#preview = el('p', { class: 'dock-preview', id: `${id}-preview`, 'aria-live': 'polite' });
    this.#input = el('input', {
      id: `${id}-number`, class: 'form-control', type: 'text', maxlength: '200', autocomplete: 'off', spellcheck: 'false',
      placeholder: '+1 202 555 0143', 'aria-describedby': this.#preview.id,
    });
    this.#people = new PeopleList(id, this.#input, (person) => { this.#choose(person); });
    this.element = el('div', { class: 'dock-whom' },
      el('label', { for: this.#input.id }, label),
      el('div', { class: 'dock-field' }, this.#input, ...(beside ? [beside] : [])),
      this.#preview, this.#people.element);
    this.#input.addEventListener('input', () => { this.#changed(); });
    this.#input.addEventListener('keydown', (event) => { this.#people.onKey(event); });
    this.#input.addEventListener('blur', () => { this.#people.close(); });
  }

  focus(): void {
    this.#input.focus();
  }

  clear(): void {
    this.#input.value = '';
    this.#forget();
    this.#say('');
  }

  /** Puts back whom it was about before, unless something else has been written since. */
  restore(target: Target): void {
    if (this.#input.value !== '') return;
    this.#chosen = target.name === null ? null : target;
    this.#input.value = target.name ?? (target.number || target.dial);
  }

  /** Who is meant, asked anew; null where that is not clear yet, which the field then says. */
  async target(): Promise<Target | null> {
    if (this.#people.chooseActive()) return null;
    if (this.#chosen) {
      this.#people.close();
      return this.#chosen;
    }
    if (this.#input.value.trim() === '') {
      this.#say('Write a number or a name first.', 'bad');
      this.#input.focus();
      return null;
    }
    // Asked anew: Enter may come before the answer to what was just written or pasted.
    clearTimeout(this.#timer);
    const preview = await this.#ask(++this.#asked);
    if (!preview?.dial || (preview.kind === 'place' && !this.options.places)) return null;
    this.#people.close();
    const person = preview.kind === 'person' ? preview.people.find((one) => one.dial === preview.dial) : undefined;
    return { dial: preview.dial, number: person?.number ?? preview.international ?? preview.e164 ?? '', name: person?.name ?? preview.name };
  }

  #changed(): void {
    this.#forget();
    if (this.#input.value.trim() === '') {
      this.#say('');
      return;
    }
    const asked = this.#asked;
    this.#timer = setTimeout(() => void this.#ask(asked), settle);
  }

  /** The text is another one now: whatever was asked about the earlier one is void. */
  #forget(): void {
    clearTimeout(this.#timer);
    this.#asked++;
    this.#chosen = null;
    this.#people.close();
  }

  async #ask(asked: number): Promise<NumberPreview | null> {
    let preview: NumberPreview | null = null;
    try {
      preview = await this.resolve(this.#input.value);
    } catch {
      if (asked === this.#asked) this.#say(unreachable, 'bad');
    }
    if (asked !== this.#asked) return null;
    if (preview) this.#show(preview);
    return preview;
  }

  #show(preview: NumberPreview): void {
    this.#people.show(document.activeElement === this.#input ? preview.people : []);
    if (preview.kind === 'number' && preview.e164 !== null) {
      this.#preview.replaceChildren(el('strong', {}, preview.e164), detailOf(preview));
      delete this.#preview.dataset.tone;
      return;
    }
    if (preview.kind === 'place') {
      this.#say(this.options.places ? preview.sentence ?? 'A place in the dialplan.' : noPlace, this.options.places ? 'plain' : 'bad');
      return;
    }
    const [only, ...more] = preview.people;
    if (preview.kind === 'person' && only?.team && more.length === 0) {
      this.#say(teamSentence(only.name, only.team));
      return;
    }
    const found = only !== undefined;
    this.#say(preview.sentence ?? (found ? 'Choose who you mean.' : ''), preview.kind === 'person' || found ? 'plain' : 'bad');
  }

  #choose(person: PersonView): void {
    this.#forget();
    this.#chosen = { dial: person.dial, number: person.number ?? '', name: person.name };
    this.#input.value = person.name;
    this.#say(chosenSentence(person));
    this.#input.focus();
  }

  #say(sentence: string, tone: 'plain' | 'bad' = 'plain'): void {
    if (tone === 'bad') this.#preview.dataset.tone = 'bad';
    else delete this.#preview.dataset.tone;
    setText(this.#preview, sentence);
  }
}
