import type { ControlView } from '../hub/contract';
import type { Control } from '../hub/controls';
import { isAsking } from '../hub/sides';
import type { Input } from '../phone/phoneState';
import type { TabAnswer, TabRequest } from '../phone/tabChannel';
import { onlyOther } from './callActions';
import type { RingingCall, Shown, ShownCall } from './shownCall';
import type { Target } from './whomField';

export interface ControlsWorld {
  /** The phone of this tab. */
  post(input: Input): void;
  /** The server: whoever takes part in a call controls it from any tab. */
  control(control: Control): Promise<ControlView>;
  askTab(request: TabRequest): Promise<TabAnswer>;
}

export const notReached = 'AriDialer does not answer right now, so this was perhaps not done. The call goes on; try again in a moment.';
const mutedAllTheSame = 'AriDialer does not answer right now. Your microphone is off in this browser all the same.';
const refused = 'This cannot be done right now.';

/**
 * What people do with calls, from whichever tab. A call whose sound is here goes through the phone of this tab, which
 * acts at once and then asks the server; everything else is asked of the server alone. Whatever it does not accept is said.
 */
export class Controls {
  constructor(private readonly world: ControlsWorld, private readonly say: (sentence: string) => void) {}

  /** True where it was accepted. */
  async ask(control: Control): Promise<boolean> {
    this.say('');
    try {
      const { result, sentence } = await this.world.control(control);
      if (result !== 'accepted') this.say(sentence ?? refused);
      return result === 'accepted';
    } catch {
      this.say(control[0] === 'Mute' && control[2] ? mutedAllTheSame : notReached);
      return false;
    }
  }

  mute(call: ShownCall): void {
    if (call.token !== null) this.world.post({ is: 'mute', token: call.token, muted: !call.muted });
    else if (call.callId !== null) void this.ask(['Mute', call.callId, !call.muted]);
  }

  hold(call: ShownCall, shown: Shown): void {
    if (call.holding) this.resume(call, shown);
    else this.#hold(call);
  }

  /** Comes back to a call, and leaves the others. */
  resume(call: ShownCall, { current, others }: Shown): void {
    for (const other of [current, ...others]) {
      if (!other || other.key === call.key) continue;
      // Between two calls of this page, the phone does both.
      const isElsewhere = other.token === null || call.token === null;
      if (isElsewhere && other.state === 'connected' && !other.holding) this.#hold(other);
    }
    if (call.token !== null) this.world.post({ is: 'swap', token: call.token });
    else if (call.callId !== null) void this.ask(['Resume', call.callId]);
  }

  record({ callId, view }: ShownCall): void {
    if (callId !== null && view) void this.ask(['Record', callId, view.recording === 'off']);
  }

  pauseRecording({ callId, view }: ShownCall): void {
    if (callId !== null && view) void this.ask(['PauseRecording', callId, view.recording === 'on']);
  }

  /** Goes on with a call here whose sound was lost elsewhere. */
  continueHere(call: ShownCall): void {
    this.say('');
    if (call.callId !== null) this.world.post({ is: 'come-back', callId: call.callId });
  }

  swap(shown: Shown): void {
    const { current, others } = shown;
    const other = onlyOther(others);
    if (current?.view && isAsking(current.view)) void this.ask(['Swap', current.view.id]);
    else if (other) this.resume(other, shown);
  }

  merge({ current, others }: Shown): void {
    const other = onlyOther(others);
    if (current?.view && isAsking(current.view)) void this.ask(['JoinConsultation', current.view.id]);
    else if (current && other) this.mergeWith(current, other);
  }

  mergeWith(call: ShownCall, other: ShownCall): void {
    if (call.callId !== null && other.callId !== null) void this.ask(['Merge', call.callId, other.callId]);
  }

  hangUp(call: ShownCall): void {
    this.say('');
    if (call.token !== null) this.world.post({ is: 'hang-up', token: call.token });
    else if (call.callId !== null) void this.ask(['HangUp', call.callId]);
  }

  accept(call: RingingCall): void {
    this.say('');
    if (call.token !== null) this.world.post({ is: 'accept', token: call.token });
    else if (call.callId !== null) void this.#askTab({ want: 'accept', callId: call.callId });
  }

  reject(call: RingingCall): void {
    this.say('');
    if (call.token !== null) this.world.post({ is: 'reject', token: call.token });
    else if (call.callId !== null) void this.ask(['HangUp', call.callId]);
  }

  dial(target: Target): void {
    this.say('');
    this.world.post({ is: 'dial', ...target });
  }

  /** Calls from the tab that has the phone; true where it does. */
  dialElsewhere(target: Target): Promise<boolean> {
    this.say('');
    return this.#askTab({ want: 'dial', ...target });
  }

  #hold(call: ShownCall): void {
    if (call.token !== null) this.world.post({ is: 'hold', token: call.token, hold: true });
    else if (call.callId !== null) void this.ask(['Hold', call.callId]);
  }

  async #askTab(request: TabRequest): Promise<boolean> {
    const answer = await this.world.askTab(request);
    if (answer !== null) this.say(answer);
    return answer === null;
  }
}
