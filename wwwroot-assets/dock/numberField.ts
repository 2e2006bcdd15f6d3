import type { NumberPreview, PersonView } from '../hub/contract';
import { button, el, setText } from '../shell/dom';
import { PeopleList } from './peopleList';
import { chosenSentence, detailOf } from './personWords';

export interface Target {
  readonly dial: string;
  readonly number: string;
  readonly name: string | null;
}

export interface NumberFieldWorld {
  resolve(text: string): Promise<NumberPreview>;
  call(target: Target): void;
}

const settle = 200;
export const unreachable = 'AriDialer cannot be reached right now, so the number cannot be checked. Try again in a moment.';

/** Where a number or a name is written: shows what it means before it is called. */
export class NumberField {
  readonly element: HTMLFormElement;
  readonly #input: HTMLInputElement;
  readonly #preview = el('p', { class: 'dock-preview', id: 'dock-preview', 'aria-live': 'polite' });
  readonly #people: PeopleList;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Rises with each question, so that an answer to an earlier text is known for what it is. */
  #asked = 0;
  #chosen: PersonView | null = null;

  constructor(private readonly world: NumberFieldWorld) {
    this.#input = el('input', {
      id: 'dock-number', class: 'form-control', type: 'text', maxlength: '200', autocomplete: 'off', spellcheck: 'false',
      placeholder: '+1 202 555 0143', 'aria-describedby': 'dock-preview',
    });
    this.#people = new PeopleList(this.#input, (person) => { this.#choose(person); });
    const call = button('Call', 'telephone-fill', 'btn-primary', () => undefined);
    call.type = 'submit';
    this.element = el('form', { class: 'dock-form', novalidate: true, 'data-turbo': 'false' },
      el('label', { for: 'dock-number' }, 'Number or name'),
      el('div', { class: 'dock-field' }, this.#input, call),
      this.#preview, this.#people.element);
    this.#input.addEventListener('input', () => { this.#changed(); });
    this.#input.addEventListener('keydown', (event) => { this.#people.onKey(event); });
    this.#input.addEventListener('blur', () => { this.#people.close(); });
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#submit();
    });
  }

  focus(): void {
    this.#input.focus();
  }

  clear(): void {
    this.#input.value = '';
    this.#forget();
    this.#say('');
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
      preview = await this.world.resolve(this.#input.value);
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
    } else {
      const found = preview.people.length > 0;
      this.#say(preview.sentence ?? (found ? 'Choose who you mean.' : ''), preview.kind === 'person' || found ? 'plain' : 'bad');
    }
  }

  #choose(person: PersonView): void {
    this.#forget();
    this.#chosen = person;
    this.#input.value = person.name;
    this.#say(chosenSentence(person));
    this.#input.focus();
  }

  async #submit(): Promise<void> {
    if (this.#people.chooseActive()) return;
    if (this.#chosen) {
      this.#start({ dial: this.#chosen.dial, number: this.#chosen.number ?? '', name: this.#chosen.name });
      return;
    }
    if (this.#input.value.trim() === '') {
      this.#say('Write a number or a name first.', 'bad');
      this.#input.focus();
      return;
    }
    // Asked anew: Enter may come before the answer to what was just written or pasted.
    clearTimeout(this.#timer);
    const preview = await this.#ask(++this.#asked);
    if (!preview?.dial) return;
    const person = preview.kind === 'person' ? preview.people.find((one) => one.dial === preview.dial) : undefined;
    this.#start({ dial: preview.dial, number: person?.number ?? preview.international ?? preview.e164 ?? '', name: person?.name ?? preview.name });
  }

  #start(target: Target): void {
    this.#people.close();
    this.world.call(target);
  }

  #say(sentence: string, tone: 'plain' | 'bad' = 'plain'): void {
    if (tone === 'bad') this.#preview.dataset.tone = 'bad';
    else delete this.#preview.dataset.tone;
    setText(this.#preview, sentence);
  }
}
