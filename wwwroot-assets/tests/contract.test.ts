import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asteriskView, controlResult, controlView, liveMessage, liveWords, numberPreview, phoneSession, refusedView } from '../hub/contract';
import { peopleMessage } from '../hub/peopleContract';
import { list, ShapeError, type Shape } from '../hub/shape';

// The C# tests write these files from the server's own types; here they are read with the page's.
const folder = join(import.meta.dirname, '../../tests/contracts');
const shapes: Readonly<Record<string, Shape<unknown>>> = {
  'asterisk-view': asteriskView,
  'refused-view': refusedView,
  'control-results': list(controlResult),
  'control-view': controlView,
  'live-message': liveMessage,
  'live-words': liveWords,
  'number-preview': numberPreview,
  'people-message': peopleMessage,
  'phone-session': phoneSession,
};
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));

describe('what the server says', () => {
  it.each(files)('%s is what the page expects, with nothing missing and nothing unknown', (name) => {
    const shape = shapes[name.split('.')[0] ?? ''];
    expect(shape, 'a message that the page has no shape for').toBeDefined();
    // A shape keeps only what it knows: equal means that it knows everything.
    expect(shape?.(read(name), name)).toEqual(read(name));
  });

  it.each(Object.keys(shapes))('there is at least one %s to check', (kind) => {
    expect(files.some((name) => name.startsWith(`${kind}.`))).toBe(true);
  });
});

describe('a shape', () => {
  const message = read('live-message.change.json') as { calls: Record<string, unknown>[] };

  it('names the place where something is missing or of another kind', () => {
    const without = { ...message, calls: [{ ...message.calls[0], from: undefined }] };
    expect(() => liveMessage(without, 'live')).toThrow(new ShapeError('live.calls[0].from should be an object but is absent'));
    const unknown = { ...message, calls: [{ ...message.calls[0], state: 'parked' }] };
    expect(() => liveMessage(unknown, 'live')).toThrow(/live\.calls\[0\]\.state should be one of/);
    expect(() => liveMessage({ ...message, seq: '42' }, 'live')).toThrow(/live\.seq should be a whole number/);
  });

  it('drops what it does not know', () => {
    expect(liveMessage({ ...message, later: true }, 'live')).not.toHaveProperty('later');
  });
});
