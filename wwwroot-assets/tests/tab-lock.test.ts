import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TabLock } from '../phone/tabLock';

type Callback = (lock: object | null) => unknown;
type Options = Partial<Pick<LockOptions, 'ifAvailable' | 'steal' | 'signal'>>;

interface Claim { readonly grant: () => void; readonly fail: (name: string) => void }

/** The locks of one browser, for as many tabs as there are: one name, and only what tabs do with it. */
class FakeLocks {
  #holder: Claim | null = null;
  #queue: Claim[] = [];

  request(_: string, options: Options, callback: Callback): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const claim: Claim = {
        grant: () => {
          this.#holder = claim;
          void Promise.resolve(callback({})).then(() => { this.#free(claim); resolve(undefined); });
        },
        fail: (name) => { reject(Object.assign(new Error(), { name })); },
      };
      options.signal?.addEventListener('abort', () => {
        this.#queue = this.#queue.filter((one) => one !== claim);
        claim.fail('AbortError');
      });
      if (options.steal) {
        this.#holder?.fail('AbortError');
        claim.grant();
      } else if (!this.#holder) claim.grant();
      else if (options.ifAvailable) resolve(callback(null));
      else this.#queue.push(claim);
    });
  }

  get waiting(): number {
    return this.#queue.length;
  }

  #free(claim: Claim): void {
    if (this.#holder !== claim) return;
    this.#holder = null;
    this.#queue.shift()?.grant();
  }
}

let locks: FakeLocks;
let said: string[];

function tab(name: string): TabLock {
  const lock = new TabLock(() => { said.push(`${name} here`); }, () => { said.push(`${name} elsewhere`); });
  lock.start();
  return lock;
}

const settled = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve); });

beforeEach(() => {
  locks = new FakeLocks();
  said = [];
  vi.stubGlobal('navigator', { locks });
});
afterEach(() => { vi.unstubAllGlobals(); });

describe('the phone’s lock', () => {
  it('is the first tab’s, until another one takes it over', async () => {
    tab('a');
    const b = tab('b');
    await settled();
    expect(said).toEqual(['a here', 'b elsewhere']);
    b.takeOver();
    await settled();
    expect(said.slice(2).sort()).toEqual(['a elsewhere', 'b here']);
  });

  it('goes to the next tab when the one that has it is signed out', async () => {
    const a = tab('a');
    tab('b');
    await settled();
    a.stop();
    await settled();
    expect(said).toEqual(['a here', 'b elsewhere', 'b here']);
    expect(locks.waiting).toBe(0);
  });

  it('is not waited for any more by a tab that is signed out', async () => {
    const a = tab('a');
    const b = tab('b');
    await settled();
    b.stop();
    await settled();
    expect(locks.waiting).toBe(0);
    a.stop();
    await settled();
    expect(said.filter((one) => one.startsWith('b'))).toEqual(['b elsewhere']);
  });

  it('is each tab’s own on a page that is not secure, where browsers have no locks', () => {
    vi.stubGlobal('navigator', {});
    tab('a').takeOver();
    expect(said).toEqual(['a here']);
  });
});
