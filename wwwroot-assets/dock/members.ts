import type { LegView } from '../hub/contract';
import type { Control } from '../hub/controls';
import { nameOf, talkers } from '../hub/sides';
import { button, el, setLabel, setText } from '../shell/dom';
import type { ShownCall } from './shownCall';

/** Who is in a call of three and more, and for its owner: each can be muted or removed. */
export class Members {
  readonly element = el('ul', { class: 'call-members', 'aria-label': 'People in this call', hidden: true });
  readonly #rows = new Map<string, Member>();

  constructor(private readonly ask: (control: Control) => void) {}

  show(call: ShownCall | null): void {
    const { view } = call ?? {};
    const members = view && call?.state === 'connected' ? membersOf(view) : [];
    const isOwner = view?.mine?.isOwner === true;
    for (const [id, row] of this.#rows) {
      if (members.some((leg) => leg.id === id)) continue;
      row.element.remove();
      this.#rows.delete(id);
    }
    for (const leg of members) {
      const row = this.#rows.get(leg.id) ?? this.#add(leg.id);
      row.show(leg, view?.id ?? '', isOwner);
    }
    this.element.hidden = members.length === 0;
  }

  #add(id: string): Member {
    const row = new Member(this.ask);
    this.#rows.set(id, row);
    this.element.append(row.element);
    return row;
  }
}

/** Those who talk, and those who are being added; nobody where it is an ordinary call of two. */
function membersOf(view: NonNullable<ShownCall['view']>): LegView[] {
  const added = view.legs.filter((leg) => !leg.mine && leg.role === 'added' && leg.state !== 'up');
  const present = talkers(view);
  return present.length + added.length > 1 ? [...present, ...added] : [];
}

class Member {
  readonly element: HTMLLIElement;
  readonly #name = el('span', { class: 'member-name' });
  readonly #state = el('span', { class: 'member-state' });
  readonly #mute: HTMLButtonElement;
  readonly #remove: HTMLButtonElement;
  #leg: LegView | null = null;
  #callId = '';

  constructor(ask: (control: Control) => void) {
    this.#mute = button('Mute', 'mic-mute', 'btn-quiet btn-sm', () => {
      if (this.#leg) ask(['MutePerson', this.#callId, this.#leg.id, !this.#leg.muted]);
    });
    this.#remove = button('Remove', 'person-x', 'btn-quiet btn-sm', () => {
      if (this.#leg) ask(['RemovePerson', this.#callId, this.#leg.id]);
    });
    this.element = el('li', {}, el('span', { class: 'member-who' }, this.#name, this.#state),
      el('span', { class: 'member-buttons' }, this.#mute, this.#remove));
  }

  show(leg: LegView, callId: string, isOwner: boolean): void {
    this.#leg = leg;
    this.#callId = callId;
    const name = nameOf(leg.party);
    setText(this.#name, name);
    setText(this.#state, stateOf(leg));
    this.#mute.hidden = !isOwner || leg.state !== 'up';
    this.#remove.hidden = !isOwner;
    const mute = leg.muted ? 'Unmute' : 'Mute';
    setLabel(this.#mute, mute);
    this.#mute.setAttribute('aria-label', `${mute} ${name}`);
    this.#remove.setAttribute('aria-label', `Remove ${name}`);
  }
}

function stateOf(leg: LegView): string {
  if (leg.state !== 'up') return 'Ringing…';
  return [leg.muted ? 'Muted' : '', leg.holding || leg.phoneHold ? 'Held' : ''].filter(Boolean).join(', ');
}
