import type { Control } from '../hub/controls';
import type { PhoneSession, SipEvents, SipLine } from './sipLine';

/** What the phone uses of the world; the tests give it another one. */
export interface PhoneWorld {
  fetchSession(): Promise<PhoneSession>;
  openLine(session: PhoneSession, events: SipEvents): SipLine;
  /** True where the hub accepted it. Whatever it says instead is shown to the person. */
  askHub(control: Control): Promise<boolean>;
  /** Asks to be called back into a call; whether that works is seen by the call that comes. False where the hub knows no such call. */
  comeBack(callId: string, soundIsLost: boolean): Promise<boolean>;
}
