using AriDialer.Calls.Media;

namespace AriDialer.Testing.Speech;

/// <summary>Sound as an audio tap gives it: frame by frame.</summary>
public static class SpokenFrames
{
    public const int FrameLength = AudioFrame.Rate / 50;

    /// <param name="sound">Samples at 16 kHz.</param>
    /// <param name="begin">The first one's place.</param>
    public static IEnumerable<AudioFrame> Of(short[] sound, long begin = 0)
    {
        for (var at = 0; at + FrameLength <= sound.Length; at += FrameLength)
        {
            yield return new AudioFrame(DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds((double)(begin + at) / AudioFrame.Rate), begin + at, sound[at..(at + FrameLength)]);
        }
    }

    /// <summary>As fast as they are taken.</summary>
    public static async IAsyncEnumerable<AudioFrame> AtOnceAsync(this IEnumerable<AudioFrame> frames)
    {
        foreach (var frame in frames)
        {
            await Task.Yield();
            yield return frame;
        }
    }

    /// <summary>As they are spoken: each when its last sample is.</summary>
    public static async IAsyncEnumerable<AudioFrame> AsSpokenAsync(this IEnumerable<AudioFrame> frames)
    {
        var start = TimeProvider.System.GetTimestamp();
        foreach (var frame in frames)
        {
            var early = TimeSpan.FromSeconds((double)(frame.Begin + frame.Samples.Length) / AudioFrame.Rate) - TimeProvider.System.GetElapsedTime(start);
            if (early > TimeSpan.Zero)
                await Task.Delay(early);
            yield return frame;
        }
    }
}
