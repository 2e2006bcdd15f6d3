import { CallsHub } from './hub/callsHub';
import { VoicemailHub } from './hub/voicemailHub';
import { startDock } from './dock/startDock';
import { startLive } from './pages/live';
import { showPasskeyForms, startPasskeys } from './pages/passkey';
import { startVoicemail } from './pages/voicemail';
import { startLocalTimes } from './shell/localTimes';
import { startNavigation } from './shell/navigation';
import { startSignOut } from './shell/signOut';
import { showChoice, startTheme } from './shell/theme';

const marker = 'ariDialer';

// Turbo runs a script again that comes with another address, as it does after an update of the server. The page
// keeps the one that it has: a second one would be a second phone.
if (document.documentElement.dataset[marker] === undefined) {
  document.documentElement.dataset[marker] = 'started';
  start();
}

function start(): void {
  startTheme();
  startLocalTimes();
  startPasskeys();
  showPasskeyForms();
  const dock = document.getElementById('ari-dialer');
  if (!dock) return;
  const hub = new CallsHub(dock.dataset.hub ?? '/hubs/calls');
  const phone = startDock(dock, hub);
  const voicemailHub = new VoicemailHub('/hubs/voicemail');
  const showVoicemail = startVoicemail(voicemailHub);
  startSignOut(async () => {
    hub.stop();
    voicemailHub.stop();
    await phone.signOut();
  });
  let leave: (() => void) | null = null;
  startNavigation(() => {
    leave?.();
    const live = document.querySelector<HTMLElement>('[data-live]');
    leave = live ? startLive(live, hub) : null;
    showVoicemail();
    showChoice();
    showPasskeyForms();
  });
  window.addEventListener('online', () => {
    hub.hurry();
    voicemailHub.hurry();
  });
  void hub.start();
  void voicemailHub.start();
}
