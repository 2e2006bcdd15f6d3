using System.ClientModel;
using AriDialer.Web.Features.Sound;
using AriDialer.Web.Features.Transcription.Engines;
using OpenAI.Audio;

namespace AriDialer.Web.Features.Transcription.Servers;

/// <summary>An account's model that makes words of sound. It knows what the model can do once it has answered.</summary>
internal sealed class ServerLine(ModelAccount account, ModelTransport transport, Patience patience)
{
    private readonly AudioClient _client = ModelServer.ClientOf(account, transport).GetAudioClient(account.Model);
    private volatile bool _isPlain;

    public ModelAccount Account => account;

    /// <summary>Why the server is left alone just now; null where it may be asked.</summary>
    public string? Problem => patience.Problem;

    /// <summary>It has given words with their times.</summary>
    public bool HasWordTimes { get; private set; }

    /// <summary>It has said how sure it is.</summary>
    public bool HasConfidence { get; private set; }

    /// <summary>What was said; null where that is nothing.</summary>
    /// <exception cref="ModelServerException">The server failed for good.</exception>
    public async Task<TranscribedSegment?> UnderstandAsync(Utterance utterance, string language, CancellationToken cancellationToken)
    {
        var heard = await patience.AskAsync(token => AskAsync(utterance, language, token), cancellationToken);
        var segment = ServedSegment.Of(utterance, heard);
        HasWordTimes |= segment?.Words.Count > 0;
        HasConfidence |= segment?.Confidence is not null;
        return segment;
    }

    private async Task<AudioTranscription> AskAsync(Utterance utterance, string language, CancellationToken cancellationToken)
    {
        if (!_isPlain)
        {
            try
            {
                return await AskAsync(utterance, language, AudioTranscriptionFormat.Verbose, cancellationToken);
            }
            // Some models know no times, and refuse to be asked for them.
            catch (ClientResultException e) when (e.Status is 400 or 422)
            {
                var plain = await AskAsync(utterance, language, AudioTranscriptionFormat.Simple, cancellationToken);
                _isPlain = true;
                return plain;
            }
        }

        return await AskAsync(utterance, language, AudioTranscriptionFormat.Simple, cancellationToken);
    }

    private async Task<AudioTranscription> AskAsync(Utterance utterance, string language, AudioTranscriptionFormat format, CancellationToken cancellationToken)
    {
        using var wav = WavOf(utterance.Samples);
        var options = new AudioTranscriptionOptions { Language = language.Split('-')[0], ResponseFormat = format };
        if (format == AudioTranscriptionFormat.Verbose)
            options.TimestampGranularities = AudioTimestampGranularities.Word | AudioTimestampGranularities.Segment;
        var heard = await _client.TranscribeAudioAsync(wav, "speech.wav", options, cancellationToken);
        // Nothing at all is an answer to noise; no text is none.
        return heard.Value.Text is null ? throw new FormatException("There is no text in the answer.") : heard.Value;
    }

    private static MemoryStream WavOf(short[] samples)
    {
        var wav = new MemoryStream();
        WaveFile.Write(wav, samples, SpeechCutter.Rate);
        wav.Position = 0;
        return wav;
    }
}
