// Keeps what the page plays, so that a test can listen: only sound that a running element lets out counts as heard.
(() => {
  const playing = new Set();
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    playing.add(this);
    return play.call(this);
  };

  function audible() {
    return [...playing]
      .filter((element) => !element.paused && !element.muted && element.volume > 0 && element.srcObject instanceof MediaStream)
      .flatMap((element) => element.srcObject.getAudioTracks())
      .filter((track) => track.readyState === 'live');
  }

  function base64Of(samples) {
    const bytes = new Uint8Array(Int16Array.from(samples, (value) => Math.max(-1, Math.min(1, value)) * 32767).buffer);
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  }

  // The browser records off the page's own thread: a script that is kept waiting there would lose what is played meanwhile.
  async function record(stream, milliseconds) {
    const recorder = new MediaRecorder(stream, { mimeType: 'audio/webm;codecs=pcm' });
    const parts = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    const stopped = new Promise((resolve) => (recorder.onstop = resolve));
    recorder.start();
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    recorder.stop();
    await stopped;
    return new Blob(parts).arrayBuffer();
  }

  // 16-bit samples at 8 kHz of the next milliseconds, as base64.
  window.listenForTest = async (milliseconds) => {
    const context = new AudioContext();
    await context.resume();
    const heard = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    // Sound that is always there, without being any: what is recorded has its full length though nothing is played.
    const silence = new ConstantSourceNode(context, { offset: 0 });
    silence.connect(heard);
    silence.start();
    for (const track of audible()) context.createMediaStreamSource(new MediaStream([track])).connect(heard);
    const recorded = await record(heard.stream, milliseconds);
    await context.close();
    return base64Of((await new OfflineAudioContext(1, 1, 8000).decodeAudioData(recorded)).getChannelData(0));
  };
})();

// How many packets of sound have come so far, in all calls of the page, and what became of their way through the network.
(() => {
  const connections = [];
  const note = (what) => { if (window === window.top) console.debug(`network: ${(performance.now() / 1000).toFixed(2)} ${what}`); };
  for (const kind of ['online', 'offline', 'freeze', 'resume']) window.addEventListener(kind, () => note(kind));
  navigator.connection?.addEventListener('change', () => note('connection changed'));
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...given) {
      super(...given);
      const path = new URL(given[0], location.href).pathname;
      note(`opens ${path}`);
      this.addEventListener('open', () => note(`open ${path}`));
      this.addEventListener('close', () => note(`closed ${path}`));
    }
    send(data) {
      if (typeof data === 'string' && /^[A-Z]+ sip/.test(data)) note(`sends ${data.slice(0, 6)} ${data.match(/candidate:.* (\S+) \d+ typ/g)?.join() ?? ''}`);
      super.send(data);
    }
  };
  const Connection = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Connection {
    constructor(...given) {
      super(...given);
      connections.push(this);
      this.addEventListener('iceconnectionstatechange', () => note(`sound ${this.iceConnectionState}`));
    }
  };
  window.packetsForTest = async () => {
    let packets = 0;
    for (const connection of connections) {
      for (const entry of (await connection.getStats()).values()) if (entry.type === 'inbound-rtp') packets += entry.packetsReceived;
    }
    return packets;
  };
})();
