import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DigitSender, digitsIn } from '../dock/digitSender';
import { Keypad } from '../dock/keypad';

describe('digitsIn', () => {
  it.each([
    ['123w45#', '123w45#'], ['*21*(202) 555-0143#', '*21*2025550143#'], ['1,2', '1w2'], ['abcd', 'ABCD'], ['', ''],
  ])('finds in %s what can be sent: %s', (text, digits) => { expect(digitsIn(text)).toBe(digits); });

  it.each(['12x', '1+2', 'E', '１', '12\n;3'])('takes nothing of %j', (text) => { expect(digitsIn(text)).toBeNull(); });
});

describe('DigitSender', () => {
  let sent: { digits: string; masked: boolean; answer: (accepted: boolean) => void }[];
  let lost: string[];
  let sender: DigitSender;

  beforeEach(() => {
    sent = [];
    lost = [];
    sender = new DigitSender(
      (digits, masked) => new Promise((resolve) => { sent.push({ digits, masked, answer: resolve }); }),
      (digits) => lost.push(digits));
  });

  const answer = async (index: number, accepted = true): Promise<void> => {
    sent[index]?.answer(accepted);
    await vi.waitFor(() => undefined);
    await Promise.resolve();
  };

  it('sends the first at once, and together what is typed until it has arrived', async () => {
    for (const digit of '1234') sender.add(digit, false);
    expect(sent.map((one) => one.digits)).toEqual(['1']);
    await answer(0);
    expect(sent.map((one) => one.digits)).toEqual(['1', '234']);
  });

  it('never has two on their way, and keeps the hidden ones apart', async () => {
    sender.add('1', false);
    sender.add('2', false);
    sender.add('34', true);
    sender.add('5', false);
    await answer(0);
    await answer(1);
    await answer(2);
    expect(sent.map(({ digits, masked }) => [digits, masked])).toEqual([['1', false], ['2', false], ['34', true], ['5', false]]);
  });

  it('sends no more at once than the server takes', async () => {
    sender.add('1', false);
    sender.add('9'.repeat(70), false);
    await answer(0);
    await answer(1);
    expect(sent.map((one) => one.digits.length)).toEqual([1, 64, 6]);
  });

  it('stops at what failed, says what was not sent, and begins anew after that', async () => {
    sender.add('1', false);
    sender.add('2', false);
    sender.add('34', true);
    await answer(0, false);
    expect(lost).toEqual(['12••']);
    expect(sent).toHaveLength(1);
    sender.add('7', false);
    expect(sent.at(-1)?.digits).toBe('7');
  });
});

describe('the keypad', () => {
  let keypad: Keypad;
  let sent: [string, string, boolean][];
  let tones: string[];
  let accepted: boolean;

  const field = (): HTMLInputElement => keypad.element.querySelector<HTMLInputElement>('#keypad-sent') ?? document.createElement('input');
  const press = (label: string): void => { keypad.element.querySelector<HTMLButtonElement>(`button[aria-label="${label}"]`)?.click(); };
  const said = (): string => keypad.element.querySelector('.keypad-said')?.textContent ?? '';
  const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

  /** As the browser does: the text is changed first, then told. */
  function edit(value: string): void {
    field().value = value;
    field().dispatchEvent(new Event('input', { bubbles: true }));
  }

  beforeEach(() => {
    vi.useFakeTimers();
    localStorage.clear();
    sent = [];
    tones = [];
    accepted = true;
    keypad = new Keypad({
      send: (callId, digits, masked) => { sent.push([callId, digits, masked]); return Promise.resolve(accepted); },
      tone: (digit) => tones.push(digit),
      closed: () => undefined,
    });
    document.body.replaceChildren(keypad.element);
    keypad.open('c1', null);
  });

  afterEach(() => { vi.useRealTimers(); });

  it('has twelve keys, each of which is heard, shown and sent', async () => {
    expect([...keypad.element.querySelectorAll('button')].map((one) => one.getAttribute('aria-label')).join('')).toBe('123456789*0#');
    press('5');
    press('#');
    await settle();
    expect(tones).toEqual(['5', '#']);
    expect(field().value).toBe('5#');
    expect(sent).toEqual([['c1', '5', false], ['c1', '#', false]]);
  });

  it('takes typing and pasting in its field, which has the focus', async () => {
    expect(document.activeElement).toBe(field());
    edit('1');
    edit('12');
    edit('12123w45#');
    await settle();
    expect(sent.map(([, digits]) => digits).join('|')).toBe('1|2123w45#');
    expect(field().value).toBe('12123w45#');
  });

  it('takes typing and pasting on a key as well', async () => {
    const on = keypad.element.querySelector('button');
    on?.dispatchEvent(new KeyboardEvent('keydown', { key: '7', bubbles: true, cancelable: true }));
    on?.dispatchEvent(new KeyboardEvent('keydown', { key: 'x', bubbles: true, cancelable: true }));
    on?.dispatchEvent(new KeyboardEvent('keydown', { key: '8', ctrlKey: true, bubbles: true, cancelable: true }));
    const data = new DataTransfer();
    data.setData('text/plain', '12w');
    on?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    await settle();
    expect(field().value).toBe('712w');
  });

  it('takes nothing back, and refuses what is no digit with a sentence', async () => {
    edit('123');
    edit('12');
    expect(field().value).toBe('123');
    edit('123hello');
    await settle();
    expect(field().value).toBe('123');
    expect(said()).toContain('can be sent');
    expect(sent).toEqual([['c1', '123', false]]);
    press('1');
    expect(said()).toBe('');
  });

  it('hides digits, and remembers to', async () => {
    keypad.element.querySelector<HTMLInputElement>('#keypad-hide')?.click();
    edit('4711');
    edit('••••2');
    await settle();
    expect(field().value).toBe('•••••');
    expect(sent.map(([, digits, masked]) => [digits, masked])).toEqual([['4711', true], ['2', true]]);
    expect(localStorage.getItem('aridialer-hide-digits')).toBe('yes');
  });

  it('says what was not sent', async () => {
    accepted = false;
    press('4');
    await settle();
    expect(said()).toBe('Not sent: 4');
  });

  it('starts empty for the next call, and closes on Escape', () => {
    press('1');
    field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
    expect(keypad.element.hidden).toBe(true);
    keypad.open('c2', null);
    expect(field().value).toBe('');
  });
});
