using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Audio;

namespace AriDialer.Web.Features.Transcription;

/// <summary>Listens to a recording. Whatever it throws is one failed attempt.</summary>
/// <param name="recording">It.</param>
/// <param name="farNumber">The other side's number, in E.164: it decides which engine listens, and in which language. Null where there is none.</param>
/// <param name="only">The stretches to listen to, in the recording's seconds; null for all of it.</param>
/// <param name="cancellationToken">Ends it within a moment.</param>
internal delegate Task<RecordingWords> TranscribeRecording(
    RecordingEntry recording, string? farNumber, IReadOnlyList<(RecordingSide Side, double From, double To)>? only, CancellationToken cancellationToken);

/// <summary>What was said in a recording.</summary>
/// <param name="Engine">What people call the engine that listened.</param>
/// <param name="Language">In which language it listened.</param>
/// <param name="Said">What each side said, in any order.</param>
internal sealed record RecordingWords(string Engine, string Language, IReadOnlyList<(RecordingSide Side, TranscribedSegment Segment)> Said);

/// <summary>
/// Asks how the speech engine is that listens to calls with this other side; null for those whose number is not known. It is quick and
/// throws nothing, as pages ask it too.
/// </summary>
internal delegate EngineState ReadEngineState(string? farNumber);

/// <summary>How the speech engine is.</summary>
/// <param name="Name">What people call it, such as "PocketSphinx".</param>
/// <param name="Language">The language in which it listens, such as "en-US"; empty where that depends on the call.</param>
/// <param name="IsThere">Whether it can be used.</param>
/// <param name="Sentence">What to tell people where it cannot.</param>
internal sealed record EngineState(string Name, string Language, bool IsThere, string? Sentence)
{
    /// <summary>Where there is none, and nobody can say why.</summary>
    public static readonly EngineState None = new("", "", false, "There is no speech engine on this machine, so calls are not transcribed.");
}
