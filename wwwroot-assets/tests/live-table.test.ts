import { beforeEach, describe, expect, it } from 'vitest';
import type { CallView } from '../hub/contract';
import { sidesOf } from '../hub/sides';
import { LiveTable } from '../pages/liveTable';
import { ada, agent, call, grace, leg, party } from './views';

let body: HTMLElement;
let table: LiveTable;
let hungUp: CallView[];

const show = (...calls: CallView[]): void => { table.show(new Map(calls.map((one) => [one.id, one]))); };
const texts = (): string[][] => [...body.querySelectorAll('tr')].map((row) => [...row.children].map((cell) => cell.textContent));

beforeEach(() => {
  body = document.createElement('tbody');
  document.body.replaceChildren(body);
  hungUp = [];
  table = new LiveTable(body, (one) => hungUp.push(one), false);
});

describe('LiveTable', () => {
  it('shows who, with whom, direction, state and since when', () => {
    show(call({ answeredAt: new Date(Date.now() - 65_500).toISOString() }));
    expect(texts()[0]).toEqual(['Agent One+1 202-555-0101', '+1 202-555-0143US', 'Outbound', 'Connected', '1:05', 'Hang up']);
  });

  it('names the person of ours first, also where they were called', () => {
    const ours = party({ userId: 'u1', name: 'Agent One' });
    const theirs = party({ name: 'Caller' });
    expect(sidesOf(call({ direction: 'inbound', from: theirs, to: ours }))).toEqual([ours, theirs]);
    expect(sidesOf(call({ direction: 'outbound', from: ours, to: theirs }))).toEqual([ours, theirs]);
  });

  it('changes the row that is there instead of making another one', () => {
    show(call({ state: 'ringing' }));
    const row = body.firstElementChild;
    row?.querySelector('button')?.focus();
    show(call({ state: 'connected', version: 2 }));
    expect(body.firstElementChild).toBe(row);
    expect(document.activeElement).toBe(row?.querySelector('button'));
    expect(row?.querySelector('.state')?.textContent).toBe('Connected');
  });

  it('puts the newest call first and takes the ended one out', () => {
    const older = call({ id: 'a', startedAt: '2026-01-01T10:00:00Z' });
    const newer = call({ id: 'b', startedAt: '2026-01-01T11:00:00Z' });
    show(older, newer);
    const ids = (): (string | undefined)[] => [...body.querySelectorAll('tr')].map((row) => row.dataset.call);
    expect(ids()).toEqual(['b', 'a']);
    show(older);
    expect(ids()).toEqual(['a']);
  });

  it('says in the row what is done with the call', () => {
    const one = leg({ id: 'l1', party: agent, role: 'caller' });
    const legs = [one, leg({ party: grace })];
    const state = (given: Partial<CallView>): string[] => {
      show(call({ to: grace, legs, ...given }));
      return [...body.querySelectorAll('td:nth-child(4) > span')].map((part) => part.textContent);
    };
    expect(state({})).toEqual(['Connected', '']);
    expect(state({ legs: [{ ...one, holding: true, place: 'outside' }, leg({ party: grace })] })).toEqual(['Held', 'Held by Agent One']);
    expect(state({ legs: [one, leg({ party: grace, phoneHold: true, muted: true })] })).toEqual(['Held', 'Held by Grace Hopper · Muted: Grace Hopper']);
    expect(state({ consultation: { by: 'u1', party: ada, state: 'up', talking: 'consult', transfer: true } })).toEqual(['Connected', 'Agent One asks Ada Lovelace']);
    expect(state({ transfer: { by: 'u1', party: ada } })).toEqual(['Connected', 'Transferring to Ada Lovelace']);
    expect(state({ legs: [...legs, leg({ id: 'l3', party: ada, role: 'added' })] })).toEqual(['Connected', 'With Ada Lovelace']);
    expect(state({ state: 'voicemail' })).toEqual(['Voicemail', '']);
    expect(state({ team: 'Sales' })).toEqual(['Connected', 'Team Sales']);
    const rung = [one, leg({ id: 'l2', party: grace, state: 'ringing' }), leg({ id: 'l3', party: grace, state: 'ringing' }), leg({ id: 'l4', party: ada, state: 'ringing' })];
    expect(state({ team: 'Sales', state: 'ringing', legs: rung })).toEqual(['Ringing', 'Team Sales · Rings Grace Hopper, Ada Lovelace']);
  });

  it('flags what was said in it that is watched for', () => {
    show(call({}));
    expect(body.querySelector('.flag')).toBeNull();
    show(call({ flags: [{ phrase: 'cancel', tone: 'risk', who: 'Grace Hopper', ours: false, count: 1 }] }));
    expect(body.querySelector('tr .flag')?.textContent).toContain('Grace Hopper: “cancel”');
  });

  it('writes what people are called as text, never as markup', () => {
    show(call({ to: party({ name: '<img src=x>' }) }));
    expect(body.querySelector('img')).toBeNull();
    expect(body.textContent).toContain('<img src=x>');
  });

  it('hangs up the call as it is now, and names both in the button', () => {
    show(call({ version: 1 }));
    show(call({ version: 5 }));
    const button = body.querySelector('button');
    expect(button?.getAttribute('aria-label')).toBe('Hang up Agent One with +1 202-555-0143');
    button?.click();
    expect(hungUp[0]?.version).toBe(5);
  });
});

describe('Read along', () => {
  const link = (): HTMLAnchorElement | null => body.querySelector('a');

  it('leads to the words of a call that is connected', () => {
    table = new LiveTable(body, (one) => hungUp.push(one), true);
    show(call({ id: 'a b', state: 'ringing' }));
    expect(link()?.hidden).toBe(true);
    show(call({ id: 'a b', state: 'connected', version: 2 }));
    expect(link()?.hidden).toBe(false);
    expect(link()?.getAttribute('href')).toBe('/live/a%20b');
  });

  it('is not offered to those who may not', () => {
    show(call({ state: 'connected' }));
    expect(link()).toBeNull();
  });
});
