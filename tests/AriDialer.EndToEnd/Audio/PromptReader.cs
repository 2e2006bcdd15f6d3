using System.Runtime.InteropServices;
using AriDialer.Testing.Speech;
using AriDialer.Web.Features.Transcription;
using AriDialer.Web.Features.Transcription.PocketSphinx;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AriDialer.EndToEnd.Audio;

/// <summary>Understands prompts as they lie in their files, with the app's own engine.</summary>
internal sealed class PromptReader : IDisposable
{
    private readonly DecoderPool _pool;
    private readonly PocketSphinxTranscriber _engine;

    public PromptReader()
    {
        var options = Options.Create(new TranscriptionEngineOptions { Decoders = 1, LiveVoices = 1 });
        var installation = new PocketSphinxInstallation(options, NullLogger<PocketSphinxInstallation>.Instance);
        _pool = new DecoderPool(installation, options, TimeProvider.System);
        _engine = new PocketSphinxTranscriber(installation, _pool, new LiveDecoders(installation, _pool, options), options, TimeProvider.System);
    }

    public async Task<string> ReadAsync(Prompt prompt)
    {
        using var pcm = new MemoryStream(MemoryMarshal.AsBytes<short>(await prompt.SamplesAsync()).ToArray());
        List<string> texts = [];
        await foreach (var (_, segment) in _engine.TranscribeAsync(pcm, 1, PocketSphinxTranscriber.Language, CancellationToken.None))
        {
            texts.Add(segment.Text);
        }

        return string.Join(' ', texts);
    }

    public void Dispose() => _pool.Dispose();
}
