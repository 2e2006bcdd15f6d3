using AriDialer.Web.Features.Recording.Audio;
using AriDialer.Web.Features.Recording.Storage;
using AriDialer.Web.Features.Sound;
using AriDialer.Web.Features.Transcription.Engines;

namespace AriDialer.Web.Features.Transcription;

/// <summary>Transcribes a kept recording, each side for itself. Its sound goes through pipes and memory, never onto a disk.</summary>
internal sealed class RecordingTranscriber(RecordingVault vault, Ffmpeg ffmpeg)
{
    private const string Wave = "audio/wav";

    // The head of a WAV file as recordings are kept in it.
    private const int WaveHeadLength = 44;

    private static readonly int Sides = Enum.GetValues<RecordingSide>().Length;

    /// <summary>What was said on both sides, in order of time, in seconds of the recording. It takes a tenth to a half of its length.</summary>
    /// <param name="id">The recording's id.</param>
    /// <param name="wrappedKey">Its key, as the database has it.</param>
    /// <param name="contentType">What its sound is kept as.</param>
    /// <param name="choice">What listens, and in which language.</param>
    /// <param name="only">The stretches to listen to, in the recording's seconds, each with a little around it; null for all of it.</param>
    /// <param name="cancellationToken">Cancels it within a moment.</param>
    /// <returns>Null where the recording's file is gone; nothing in the list where nobody spoke.</returns>
    /// <exception cref="UnreadableRecordingException">It is not what was stored, or its key is lost.</exception>
    /// <exception cref="IOException">The store or ffmpeg failed: it can be tried again.</exception>
    /// <exception cref="TimeoutException">No sound came for a minute: likewise.</exception>
    /// <exception cref="Exception">The engine isn't there, or failed.</exception>
    public async Task<IReadOnlyList<(RecordingSide Side, TranscribedSegment Segment)>?> TranscribeAsync(
        string id, string wrappedKey, string contentType, EngineChoice choice,
        IReadOnlyList<(RecordingSide Side, double From, double To)>? only, CancellationToken cancellationToken)
    {
        await using var sound = await vault.OpenAsync(id, wrappedKey, cancellationToken);
        if (sound is null)
            return null;

        List<(RecordingSide Side, TranscribedSegment Segment)> said = [];
        if (contentType == Wave)
        {
            await SkipHeadAsync(sound, cancellationToken);
            await HearAsync(sound, cancellationToken);
        }
        else
        {
            await ffmpeg.DecodeAsync(sound, HearAsync, cancellationToken);
        }

        return [.. said.OrderBy(turn => turn.Segment.From).ThenBy(turn => turn.Side)];

        async Task HearAsync(Stream pcm, CancellationToken token)
        {
            var heard = only is null ? pcm : new StretchesOnly(pcm, Sides, only);
            await foreach (var (channel, segment) in choice.Engine.TranscribeAsync(heard, Sides, choice.Language, token))
            {
                said.Add(((RecordingSide)channel, segment));
            }
        }
    }

    // Such a recording was made because there was no ffmpeg: it must not take one to read it.
    private static async Task SkipHeadAsync(Stream sound, CancellationToken cancellationToken)
    {
        var bytes = new byte[WaveHeadLength];
        await sound.ReadAtLeastAsync(bytes, WaveHeadLength, throwOnEndOfStream: false, cancellationToken);
        using var head = new MemoryStream(bytes);
        if (WaveFile.ReadHead(head) is not { Format: WaveHead.Pcm, SampleRate: SampleClock.Rate, BitsPerSample: 16 } read || read.Channels != Sides)
            throw new IOException("The recording is no WAV file with 16-bit stereo sound at 16 kHz, as recordings are kept.");
    }
}
