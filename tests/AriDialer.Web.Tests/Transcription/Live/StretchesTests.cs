using AriDialer.Web.Features.Transcription.Live;
using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.Transcription.Live;

/// <summary>What was heard, and what of it is missing.</summary>
public sealed class StretchesTests
{
    private readonly Stretches _stretches = new();

    [Fact]
    public void Empty_AllIsMissing() => Assert.Equal(["0-10"], Missing(0, 10));

    [Fact]
    public void Frames_ThatTouch_AreOne()
    {
        Add(1, 2);
        Add(2, 3);

        Assert.Equal(["0-1", "3-10"], Missing(0, 10));
        Assert.Equal([], Missing(1.5, 2.5));
    }

    [Fact]
    public void Hole_IsMissing_OnlyWhereItIsOneOfOurs()
    {
        Add(0, 2);
        Add(4, 5, joins: 100);
        Add(6, 10);

        Assert.Equal(["5-6"], Missing(0, 10));
        Assert.Equal(["5-5.5"], Missing(1, 5.5));
    }

    [Fact]
    public void Remove_TakesOut_FromTheMiddle_AcrossSeveral_AndAllTheRest()
    {
        Add(0, 4);
        Remove(1, 2);
        Assert.Equal(["1-2"], Missing(0, 4));

        Add(5, 6);
        Add(7, 10);
        Remove(3, 8);
        Assert.Equal(["1-2", "3-8"], Missing(0, 10));

        _stretches.Remove(At(9), DateTimeOffset.MaxValue);
        Assert.Equal(["1-2", "3-8", "9-10"], Missing(0, 10));
        Remove(20, 30);
        Assert.Equal(["1-2", "3-8", "9-10"], Missing(0, 10));
    }

    private void Add(double from, double to, double joins = 0) => _stretches.Add(At(from), At(to), TimeSpan.FromSeconds(joins));

    private void Remove(double from, double to) => _stretches.Remove(At(from), At(to));

    private string[] Missing(double from, double to) =>
        [.. _stretches.MissingOf(At(from), At(to)).Select(one => FormattableString.Invariant($"{Seconds(one.From)}-{Seconds(one.To)}"))];

    private static DateTimeOffset At(double seconds) => Some.Noon.AddSeconds(seconds);

    private static double Seconds(DateTimeOffset at) => (at - Some.Noon).TotalSeconds;
}
