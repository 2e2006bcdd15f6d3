namespace AriDialer.Web.Features.Recording.Audio;

/// <summary>Who is heard: each has a channel of the recording.</summary>
internal enum RecordingSide
{
    /// <summary>Our agent.</summary>
    Left,

    /// <summary>The other side.</summary>
    Right,
}

/// <summary>One leg's sound over one stretch of time, in a mono WAV file of Asterisk's.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Side">Who is heard in it.</param>
/// <param name="StartedAt">When its first sample was taken.</param>
/// <param name="EndedAt">When its last one was; null where that is not known.</param>
internal sealed record RecordedTrack(string Path, RecordingSide Side, DateTimeOffset StartedAt, DateTimeOffset? EndedAt = null);

/// <summary>A time that must not be heard.</summary>
internal sealed record RecordingPause(DateTimeOffset From, DateTimeOffset To);
