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

  function base64Of(blocks) {
    const samples = blocks.flatMap((block) => [...block]);
    const bytes = new Uint8Array(Int16Array.from(samples, (value) => Math.max(-1, Math.min(1, value)) * 32767).buffer);
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  }

  // 16-bit samples at 8 kHz of the next milliseconds, as base64.
  window.listenForTest = async (milliseconds) => {
    const context = new AudioContext({ sampleRate: 8000 });
    await context.resume();
    const recorder = context.createScriptProcessor(1024, 1, 1);
    const blocks = [];
    recorder.onaudioprocess = ({ inputBuffer }) => blocks.push(inputBuffer.getChannelData(0).slice());
    for (const track of audible()) context.createMediaStreamSource(new MediaStream([track])).connect(recorder);
    recorder.connect(context.destination);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    await context.close();
    return base64Of(blocks);
  };
})();
