import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NumberField } from '../dock/numberField';
import { unreachable, type Target } from '../dock/whomField';
import type { NumberPreview } from '../hub/contract';
import { person, preview } from './views';

let field: NumberField;
let input: HTMLInputElement;
let asked: { text: string; answer: (preview: NumberPreview) => void; fail: () => void }[];
let called: Target[];

const said = (): string => field.element.querySelector('.dock-preview')?.textContent ?? '';
const options = (): HTMLElement[] => [...field.element.querySelectorAll<HTMLElement>('[role=option]')];

function write(text: string): void {
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
}

function key(name: string): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true });
  input.dispatchEvent(event);
  return event;
}

async function submit(): Promise<void> {
  field.element.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await vi.advanceTimersByTimeAsync(0);
}

async function answer(index: number, given: NumberPreview): Promise<void> {
  asked[index]?.answer(given);
  await vi.advanceTimersByTimeAsync(0);
}

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  called = [];
  field = new NumberField({
    resolve: (text) => new Promise((resolve, reject) => {
      asked.push({ text, answer: resolve, fail: () => { reject(new Error('down')); } });
    }),
    call: (target) => called.push(target),
  });
  document.body.replaceChildren(field.element);
  input = field.element.querySelector('input') ?? document.createElement('input');
  input.focus();
});

afterEach(() => { vi.useRealTimers(); });

describe('NumberField', () => {
  it('is a text box named "Number or name" with a button "Call"', () => {
    expect(field.element.querySelector(`label[for=${input.id}]`)?.textContent).toBe('Number or name');
    expect(input.type).toBe('text');
    expect(field.element.querySelector('button')?.textContent).toBe('Call');
  });

  it('asks once, after the writing has paused', async () => {
    for (const text of ['2', '20', '202']) write(text);
    expect(asked).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(250);
    expect(asked.map((one) => one.text)).toEqual(['202']);
  });

  it('shows E.164 form and country', async () => {
    write('(202) 555-0143');
    await vi.advanceTimersByTimeAsync(250);
    await answer(0, preview());
    expect(said()).toBe('+12025550143 · United States');
  });

  it('ignores the answer to a text that is no longer there', async () => {
    write('1');
    await vi.advanceTimersByTimeAsync(250);
    write('2');
    await vi.advanceTimersByTimeAsync(250);
    await answer(1, preview({ e164: '+22' }));
    await answer(0, preview({ e164: '+11' }));
    expect(said()).toContain('+22');
  });

  it('forgets everything when the field is emptied while a question is open', async () => {
    write('1');
    await vi.advanceTimersByTimeAsync(250);
    write('');
    await answer(0, preview());
    expect(said()).toBe('');
  });

  it('calls on Enter right after pasting, with the answer to what was pasted', async () => {
    write('+44 20 7946 0123');
    await submit();
    expect(asked.map((one) => one.text)).toEqual(['+44 20 7946 0123']);
    await answer(0, preview({ dial: '+442079460123', international: '+44 20 7946 0123' }));
    expect(called).toEqual([{ dial: '+442079460123', number: '+44 20 7946 0123', name: null }]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(1);
  });

  it('does not call what the server refuses, and shows its sentence', async () => {
    write('12;drop');
    await submit();
    await answer(0, preview({ kind: 'invalid', dial: null, e164: null, sentence: 'This is not a number.' }));
    expect(called).toEqual([]);
    expect(said()).toBe('This is not a number.');
  });

  it('does not call while the text changes under the answer', async () => {
    write('1');
    await submit();
    write('12');
    await answer(0, preview());
    expect(called).toEqual([]);
  });

  it('asks for something when there is nothing', async () => {
    await submit();
    expect(asked).toHaveLength(0);
    expect(said()).toBe('Write a number or a name first.');
  });

  it('says when the server cannot be asked', async () => {
    write('1');
    await submit();
    asked[0]?.fail();
    await vi.advanceTimersByTimeAsync(0);
    expect(said()).toBe(unreachable);
    expect(called).toEqual([]);
  });

  it('finds colleagues, by keyboard', async () => {
    write('g');
    await vi.advanceTimersByTimeAsync(250);
    await answer(0, preview({ kind: 'person', dial: null, e164: null, people: [person({ name: 'Gil', dial: 'person-1' }), person()] }));
    expect(options()).toHaveLength(2);
    expect(key('ArrowUp').defaultPrevented).toBe(true);
    expect(options()[1]?.getAttribute('aria-selected')).toBe('true');
    expect(input.getAttribute('aria-activedescendant')).toBe(options()[1]?.id);
    await submit();
    expect(input.value).toBe('Grace Hopper');
    expect(options()).toHaveLength(0);
    expect(called).toEqual([]);
    await submit();
    expect(called).toEqual([{ dial: 'person-2', number: '+12025550102', name: 'Grace Hopper' }]);
  });

  it('finds colleagues, by pointer, and Escape closes the list', async () => {
    write('g');
    await vi.advanceTimersByTimeAsync(250);
    await answer(0, preview({ kind: 'person', dial: null, e164: null, people: [person()] }));
    key('Escape');
    expect(options()).toHaveLength(0);
    write('gr');
    await vi.advanceTimersByTimeAsync(250);
    await answer(1, preview({ kind: 'person', dial: null, e164: null, people: [person({ online: false })] }));
    options()[0]?.click();
    expect(input.value).toBe('Grace Hopper');
    expect(said()).toContain('no phone open');
  });

  it('finds contacts beside colleagues, and calls a number of theirs', async () => {
    const jane = person({ userId: null, name: 'Jane Doe', number: '+442079460123', dial: '+442079460123', online: null, company: 'Acme' });
    write('j');
    await vi.advanceTimersByTimeAsync(250);
    await answer(0, preview({ kind: 'person', dial: null, e164: null, people: [jane, person({ online: false })] }));
    expect(options().map((one) => one.querySelector('.online')?.textContent)).toEqual(['Acme', 'Away']);
    options()[0]?.click();
    expect(said()).toBe('+442079460123');
    await submit();
    expect(called).toEqual([{ dial: '+442079460123', number: '+442079460123', name: 'Jane Doe' }]);
  });

  it('finds teams, and says how many of their people are free', async () => {
    const sales = person({ userId: null, name: 'Sales', number: '+12025550110', dial: 'team-1', online: null, team: { people: 3, free: 2 } });
    write('sa');
    await vi.advanceTimersByTimeAsync(250);
    await answer(0, preview({ kind: 'person', dial: null, e164: null, people: [sales, person({ name: 'Sam' })] }));
    expect(options()[0]?.querySelector('.online')?.textContent).toBe('Team, 3 people, 2 free');
    options()[0]?.click();
    expect(said()).toBe('Team Sales, 3 people, 2 free');
    await submit();
    expect(called).toEqual([{ dial: 'team-1', number: '+12025550110', name: 'Sales' }]);
  });

  it.each([
    [{ people: 3, free: 2 }, 'Team Sales, 3 people, 2 free'],
    [{ people: 1, free: 0 }, 'Team Sales, 1 person, nobody free'],
    [{ people: 0, free: 0 }, 'Team Sales, nobody in it'],
  ])('says of a team that alone is meant, or whose number it is, how it is: %o', async (team, words) => {
    write('sales');
    await vi.advanceTimersByTimeAsync(250);
    await answer(0, preview({ kind: 'person', dial: 'team-1', e164: null, people: [person({ userId: null, name: 'Sales', dial: 'team-1', online: null, team })] }));
    expect(said()).toBe(words);
    write('202 555 0110');
    await vi.advanceTimersByTimeAsync(250);
    await answer(1, preview({ name: 'Sales', team }));
    expect(said()).toBe(`+12025550143 · United States · ${words}`);
  });

  it('shows whose number it is, and tells the phone', async () => {
    write('202 555 0143');
    await submit();
    await answer(0, preview({ name: 'Jane Doe' }));
    expect(said()).toBe('+12025550143 · United States · Jane Doe');
    expect(called[0]?.name).toBe('Jane Doe');
  });
});
