import { CallsHub } from './hub/callsHub';
import { followAsterisk } from './hub/followAsterisk';
import { PeopleFeed } from './hub/peopleFeed';
import { PeopleHub } from './hub/peopleHub';
import { VoicemailHub } from './hub/voicemailHub';
import { startDock } from './dock/startDock';
import { startColleagues } from './pages/colleagues';
import { startKeywordReview } from './pages/keywordReview';
import { startLive } from './pages/live';
import { startMyPresence } from './pages/myPresence';
import { showPasskeyForms, startPasskeys } from './pages/passkey';
import { startVoicemail } from './pages/voicemail';
import { startLocalTimes } from './shell/localTimes';
import { startReadAlong } from './pages/readAlong';
import { startRecents } from './pages/recents';
import { startRecordingPlayer } from './pages/recordingPlayer';
import { startTranscript } from './pages/transcript';
import { onAwake } from './shell/awake';
import { startCallNumbers } from './shell/callNumber';
import { startNavigation } from './shell/navigation';
import { showOutage } from './shell/outageBanner';
import { Outages } from './shell/outages';
import { signInAgain } from './shell/signInAgain';
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
  const peopleHub = new PeopleHub(document.body.dataset.peopleHub ?? '/hubs/people');
  const people = new PeopleFeed(peopleHub);
  const voicemailHub = new VoicemailHub('/hubs/voicemail');
  const hubs = [hub, peopleHub, voicemailHub];
  const outages = new Outages();
  showOutage(outages);
  followAsterisk(hub, outages);
  for (const one of hubs) one.onRefused((refused) => { outages.refuse(one, refused); });
  people.onChange(({ fresh }) => { outages.doubt('people', !fresh); });
  const showMyPresence = startMyPresence(people, peopleHub);
  const showVoicemail = startVoicemail(voicemailHub);
  startCallNumbers();
  startSignOut(async () => {
    outages.end();
    for (const one of hubs) one.stop();
    await phone.signOut();
  });
  let leave: (() => void)[] = [];
  startNavigation(() => {
    for (const end of leave) end();
    leave = [
      begin('[data-live]', (root) => startLive(root, hub, outages)),
      begin('[data-read-along]', (root) => startReadAlong(root, hub, (doubtful) => { outages.doubt('words', doubtful); })),
      begin('[data-keyword-review]', (root) => startKeywordReview(root)),
      begin('[data-colleagues]', (root) => startColleagues(root, people, peopleHub)),
      begin('[data-recents]', () => startRecents(hub)),
      // Before the player, which tells at once where it is.
      begin('[data-transcript]', (root) => startTranscript(root)),
      begin('[data-recording-player]', (root) => startRecordingPlayer(root)),
    ];
    showMyPresence();
    showVoicemail();
    showChoice();
    showPasskeyForms();
  });
  onAwake((asleepSince) => {
    if (asleepSince) outages.slept(asleepSince);
    phone.hurry();
    for (const one of hubs) one.hurry();
  });
  window.addEventListener('offline', () => { phone.offline(); });
  hub.onSessionEnded(() => { outages.end(); });
  hub.onSignedOut(() => { location.assign(signInAgain(location)); });
  for (const one of hubs) void one.start();
}

/** Starts a part of the page where the page has it; gives what ends it. */
function begin(selector: string, start: (root: HTMLElement) => () => void): () => void {
  const root = document.querySelector<HTMLElement>(selector);
  return root ? start(root) : () => undefined;
}
