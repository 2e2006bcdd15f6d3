import { beforeEach, describe, expect, it } from 'vitest';
import { localTime, showLocalTimes, startLocalTimes } from '../shell/localTimes';

// In whatever zone the tests run: the same moment, said by the clock on the wall there.
const at = '2026-03-01T23:30:05.0000000+00:00';
const wall = new Date(at);

beforeEach(() => { document.body.innerHTML = ''; });

describe('a moment', () => {
  it('is shown by the reader’s clock', () => {
    document.body.innerHTML = `<time datetime="${at}" data-local>2026-03-01 23:30:05 UTC</time>`;
    showLocalTimes();
    const shown = document.querySelector('time')?.textContent ?? '';
    expect(shown).toBe(localTime(wall, 'both'));
    expect(shown).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:05$/);
    expect(new Date(shown.replace(' ', 'T')).getTime()).toBe(wall.getTime());
  });

  it('is a day where only that is asked for', () => {
    document.body.innerHTML = `<time datetime="${at}" data-local="date">2026-03-01</time>`;
    showLocalTimes();
    expect(document.querySelector('time')?.textContent).toBe(localTime(wall, 'date'));
  });

  it('stays as it came where it cannot be read, or is not asked for', () => {
    document.body.innerHTML = '<time datetime="soon" data-local>soon</time><time datetime="2026-03-01T00:00:00Z">then</time>';
    showLocalTimes();
    expect(document.body.textContent).toBe('soonthen');
  });

  it('is shown again on the page that Turbo brings', () => {
    startLocalTimes();
    document.body.innerHTML = `<time datetime="${at}" data-local>x</time>`;
    document.dispatchEvent(new Event('turbo:render'));
    expect(document.querySelector('time')?.textContent).toBe(localTime(wall, 'both'));
  });
});

describe('a form whose days are the reader’s', () => {
  it('says in which zone they are, and no longer that they are UTC', () => {
    document.body.innerHTML = '<form><label>From<span data-utc> (UTC)</span></label><input type="hidden" name="zone" data-zone></form>';
    showLocalTimes();
    expect(document.querySelector('input')?.value).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone);
    expect(document.querySelector('label')?.textContent).toBe('From');
  });
});
