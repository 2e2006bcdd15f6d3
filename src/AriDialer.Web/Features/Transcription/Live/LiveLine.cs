using AriDialer.Web.Features.Recording.Audio;

namespace AriDialer.Web.Features.Transcription.Live;

/// <summary>How sure a line is.</summary>
internal enum LiveLineKind
{
    /// <summary>Somebody is still speaking: the words may change.</summary>
    Interim,

    /// <summary>It stays so.</summary>
    Final,

    /// <summary>Words are missing here, and are added after the call.</summary>
    Gap,
}

/// <summary>What somebody says at one go, while the call goes on. An interim line becomes a final one of the same id.</summary>
/// <param name="Id">Rises with each line of its call.</param>
/// <param name="Side">On which side of the recording it is heard.</param>
/// <param name="Who">Whose words they are.</param>
/// <param name="From">When it began, by Asterisk's clock.</param>
/// <param name="Segment">The words, with times in seconds from the voice's first sample.</param>
/// <param name="Kind">How sure it is.</param>
internal sealed record LiveLine(
    long Id, RecordingSide Side, CallParty Who, DateTimeOffset From, TranscribedSegment Segment, LiveLineKind Kind);

/// <summary>What can be said of a live transcript as a whole.</summary>
internal enum LiveWordsState
{
    /// <summary>Nothing is recorded, so nothing is written down.</summary>
    Off,

    /// <summary>The people in the call are being told; nothing is written down yet.</summary>
    Announcing,

    /// <summary>Words appear as they are said.</summary>
    Listening,

    /// <summary>Nothing is written down until the recording is resumed.</summary>
    Paused,

    /// <summary>All that can listen at a time is taken: the words come after the call.</summary>
    Later,

    /// <summary>There is nothing to listen with.</summary>
    Missing,

    /// <summary>The call is over.</summary>
    Over,
}
