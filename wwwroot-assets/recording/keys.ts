export type Move = 'toggle' | 'start' | 'end' | number;

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>;

const step = 5;
const page = 30;

/** What a key means in the player; null where it means something to what has the focus, or nothing at all. */
export function moveOf(pressed: Pressed, focused: Element): Move | null {
  if (pressed.ctrlKey || pressed.altKey || pressed.metaKey || pressed.shiftKey) return null;
  if (focused.matches('textarea, select, input:not([type="checkbox"])')) return null;
  switch (pressed.key) {
    case ' ': return focused.matches('button, summary, input') ? null : 'toggle';
    case 'ArrowLeft': return -step;
    case 'ArrowRight': return step;
    default: return focused.matches('[role="slider"]') ? sliderMove(pressed.key) : null;
  }
}

/** Elsewhere these scroll the page. */
function sliderMove(key: string): Move | null {
  switch (key) {
    case 'ArrowDown': return -step;
    case 'ArrowUp': return step;
    case 'PageDown': return -page;
    case 'PageUp': return page;
    case 'Home': return 'start';
    case 'End': return 'end';
    default: return null;
  }
}

/** The second that a move leads to. */
export function target(move: Exclude<Move, 'toggle'>, at: number, length: number): number {
  if (move === 'start') return 0;
  if (move === 'end') return length;
  return Math.min(length, Math.max(0, at + move));
}
