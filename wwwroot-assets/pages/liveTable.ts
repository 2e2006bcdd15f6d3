import type { CallView, PartyView } from '../hub/contract';
import { nameOf, sidesOf } from '../hub/sides';
import { button, el, icon, setText } from '../shell/dom';
import { duration } from '../shell/duration';
import { outagePlace } from '../shell/outageBanner';
import { LiveFlags } from './liveFlags';
import { notesOf, stateOf } from './liveWords';

const directions = {
  inbound: { text: 'Inbound', icon: 'arrow-down-left' },
  outbound: { text: 'Outbound', icon: 'arrow-up-right' },
  internal: { text: 'Internal', icon: 'arrow-left-right' },
} as const;

/** One row a call, kept while the call lives: only what has changed is written. */
export class LiveTable {
  readonly #rows = new Map<string, Row>();
  #frozen = false;

  constructor(private readonly body: HTMLElement, private readonly onHangUp: (call: CallView) => void, private readonly readsAlong: boolean) {}

  show(calls: ReadonlyMap<string, CallView>): void {
    for (const [id, row] of this.#rows) {
      if (calls.has(id)) continue;
      row.element.remove();
      this.#rows.delete(id);
    }
    const inOrder = [...calls.values()].sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));
    inOrder.forEach((call, index) => {
      const row = this.#rows.get(call.id) ?? this.#add(call);
      row.show(call);
      // Moved only where the order changed: moving an element takes the focus away from it.
      if (this.body.children[index] !== row.element) this.body.insertBefore(row.element, this.body.children[index] ?? null);
    });
  }

  /** A second has passed. Clocks that may be of calls that are over stand still. */
  tick(): void {
    if (this.#frozen) return;
    for (const row of this.#rows.values()) row.tick();
  }

  /** What the rows say may be out of date, and nothing can be done with them. */
  freeze(frozen: boolean): void {
    this.#frozen = frozen;
    for (const row of this.#rows.values()) row.freeze(frozen);
    this.tick();
  }

  #add(call: CallView): Row {
    const row = new Row(call, this.onHangUp, this.readsAlong);
    this.#rows.set(call.id, row);
    row.freeze(this.#frozen);
    return row;
  }
}

class Row {
  readonly element: HTMLTableRowElement;
  readonly #who = new Party('th');
  readonly #whom = new Party('td');
  readonly #direction = el('span', { class: 'direction' });
  readonly #state = el('span', { class: 'state' });
  readonly #notes = el('span', { class: 'sub notes' });
  readonly #flags = new LiveFlags();
  readonly #since = el('time', { class: 'since' });
  readonly #hangUp: HTMLButtonElement;
  readonly #words = el('a', { class: 'btn btn-sm btn-outline-primary' }, icon('chat-left-text'), 'Read along');

  constructor(private call: CallView, onHangUp: (call: CallView) => void, readsAlong: boolean) {
    const direction = directions[call.direction];
    this.#direction.append(icon(direction.icon), direction.text);
    this.#hangUp = button('Hang up', 'telephone-x', 'btn-sm btn-outline-danger', () => { onHangUp(this.call); });
    this.element = el('tr', { 'data-call': call.id }, this.#who.cell, this.#whom.cell, el('td', {}, this.#direction),
      el('td', {}, this.#state, this.#notes, this.#flags.element), el('td', {}, this.#since), el('td', { class: 'actions' }, ...readsAlong ? [this.#words] : [], this.#hangUp));
  }

  show(call: CallView): void {
    this.call = call;
    const [who, whom] = sidesOf(call);
    this.#who.show(who);
    this.#whom.show(whom);
    const state = stateOf(call);
    setText(this.#state, state.text);
    this.#state.dataset.state = state.slug;
    setText(this.#notes, notesOf(call));
    this.#flags.show(call.flags);
    this.#since.dateTime = call.answeredAt ?? call.startedAt;
    this.#since.title = `Started ${new Date(call.startedAt).toLocaleTimeString()}`;
    this.#hangUp.hidden = call.state === 'ending';
    this.#words.href = `/live/${encodeURIComponent(call.id)}`;
    this.#words.hidden = call.state !== 'connected';
    this.#words.setAttribute('aria-label', `Read along with ${nameOf(who)} and ${nameOf(whom)}`);
    this.#hangUp.setAttribute('aria-label', `Hang up ${nameOf(who)} with ${nameOf(whom)}`);
    this.tick();
  }

  freeze(frozen: boolean): void {
    this.#hangUp.disabled = frozen;
    this.#hangUp.title = frozen ? 'This cannot be done right now: see above.' : '';
    if (frozen) this.#hangUp.setAttribute('aria-describedby', outagePlace);
    else this.#hangUp.removeAttribute('aria-describedby');
  }

  tick(): void {
    setText(this.#since, duration(Date.now() - Date.parse(this.call.answeredAt ?? this.call.startedAt)));
  }
}

class Party {
  readonly cell: HTMLElement;
  readonly #name = el('span', { class: 'fw-semibold' });
  readonly #number = el('span', { class: 'sub' });

  constructor(tag: 'th' | 'td') {
    this.cell = el(tag, tag === 'th' ? { scope: 'row', class: 'fw-normal' } : {}, this.#name, this.#number);
  }

  show(party: PartyView): void {
    setText(this.#name, nameOf(party));
    setText(this.#number, (party.name === null ? party.country : party.display) ?? '');
  }
}
