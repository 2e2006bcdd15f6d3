import type { Phone } from '../phone/phoneState';
import { el, icon, setText } from '../shell/dom';

const elsewhere = 'Calls that you make or take here are heard in that tab. You can move the phone to this one.';

/** What is wrong, and what to do about it; a button where one press can do it. */
export class ProblemLine {
  readonly element = el('div', { class: 'dock-problem notice', hidden: true });
  readonly #sentence = el('p', { role: 'alert' });
  readonly #useHere = el('button', { type: 'button', class: 'btn btn-sm btn-primary' }, 'Use here');
  readonly #signIn: HTMLAnchorElement;

  constructor(signInPath: string, onUseHere: () => void) {
    this.#signIn = el('a', { class: 'btn btn-sm btn-primary', href: signInPath, 'data-turbo': 'false' }, 'Sign in');
    this.#useHere.addEventListener('click', onUseHere);
    this.element.append(icon('exclamation-triangle'), el('div', {}, this.#sentence, this.#useHere, this.#signIn));
  }

  show(phone: Phone): void {
    const away = phone.place === 'elsewhere' && phone.registration !== 'destroyed';
    const sentence = phone.problem?.sentence ?? (away ? elsewhere : '');
    this.element.hidden = sentence === '';
    setText(this.#sentence, sentence);
    this.#useHere.hidden = !away;
    this.#signIn.hidden = phone.registration !== 'destroyed' || phone.problem?.about !== 'session';
  }
}
