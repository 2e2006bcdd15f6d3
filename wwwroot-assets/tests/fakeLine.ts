import type { SipEvents, SipLine } from '../phone/sipLine';

/** A line that notes what it is told to do. */
export class FakeLine implements SipLine {
  readonly did: string[] = [];
  constructor(readonly events: SipEvents) {}
  connect(): void { this.did.push('connect'); }
  register(): void { this.did.push('register'); }
  unregister(): Promise<void> { this.did.push('unregister'); return new Promise(() => undefined); }
  check(isLost = false): void { this.did.push(isLost ? 'lost' : 'check'); }
  close(): void { this.did.push('close'); }
  invite(token: number, dial: string): string { this.did.push(`invite ${dial}`); return `sip-${token}`; }
  accept(token: number): void { this.did.push(`accept ${token}`); }
  reject(token: number, status: number): void { this.did.push(`reject ${token} ${status}`); }
  hangUp(token: number): void { this.did.push(`hang-up ${token}`); }
  drop(token: number): void { this.did.push(`drop ${token}`); }
  sound(token: number, open: boolean, muted: boolean): void { this.did.push(`${open ? 'open' : 'shut'} ${token}${muted ? ' muted' : ''}`); }
}
