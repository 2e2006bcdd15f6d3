// The computer of the page, as far as the browser's own pretend devices leave something to pretend: devices that are pulled
// out and plugged in, a microphone that gives nothing, and what the page does with its tracks.
(() => {
  const media = navigator.mediaDevices;
  const list = media.enumerateDevices.bind(media);
  const open = media.getUserMedia.bind(media);
  const unplugged = new Set();
  const tracks = new Set();
  window.sentForTest = [];
  window.offersForTest = 0;
  window.callSinksForTest = [];
  window.toneSinksForTest = [];

  const labelOf = async (id) => (await list()).find((device) => device.kind === 'audioinput' && device.deviceId === id)?.label;

  media.enumerateDevices = async () => (await list()).filter((device) => !unplugged.has(device.label));

  media.getUserMedia = async (constraints) => {
    const label = await labelOf(constraints.audio?.deviceId?.exact);
    if (unplugged.has(label)) throw new DOMException('', 'OverconstrainedError');
    const stream = window.deadMicrophoneForTest ? new AudioContext().createMediaStreamDestination().stream : await open(constraints);
    for (const track of stream.getAudioTracks()) tracks.add(track);
    return stream;
  };

  const clone = MediaStream.prototype.clone;
  MediaStream.prototype.clone = function () {
    const copy = clone.call(this);
    for (const track of copy.getAudioTracks()) tracks.add(track);
    return copy;
  };

  const replace = RTCRtpSender.prototype.replaceTrack;
  RTCRtpSender.prototype.replaceTrack = function (track) {
    window.sentForTest.push(track.label);
    return replace.call(this, track);
  };

  const describe = RTCPeerConnection.prototype.setLocalDescription;
  RTCPeerConnection.prototype.setLocalDescription = function (...given) {
    window.offersForTest++;
    return describe.apply(this, given);
  };

  noteSinks(HTMLMediaElement.prototype, window.callSinksForTest);
  noteSinks(AudioContext.prototype, window.toneSinksForTest);

  function noteSinks(prototype, labels) {
    const choose = prototype.setSinkId;
    prototype.setSinkId = async function (id) {
      await choose.call(this, id);
      labels.push((await list()).find((device) => device.kind === 'audiooutput' && device.deviceId === id)?.label ?? '');
    };
  }

  window.unplugForTest = (label) => {
    unplugged.add(label);
    for (const track of tracks) {
      if (track.label !== label || track.readyState !== 'live') continue;
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }
    media.dispatchEvent(new Event('devicechange'));
  };

  window.plugForTest = (label) => {
    unplugged.delete(label);
    media.dispatchEvent(new Event('devicechange'));
  };
})();
