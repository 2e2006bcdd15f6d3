/** What the server takes at once. */
const longest = 64;

interface Run {
  digits: string;
  readonly masked: boolean;
}

/**
 * Sends digits in the order in which they were typed: one request at a time, and what is typed meanwhile goes with the
 * next. After one that failed nothing more is sent, for the rest would not make sense without it.
 */
export class DigitSender {
  #waiting: Run[] = [];
  #sending = false;

  constructor(
    private readonly send: (digits: string, masked: boolean) => Promise<boolean>,
    /** How many digits were not sent, and which, unless they are to be hidden. */
    private readonly onLost: (digits: string) => void,
  ) {}

  add(digits: string, masked: boolean): void {
    for (const digit of digits) {
      const last = this.#waiting.at(-1);
      if (last?.masked === masked && last.digits.length < longest) last.digits += digit;
      else this.#waiting.push({ digits: digit, masked });
    }
    void this.#run();
  }

  async #run(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    for (let run = this.#waiting.shift(); run; run = this.#waiting.shift()) {
      if (await this.send(run.digits, run.masked)) continue;
      const lost = [run, ...this.#waiting];
      this.#waiting = [];
      this.onLost(lost.map(shown).join(''));
    }
    this.#sending = false;
  }
}

export function shown({ digits, masked }: Readonly<Run>): string {
  return masked ? '•'.repeat(digits.length) : digits;
}

/**
 * The digits in what was typed or pasted: 0-9 * # A-D, and w (or a comma) for a pause. Spaces and the like are how
 * people write numbers; null where there is anything else, for half of something is not what was meant.
 */
export function digitsIn(text: string): string | null {
  const digits = text.replace(/[\s\-().]/g, '').replaceAll(',', 'w').replaceAll('W', 'w').replace(/[a-d]/g, (letter) => letter.toUpperCase());
  return /^[0-9*#A-Dw]*$/.test(digits) ? digits : null;
}
