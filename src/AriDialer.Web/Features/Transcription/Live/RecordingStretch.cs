using AriDialer.Web.Features.Recording.Audio;

namespace AriDialer.Web.Features.Transcription.Live;

/// <summary>A stretch of one side of a recording, in its seconds.</summary>
internal sealed record RecordingStretch(RecordingSide Side, double From, double To)
{
    /// <summary>True where most of what was said was said in it.</summary>
    public bool Holds(TranscribedSegment segment) => (segment.From + segment.To) / 2 is var middle && middle >= From && middle < To;
}
