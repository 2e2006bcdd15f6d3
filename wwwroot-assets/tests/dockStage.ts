import { vi, type Mock } from 'vitest';
import { Dock, type DockWorld } from '../dock/dock';
import type { CallView, ControlView } from '../hub/contract';
import type { Control } from '../hub/controls';
import { preview, ready } from './views';

/** A dock in an empty page, with a world that notes what it is asked. */
export interface DockStage {
  readonly root: HTMLElement;
  readonly dock: Dock;
  readonly world: { [K in keyof DockWorld]: Mock<DockWorld[K]> };
}

export const accepted: ControlView = { result: 'accepted', sentence: null };

export function stageDock(data: Readonly<Record<string, string>> = {}): DockStage {
  localStorage.clear();
  document.title = 'Live';
  const root = document.createElement('section');
  Object.assign(root.dataset, data);
  document.body.replaceChildren(root);
  const world = {
    post: vi.fn(), control: vi.fn(() => Promise.resolve(accepted)), askTab: vi.fn(() => Promise.resolve(null)), resolve: vi.fn(() => Promise.resolve(preview())),
    takeOver: vi.fn(), callMe: vi.fn(() => Promise.resolve()), tone: vi.fn(),
  };
  return { root, world, dock: new Dock(root, world) };
}

export const isShown = (element: Element): boolean => element.closest('[hidden], dialog:not([open])') === null;

export const region = ({ root }: DockStage, name = 'Current call'): HTMLElement | null =>
  root.querySelector<HTMLElement>(`section[aria-label="${name}"]`);

export const dialog = ({ root }: DockStage, title: string): HTMLDialogElement | null =>
  [...root.querySelectorAll('dialog')].find((one) => one.querySelector('h2')?.textContent === title) ?? null;

const nameOf = (button: HTMLButtonElement): string => button.getAttribute('aria-label') ?? button.textContent.trim();

export function buttons(within: Element | null): string[] {
  return [...within?.querySelectorAll('button') ?? []].filter(isShown).map(nameOf);
}

export function press(within: Element | null, label: string): void {
  const button = [...within?.querySelectorAll('button') ?? []].find((one) => isShown(one) && nameOf(one) === label);
  if (!button) throw new Error(`There is no button “${label}”, but: ${buttons(within).join(', ')}`);
  button.click();
}

export function key(code: string): void {
  document.dispatchEvent(new KeyboardEvent('keydown', { code, ctrlKey: true, shiftKey: true }));
}

export function showMine({ dock }: DockStage, ...calls: CallView[]): void {
  dock.showMine(new Map(calls.map((one) => [one.id, one])));
}

/** What the server was asked. */
export const asked = ({ world }: DockStage): Control[] => world.control.mock.calls.map(([control]) => control);

export const refusal = ({ root }: DockStage): string => root.querySelector('.dock-refusal')?.textContent ?? '';

/** Lets answers arrive. */
export const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

/** The dock's alert would go on flashing. */
export function leave({ dock }: DockStage): void {
  dock.showMine(new Map());
  dock.showPhone(ready);
}
