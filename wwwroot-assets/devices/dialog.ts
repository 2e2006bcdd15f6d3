import { button, el, icon, setText } from '../shell/dom';
import type { CallSounds } from './callSounds';
import type { Processing } from './choice';
import { DeviceSelect } from './deviceSelect';
import { LevelMeter } from './meter';
import { MicrophonePreview } from './preview';
import { canChooseOutput } from './sink';
import type { SoundDevices, SoundState } from './soundDevices';

export interface DialogWorld {
  readonly devices: SoundDevices;
  readonly calls: CallSounds;
  test(trial: 'speaker' | 'ring'): void;
  echoCall(): void;
}

const processing: readonly (readonly [keyof Processing, string])[] = [
  ['echoCancellation', 'Echo cancellation'], ['noiseSuppression', 'Noise suppression'], ['autoGainControl', 'Automatic volume'],
];

/** The dialog "Sound devices". It does not block the page: a call beside it goes on, and can be ended. */
export class DeviceDialog {
  readonly element: HTMLDialogElement;
  readonly #microphone: DeviceSelect;
  readonly #speaker: DeviceSelect;
  readonly #ring: DeviceSelect;
  readonly #ask = el('div', { class: 'devices-ask' });
  readonly #switches = new Map<keyof Processing, HTMLInputElement>();
  readonly #preview: MicrophonePreview;
  #opener: HTMLElement | null = null;

  constructor(private readonly world: DialogWorld) {
    const { devices } = world;
    const meter = new LevelMeter();
    const said = el('p', { class: 'devices-said', 'aria-live': 'polite' });
    const speakerTest = button('Test speaker', 'volume-up', 'btn-quiet', () => { world.test('speaker'); });
    const ringTest = button('Test ring', 'bell', 'btn-quiet', () => { world.test('ring'); });
    this.#preview = new MicrophonePreview(devices, world.calls, meter, (sentence) => { setText(said, sentence); });
    this.#microphone = new DeviceSelect('Microphone', 'devices-microphone', (id) => { devices.choose('microphone', id); });
    this.#speaker = new DeviceSelect('Speaker', 'devices-speaker', (id) => { devices.choose('speaker', id); }, speakerTest);
    this.#ring = new DeviceSelect('Ring device', 'devices-ring', (id) => { devices.choose('ring', id); }, ringTest);
    this.#ask.append(
      el('p', {}, 'The browser names your devices once you have allowed the microphone.'),
      button('Allow microphone', 'mic', 'btn-primary', () => { this.#preview.ask(); }));
    this.element = el('dialog', { class: 'devices', 'aria-labelledby': 'devices-title' },
      this.#head(), this.#ask, this.#microphone.element, meter.element, said,
      ...canChooseOutput() ? [this.#speaker.element, this.#ring.element] : [systemOutput(speakerTest, ringTest)],
      this.#processing(), this.#echo());
    this.element.addEventListener('keydown', (event) => { if (event.key === 'Escape') this.close(); });
    devices.onChange((state) => { this.#show(state); });
  }

  open(opener: HTMLElement): void {
    this.#opener = opener;
    if (!this.element.open) this.element.show();
    this.#microphone.focus();
    this.#preview.start();
  }

  close(): void {
    if (!this.element.open) return;
    const hadFocus = this.element.contains(document.activeElement);
    this.element.close();
    this.#preview.stop();
    if (hadFocus) this.#opener?.focus();
  }

  #show({ choice, present }: SoundState): void {
    this.#ask.hidden = present.known;
    this.#microphone.show(choice.microphone, present.microphones);
    this.#speaker.show(choice.speaker, present.speakers);
    this.#ring.show(choice.ring, present.speakers);
    for (const [name, box] of this.#switches) box.checked = choice.processing[name];
  }

  #head(): HTMLElement {
    const close = el('button', { type: 'button', class: 'btn-close', 'aria-label': 'Close' });
    close.addEventListener('click', () => { this.close(); });
    return el('div', { class: 'devices-head' }, el('h2', { id: 'devices-title' }, icon('headset'), 'Sound devices'), close);
  }

  #processing(): HTMLElement {
    return el('fieldset', { class: 'devices-processing' }, el('legend', {}, 'Microphone sound'), ...processing.map(([name, label]) => {
      const id = `devices-${name}`;
      const box = el('input', { type: 'checkbox', role: 'switch', class: 'form-check-input', id });
      box.addEventListener('change', () => { this.world.devices.process({ [name]: box.checked }); });
      this.#switches.set(name, box);
      return el('div', { class: 'form-check form-switch' }, box, el('label', { class: 'form-check-label', for: id }, label));
    }));
  }

  #echo(): HTMLElement {
    const call = button('Echo call', 'arrow-left-right', 'btn-primary', () => {
      this.world.echoCall();
      // On a phone's screen the dialog lies over the call.
      if (matchMedia('(max-width: 61.99rem)').matches) this.close();
    });
    return el('div', { class: 'devices-echo' }, el('p', {}, 'A voice explains, then you hear yourself as others hear you.'), call);
  }
}

function systemOutput(...tests: HTMLElement[]): HTMLElement {
  return el('div', { class: 'devices-row' },
    el('p', { class: 'devices-hint' }, 'This browser plays on the system’s default device. Choose that in the settings of your system.'),
    el('div', { class: 'devices-field' }, ...tests));
}
