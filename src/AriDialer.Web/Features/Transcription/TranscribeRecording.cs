using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Audio;

namespace AriDialer.Web.Features.Transcription;

/// <summary>
/// Listens to a recording, or only to some stretches of it: what each side said, in any order. Whatever it throws is one failed attempt.
/// </summary>
internal delegate Task<IReadOnlyList<(RecordingSide Side, TranscribedSegment Segment)>> TranscribeRecording(
    RecordingEntry recording, IReadOnlyList<RecordingStretch>? only, CancellationToken cancellationToken);

/// <summary>Asks how the speech engine is. It is quick and throws nothing, as pages ask it too.</summary>
internal delegate EngineState ReadEngineState();

/// <summary>How the speech engine is.</summary>
/// <param name="Name">What people call it, such as "PocketSphinx".</param>
/// <param name="Language">The language in which it listens, such as "en-US".</param>
/// <param name="IsThere">Whether it can be used.</param>
/// <param name="Sentence">What to tell people where it cannot.</param>
internal sealed record EngineState(string Name, string Language, bool IsThere, string? Sentence)
{
    /// <summary>Where there is none, and nobody can say why.</summary>
    public static readonly EngineState None = new("", "", false, "There is no speech engine on this machine, so calls are not transcribed.");
}
