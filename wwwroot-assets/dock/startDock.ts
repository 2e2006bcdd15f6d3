import type { CallView } from '../hub/contract';
import type { CallsHub } from '../hub/callsHub';
import { LiveFeed } from '../hub/liveFeed';
import { watchMicrophone } from '../phone/microphone';
import { PhoneRunner } from '../phone/phone';
import { problems } from '../phone/problems';
import { soundOf } from '../phone/phoneState';
import { fetchPhoneSession } from '../phone/session';
import { SipAdapter } from '../phone/sipAdapter';
import { Sounds } from '../phone/sounds';
import { TabLock } from '../phone/tabLock';
import { onDial } from '../shell/callNumber';
import { Dock } from './dock';
import { otherSide } from './shownCall';

/** Puts phone, hub and dock together. One phone a tab; it lives until the tab is closed or the person signs out. */
export function startDock(root: HTMLElement, hub: CallsHub): PhoneRunner {
  const phone = new PhoneRunner({
    fetchSession: () => fetchPhoneSession(root.dataset.session ?? '/phone/session'),
    openLine: (session, events) => new SipAdapter(session, socketAddress(root.dataset.sip ?? '/phone/ws'), events),
    hangUpThroughHub: (callId) => { hangUpThroughHub(callId); },
  });
  const lock = new TabLock(() => { phone.post({ is: 'lock-held' }); }, () => { phone.post({ is: 'lock-elsewhere' }); });
  const dock = new Dock(root, {
    resolve: (text) => hub.resolve(text),
    dial: (dial, number, name) => { phone.post({ is: 'dial', dial, number, name }); },
    accept: () => { phone.post({ is: 'accept' }); },
    reject: () => { phone.post({ is: 'reject' }); },
    hangUp: () => { phone.post({ is: 'hang-up' }); },
    toggleMute: () => { phone.post({ is: 'toggle-mute' }); },
    takeOver: () => { lock.takeOver(); },
    hangUpThroughHub,
    callMe: () => hub.callMe(),
  });
  const sounds = new Sounds();

  phone.onChange((state) => {
    dock.number = phone.session?.number ?? null;
    dock.showPhone(state);
    sounds.play(soundOf(state));
  });
  new LiveFeed(hub, 'mine', {
    changed: (calls, ended) => {
      for (const call of [...calls.values(), ...ended]) tellPhone(phone, call);
      dock.showMine(calls);
    },
    // The last known calls stay: their sound goes on, and hanging up is refused by the server if they are over.
    fresh: () => undefined,
  });
  hub.onSessionEnded((sentence) => {
    phone.post({ is: 'sign-out', problem: { about: 'session', sentence: sentence || problems.signedOut.sentence } });
    hub.stop();
  });
  void watchMicrophone((problem) => { phone.post({ is: 'microphone', problem }); });
  lock.start();
  onDial(({ dial, number, name }) => { phone.post({ is: 'dial', dial, number, name }); });
  window.addEventListener('online', () => { phone.hurry(); });
  return phone;

  function hangUpThroughHub(callId: string): void {
    // Refused or unreachable: the call stays in view, and the button with it.
    void hub.hangUp(callId).catch(() => undefined);
  }
}

function tellPhone(phone: PhoneRunner, call: CallView): void {
  if (!call.mine) return;
  const sipCallId = call.mine.sipCallId;
  const other = otherSide(call);
  phone.post({ is: 'hub-call', sipCallId, callId: call.id, name: other.name, number: other.display });
  if (call.state === 'ended' && call.end) {
    const tone = call.end.reason === 'completed' || call.end.reason === 'cancelled' ? 'plain' : 'bad';
    phone.post({ is: 'hub-ended', sipCallId, callId: call.id, sentence: call.end.sentence, tone });
  }
}

function socketAddress(path: string): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${path}`;
}
