import { describe, expect, it } from 'vitest';
import { LiveFlags } from '../pages/liveFlags';

const cancel = { phrase: 'cancel*', tone: 'risk', who: 'Jane Doe', ours: false, count: 1 } as const;

describe('what is watched for, in a live call', () => {
  it('is a badge with the phrase and who said it', () => {
    const flags = new LiveFlags();
    flags.show([cancel, { phrase: 'happy to help', tone: 'good', who: 'Alice', ours: true, count: 1 }]);

    const badges = [...flags.element.querySelectorAll<HTMLElement>('.flag')];
    expect(badges.map((badge) => badge.textContent)).toEqual(['Risk:Jane Doe: “cancel*”', 'Good:Alice: “happy to help”']);
    expect(badges.map((badge) => badge.dataset.tone)).toEqual(['risk', 'good']);
  });

  it('stays the same element when it is said again, and is counted', () => {
    const flags = new LiveFlags();
    flags.show([cancel]);
    const badge = flags.element.firstElementChild;
    flags.show([{ ...cancel, count: 3 }]);

    expect(flags.element.children).toHaveLength(1);
    expect(flags.element.firstElementChild).toBe(badge);
    expect(badge?.textContent).toContain('3 times');
  });

  it('shows no markup that somebody typed', () => {
    const flags = new LiveFlags();
    flags.show([{ ...cancel, phrase: '<img src=x>', who: '<b>' }]);
    expect(flags.element.querySelector('img, b')).toBeNull();
  });

  it('is gone with the call', () => {
    const flags = new LiveFlags();
    flags.show([cancel]);
    flags.show([]);
    expect(flags.element.children).toHaveLength(0);
  });
});
