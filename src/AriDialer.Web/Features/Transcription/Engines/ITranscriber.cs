using AriDialer.Calls.Media;

namespace AriDialer.Web.Features.Transcription.Engines;

/// <summary>
/// A speech engine. Sound is 16-bit mono at 16 kHz; times of what it understood are seconds of that sound. Whatever it throws besides what
/// is said here is one failed attempt, and never the end of a call.
/// </summary>
internal interface ITranscriber
{
    /// <summary>What settings and the database call it, such as "pocketsphinx". It never changes.</summary>
    string Id { get; }

    /// <summary>How it is: quick, and throws nothing, as pages ask it too.</summary>
    EngineState State { get; }

    /// <summary>What it can do. It may change with its settings.</summary>
    TranscriberCapabilities Capabilities { get; }

    /// <summary>Sets aside what one voice needs to be heard live.</summary>
    /// <returns>What gives it back when it is disposed; null where all is in use or the engine isn't there: that voice is transcribed after its call.</returns>
    IDisposable? TryReserve();

    /// <summary>
    /// Listens to one voice as it speaks, for which <see cref="TryReserve"/> was asked before. Ends soon after the sound does, with all that
    /// was still being said. Where <see cref="AudioFrame.Begin"/> jumps, nothing is made up over the hole. What it heard and could not
    /// understand for good, because a server failed, comes as <see cref="HeardSpeech.IsMissed"/>: the recording still has it.
    /// </summary>
    /// <param name="sound">The frames. It may be read slowly: who writes drops what is too much, and says so.</param>
    /// <param name="language">A BCP 47 tag, such as "en-US".</param>
    /// <param name="cancellationToken">Ends it within a moment.</param>
    IAsyncEnumerable<HeardSpeech> ListenAsync(IAsyncEnumerable<AudioFrame> sound, string language, CancellationToken cancellationToken);

    /// <summary>Transcribes recorded sound of one or several voices, a sample of each in turn; segments in the order in which they end.</summary>
    /// <param name="pcm">16-bit little-endian samples without a head.</param>
    /// <param name="channels">How many voices.</param>
    /// <param name="language">A BCP 47 tag, such as "en-US".</param>
    /// <param name="cancellationToken">Ends it within a moment.</param>
    /// <exception cref="TimeoutException">No sound came for a minute.</exception>
    IAsyncEnumerable<(int Channel, TranscribedSegment Segment)> TranscribeAsync(
        Stream pcm, int channels, string language, CancellationToken cancellationToken);
}

/// <summary>What an engine can do: declared, not guessed.</summary>
/// <param name="Interim">It says what it understands while somebody speaks, and not only afterwards.</param>
/// <param name="WordTimes">It gives each word's time.</param>
/// <param name="Confidence">It says how sure it is.</param>
/// <param name="Languages">The BCP 47 tags of the languages that it knows; null where it says of none that it doesn't.</param>
/// <param name="LiveVoices">How many voices it hears live at a time.</param>
/// <param name="LeavesMachine">Sound goes to another machine.</param>
internal sealed record TranscriberCapabilities(
    bool Interim, bool WordTimes, bool Confidence, IReadOnlyList<string>? Languages, int LiveVoices, bool LeavesMachine);

/// <summary>What an engine has understood so far.</summary>
/// <param name="IsFinal">It stays so; else the next one, final or not, replaces it.</param>
/// <param name="Segment">
/// It. Times are seconds from the tap's first sample. Where it is not final and its text is empty, it takes back what it said last: it
/// was nothing.
/// </param>
internal sealed record HeardSpeech(bool IsFinal, TranscribedSegment Segment)
{
    /// <summary>
    /// Somebody spoke from the segment's begin to its end, and it is not known what: its text is empty, and it is final. It is to be
    /// transcribed from the recording.
    /// </summary>
    public bool IsMissed { get; private init; }

    public static HeardSpeech Missed(double from, double to) => new(true, new TranscribedSegment(from, to, "", null, [])) { IsMissed = true };
}
