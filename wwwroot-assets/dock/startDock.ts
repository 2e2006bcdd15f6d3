import { startSound } from '../devices/startSound';
import type { CallsHub } from '../hub/callsHub';
import type { CallView } from '../hub/contract';
import { LiveFeed } from '../hub/liveFeed';
import { OwedHangUps } from '../hub/owedHangUps';
import { watchMicrophone } from '../phone/microphone';
import { PhoneRunner } from '../phone/phone';
import { problems } from '../phone/problems';
import { fetchPhoneSession } from '../phone/session';
import { SipAdapter } from '../phone/sipAdapter';
import { soundOf } from '../phone/sounding';
import { Sounds } from '../phone/sounds';
import { TabChannel } from '../phone/tabChannel';
import { TabLock } from '../phone/tabLock';
import { onDial } from '../shell/callNumber';
import { Dock } from './dock';
import { allowMicrophone, answerTab, askBeforeLeaving, tellPhone } from './phoneLinks';

/** Puts phone, hub and dock together. One phone a tab; it lives until the tab is closed or the person signs out. */
export function startDock(root: HTMLElement, hub: CallsHub): PhoneRunner {
  const hangUps = new OwedHangUps(async (callId) => (await hub.control(['HangUp', callId])).result);
  const phone: PhoneRunner = new PhoneRunner({
    fetchSession: () => fetchPhoneSession(root.dataset.session ?? '/phone/session'),
    openLine: (session, events) => new SipAdapter(session, socketAddress(root.dataset.sip ?? '/phone/ws'), events),
    askHub: (control) => {
      // While the page is cut off the call stays in view, and the button with it.
      if (control[0] !== 'HangUp') return dock.ask(control);
      hangUps.hangUp(control[1]);
      return Promise.resolve(true);
    },
    comeBack: async (callId, soundIsLost) => (await hub.control(['Reconnect', callId, soundIsLost])).result !== 'no-such-call',
  });
  const lock = new TabLock(() => { phone.post({ is: 'lock-held' }); }, () => { phone.post({ is: 'lock-elsewhere' }); });
  const tabs = new TabChannel((request) => answerTab(phone, request));
  const sounds = new Sounds();
  const dock: Dock = new Dock(root, {
    post: (input) => { phone.post(input); },
    control: (control) => hub.control(control),
    askTab: async (request) => await allowMicrophone() ?? tabs.ask(request),
    resolve: (text) => hub.resolve(text),
    takeOver: () => { lock.takeOver(); },
    callMe: () => hub.callMe(),
    tone: (digit) => { sounds.key(digit); },
  });
  const attend = startSound({
    sounds,
    echoCall: () => { void dock.call({ dial: 'echo', number: '', name: 'Echo call' }); },
    place: (parts) => { dock.placeSound(parts); },
  });

  phone.onChange((state) => {
    dock.number = phone.session?.number ?? null;
    dock.showPhone(state);
    // Whoever signs in next finds it free, in whichever tab.
    if (state.registration === 'destroyed') lock.stop();
    sounds.expectRing(state.place === 'here' && state.everRegistered && state.registration !== 'destroyed');
    sounds.play(soundOf(state));
    const current = state.calls.find((call) => call.token === state.current);
    attend(current?.state === 'connected' ? { muted: current.muted, held: current.holding } : null);
  });
  let known: ReadonlyMap<string, CallView> = new Map();
  new LiveFeed(hub, 'mine', {
    changed: (calls, ended) => {
      known = calls;
      // First what is over: by a merge, its people may be found in another call.
      for (const call of [...ended, ...calls.values()]) tellPhone(phone, call);
      dock.showMine(calls);
      hangUps.seen(calls, ended);
    },
    // The last known calls stay: their sound goes on, and what is pressed is refused by the server if they are over.
    fresh: (fresh) => { if (fresh) phone.post({ is: 'hub-back', callIds: [...known.keys()] }); },
  });
  hub.onSignedOut(() => { phone.post({ is: 'sign-out', problem: problems.signedOut }); });
  hub.onSessionEnded((sentence) => {
    phone.post({ is: 'sign-out', problem: { about: 'session', sentence: sentence || problems.signedOut.sentence } });
    hub.stop();
  });
  void watchMicrophone((problem) => { phone.post({ is: 'microphone', problem }); });
  lock.start();
  askBeforeLeaving(() => phone.phone.calls.length > 0);
  onDial((target) => { void dock.call(target); });
  // Where the hub is reached again, so is the telephone system, most likely.
  hub.onConnected(() => { phone.hurry(); });
  return phone;
}

function socketAddress(path: string): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${path}`;
}
