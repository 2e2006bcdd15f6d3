import { beforeEach, describe, expect, it, vi } from 'vitest';
import { microphoneConstraints, microphoneMark, nothingChosen, pick, presentIn, settle, type Choice, type Device } from '../devices/choice';
import { remember, rememberedChoice } from '../devices/remembered';
import { backSentences, missingSentences } from '../devices/sentences';
import { deviceList } from './devices';

const laptop: Device = { id: 'l', label: 'Laptop' };
const headset: Device = { id: 'h', label: 'Headset' };
const both = presentIn(deviceList({ inputs: [laptop, headset], outputs: [laptop, headset] }));
const withoutHeadset = presentIn(deviceList({ inputs: [laptop], outputs: [laptop] }));
const chosen: Choice = { ...nothingChosen, microphone: headset, speaker: headset, ring: laptop };

describe('presentIn', () => {
  it('leaves out what the browser lists twice', () => {
    expect(both.microphones).toEqual([laptop, headset]);
    expect(both.speakers).toEqual([laptop, headset]);
    expect(both.known).toBe(true);
  });

  it('knows that names are hidden until the microphone was allowed', () => {
    const hidden = presentIn([{ deviceId: '', groupId: '', kind: 'audioinput', label: '' }]);
    expect(hidden).toMatchObject({ known: false, microphones: [] });
  });

  it('notices another default', () => {
    const other = presentIn(deviceList({ inputs: [headset, laptop], outputs: [] }));
    expect(other.defaultMicrophone).not.toBe(both.defaultMicrophone);
  });
});

describe('pick', () => {
  it('goes by the id first, so that two of the same make are told apart', () => {
    const twins = [{ id: '1', label: 'Headset' }, { id: '2', label: 'Headset' }];
    expect(pick({ id: '2', label: 'Headset' }, twins)?.id).toBe('2');
  });

  it('goes by the name where the browser changed the id', () => {
    expect(pick({ id: 'old', label: 'Headset' }, [laptop, headset])).toBe(headset);
  });

  it('never takes a device without a name for another one', () => {
    expect(pick({ id: 'old', label: '' }, [{ id: 'x', label: '' }])).toBeNull();
  });
});

describe('settle', () => {
  it('uses what was chosen', () => {
    expect(settle(chosen, both)).toEqual({ used: { microphone: headset, speaker: headset, ring: laptop }, missing: [], choice: chosen });
  });

  it('falls back to the default, keeps the choice, and tells what is missing', () => {
    const settled = settle(chosen, withoutHeadset);
    expect(settled.used).toEqual({ microphone: null, speaker: null, ring: laptop });
    expect(settled.missing).toEqual([{ role: 'microphone', label: 'Headset', why: 'gone' }, { role: 'speaker', label: 'Headset', why: 'gone' }]);
    expect(settled.choice).toEqual(chosen);
  });

  it('remembers the id that the device has now', () => {
    const renewed = { id: 'new', label: 'Headset' };
    const present = presentIn(deviceList({ inputs: [laptop, renewed], outputs: [laptop, renewed] }));
    expect(settle(chosen, present).choice).toMatchObject({ microphone: renewed, speaker: renewed, ring: laptop });
  });

  it('calls nothing missing while the names are hidden', () => {
    const settled = settle(chosen, presentIn([{ deviceId: '', groupId: '', kind: 'audioinput', label: '' }]));
    expect(settled.missing).toEqual([]);
    expect(settled.used.microphone).toEqual(headset);
  });

  it('tells a device that does not open from one that is not there', () => {
    expect(settle(chosen, both, null, new Set(['h'])).missing.map((one) => one.why)).toEqual(['refused', 'refused']);
  });

  it('takes a lost default again once it is back, and never writes it down as a choice', () => {
    expect(settle(nothingChosen, withoutHeadset, headset).missing).toEqual([{ role: 'microphone', label: 'Headset', why: 'gone' }]);
    const back = settle(nothingChosen, both, headset);
    expect(back.used.microphone).toEqual(headset);
    expect(back.choice).toEqual(nothingChosen);
  });
});

describe('opening the microphone', () => {
  it('asks for exactly the chosen one, or for none in particular', () => {
    expect(microphoneConstraints(headset, nothingChosen.processing)).toMatchObject({ deviceId: { exact: 'h' }, echoCancellation: true });
    expect(microphoneConstraints(null, nothingChosen.processing)).not.toHaveProperty('deviceId');
  });

  it('is due again when the device, the default or the processing changes', () => {
    const { processing } = nothingChosen;
    const marks = [
      microphoneMark(headset, both, processing), microphoneMark(null, both, processing), microphoneMark(null, withoutHeadset, processing),
      microphoneMark(null, both, { ...processing, noiseSuppression: false }),
    ];
    expect(microphoneMark(headset, withoutHeadset, processing)).toBe(marks[0]);
    // Laptop is the default with and without the headset.
    expect(new Set(marks).size).toBe(3);
  });
});

describe('sentences', () => {
  it('names a headset once, though it is missing twice', () => {
    const { missing } = settle(chosen, withoutHeadset);
    expect(missingSentences(missing, false)).toEqual(['“Headset” is not connected. The default microphone and speaker are used until it is back.']);
    expect(missingSentences(missing, true)).toEqual(['“Headset” is not connected. The call goes on with the default microphone and speaker.']);
    expect(backSentences(missing, settle(chosen, both).used)).toEqual(['“Headset” is back, and is your microphone and speaker again.']);
  });

  it('does not call a device back that is not wanted any more', () => {
    const { missing } = settle(chosen, withoutHeadset);
    expect(backSentences(missing, settle({ ...chosen, microphone: null, speaker: laptop }, withoutHeadset).used)).toEqual([]);
  });

  it('tells apart what does not answer', () => {
    expect(missingSentences([{ role: 'ring', label: 'Monitor', why: 'refused' }], false))
      .toEqual(['“Monitor” does not answer. The default ring device is used instead.']);
  });
});

describe('the remembered choice', () => {
  beforeEach(() => { localStorage.clear(); });

  it('comes back as it was', () => {
    const choice = { ...chosen, processing: { ...chosen.processing, autoGainControl: false } };
    remember(choice);
    expect(rememberedChoice()).toEqual(choice);
  });

  it.each(['', '{', 'null', '7', '{"microphone":"h"}', '{"microphone":{"id":""}}', '{"speaker":{"id":1,"label":"x"},"processing":"on"}'])(
    'is nothing where the storage holds %s', (text) => {
      localStorage.setItem('aridialer-sound', text);
      expect(rememberedChoice()).toEqual(nothingChosen);
    });

  it('is nothing where the browser refuses its storage', () => {
    vi.spyOn(localStorage, 'getItem').mockImplementation(() => { throw new Error('refused'); });
    expect(rememberedChoice()).toEqual(nothingChosen);
  });
});
