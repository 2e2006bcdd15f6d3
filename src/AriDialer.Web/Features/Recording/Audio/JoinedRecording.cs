using AriDialer.Web.Features.Recording.Talk;

namespace AriDialer.Web.Features.Recording.Audio;

/// <summary>
/// A call's recording: one stereo file, the agent on the left, from the begin of the earliest track to the end of the latest. It is
/// partial where a track was absent, was no sound, or had lost its end.
/// </summary>
internal sealed record JoinedRecording(
    string Path, string ContentType, TimeSpan Duration, bool IsPartial, Waveform Waveform, TalkFigures Talk);

/// <summary>The loudest sample of each stretch, of each side: 0 to 127. In JSON the bytes are base64.</summary>
internal sealed record Waveform(double PerSecond, byte[] Left, byte[] Right);
