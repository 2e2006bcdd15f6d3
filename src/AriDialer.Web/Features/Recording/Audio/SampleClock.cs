namespace AriDialer.Web.Features.Recording.Audio;

/// <summary>Time in samples of the recording.</summary>
internal static class SampleClock
{
    public const int Rate = 16_000;

    public static long ToSamples(TimeSpan time) => (long)Math.Round(time.TotalSeconds * Rate);

    public static TimeSpan ToTime(long samples) => TimeSpan.FromSeconds((double)samples / Rate);
}
