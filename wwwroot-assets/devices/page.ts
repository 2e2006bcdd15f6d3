import { CallSounds } from './callSounds';
import { SoundDevices } from './soundDevices';

/** A page has one set of sound devices, however many calls it has. */
export const soundDevices = new SoundDevices();

/** The calls that sound in this page. */
export const callSounds = new CallSounds(soundDevices);
