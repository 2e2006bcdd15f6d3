// Turbo is written in JavaScript and brings no types; these are the parts that we use.
declare module '@hotwired/turbo' {
  export const config: {
    drive: { progressBarDelay: number };
    forms: { confirm?: (sentence: string, form: HTMLFormElement) => Promise<boolean> };
  };
  export function visit(location: string): void;
}
