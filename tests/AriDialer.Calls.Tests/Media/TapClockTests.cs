using AriDialer.Calls.Media;

namespace AriDialer.Calls.Tests.Media;

/// <summary>Where frames belong, by the times of their arrival alone.</summary>
public sealed class TapClockTests
{
    private const int Second = AudioFrame.Rate;

    [Fact]
    public void Frames_OnTime_FollowEachOtherWithoutAStep()
    {
        var line = new Line();
        line.Steady(500);
        Assert.Equal(Enumerable.Range(0, 500).Select(n => (long)n * TapClock.Frame), line.Begins);
    }

    [Fact]
    public void Frames_ThatComeFiveAtATime_FollowEachOtherWithoutAHole()
    {
        var line = new Line();
        for (var burst = 0; burst < 200; burst++)
        {
            line.Wait(99);
            line.Burst(5, apart: 0.2);
        }

        Assert.Equal(1000, line.Begins.Count);
        Assert.Empty(line.Holes);
        line.KeepsPace(within: 105);
    }

    [Fact]
    public void Frames_WithJitterOfEightyMilliseconds_FollowEachOtherWithoutAHole()
    {
        var line = new Line();
        var random = new Random(7);
        line.At([.. Enumerable.Range(0, 3000).Select(n => (n * 20) + (random.NextDouble() * 80)).Order()]);
        Assert.Empty(line.Holes);
        line.KeepsPace(within: 105);
    }

    [Theory]
    [InlineData(120)]
    [InlineData(500)]
    [InlineData(90_000)]
    [InlineData(3_600_000)]
    public void Hole_InTheLine_IsJumpedOverBeforeTheFirstFrameBehindIt(int milliseconds)
    {
        var line = new Line();
        line.Steady(100);
        line.Wait(milliseconds);
        line.Steady(100);
        var (before, size) = Assert.Single(line.Holes);
        Assert.Equal(100, before);
        Assert.InRange(size, (milliseconds - 1) * (long)Second / 1000, (milliseconds + 1) * (long)Second / 1000);
        line.KeepsPace(within: 5);
    }

    [Fact]
    public void Hole_WithASingleFrameBehindIt_IsJumpedOverOncePatienceIsOver()
    {
        var line = new Line();
        line.Steady(10);
        line.Wait(700);
        line.Burst(1);
        Assert.Equal(10, line.Begins.Count);
        line.RunOutOfPatience();
        Assert.Equal(11, line.Begins.Count);
        Assert.Single(line.Holes);
        line.KeepsPace(within: 5);
    }

    [Theory]
    [InlineData(150)]
    [InlineData(1_000)]
    [InlineData(30_000)]
    public void Stall_OfOurOwn_IsNoHole(int milliseconds)
    {
        // Nothing was read for so long; all of it waited in the socket.
        var line = new Line();
        line.Steady(200);
        line.Wait(milliseconds);
        line.Burst(milliseconds / 20, apart: 0.01);
        line.Steady(200);
        Assert.Empty(line.Holes);
        Assert.Equal(400 + (milliseconds / 20), line.Begins.Count);
        line.KeepsPace(within: 105, from: 200 + (milliseconds / 20));
    }

    [Fact]
    public void Stall_WithAHoleInIt_IsJumpedOverOnceAllIsMadeUpFor()
    {
        var line = new Line();
        line.Steady(100);
        line.Wait(2000);
        line.Burst(20, apart: 0.05);
        line.Steady(200);
        Assert.Single(line.Holes);
        line.KeepsPace(within: 105, from: 125);
    }

    [Fact]
    public void LostPackets_OneByOne_AreMadeUpForBeforeAWordIsMisplaced()
    {
        var line = new Line();
        for (var lost = 0; lost < 60; lost++)
        {
            line.Steady(100);
            line.Wait(20);
        }

        line.KeepsPace(within: 105);
        Assert.InRange(line.Holes.Count, 5, 20);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(-200)]
    [InlineData(50)]
    [InlineData(-50)]
    public void ClockThatRunsDifferently_OverAnHour_IsKeptPaceWith(int partsPerMillion)
    {
        var line = new Line();
        var random = new Random(11);
        var interval = 20 * (1 + (partsPerMillion / 1_000_000.0));
        line.At([.. Enumerable.Range(0, 180_000).Select(n => (n * interval) + (random.NextDouble() * 8)).Order()]);
        Assert.Equal(180_000, line.Begins.Count);
        line.KeepsPace(within: 110);
    }

    [Fact]
    public void FirstFrame_ThatIsLateItself_DoesNotKeepTheRestAhead()
    {
        var line = new Line();
        line.Burst(10, apart: 0);
        line.Steady(1000);
        Assert.Empty(line.Holes);
        line.KeepsPace(within: 105, from: 700);
    }

    [Fact]
    public void Flood_OfNonsense_DoesNotRunAwayFromTheClock()
    {
        var line = new Line();
        line.Steady(10);
        line.Burst(50_000, apart: 0.01);
        Assert.Equal(50_010, line.Begins.Count);
        Assert.True(line.Begins[^1] < 4 * Second, "the flood ran away from the clock");
        line.Steady(2000);
        line.KeepsPace(within: 105, from: 52_005);
    }

    /// <summary>A line whose frames arrive when a test says, by a clock of nanoseconds.</summary>
    private sealed class Line
    {
        private const long Frequency = 1_000_000_000;
        private readonly TapClock _clock = new(Frequency);
        private readonly List<long> _arrivals = [];
        private double _now = 5_000;

        internal List<long> Begins { get; } = [];

        /// <summary>The holes: before which frame, and of how many samples.</summary>
        internal List<(int Before, long Size)> Holes =>
            [.. Begins.Zip(Begins.Skip(1)).Select((pair, n) => (Before: n + 1, Size: pair.Second - pair.First - TapClock.Frame)).Where(hole => hole.Size > 0)];

        internal void Wait(double milliseconds) => _now += milliseconds;

        internal void Steady(int frames) => Burst(frames, apart: 20);

        /// <summary>The next so many frames; the first at once.</summary>
        internal void Burst(int frames, double apart = 0)
        {
            for (var n = 0; n < frames; n++)
            {
                Arrive();
                _now += apart;
            }
        }

        internal void At(double[] milliseconds)
        {
            var begun = _now;
            foreach (var at in milliseconds)
            {
                _now = begun + at;
                Arrive();
            }

            RunOutOfPatience();
        }

        internal void RunOutOfPatience()
        {
            _clock.Settle();
            Place();
        }

        /// <summary>No frame's place is further from when it came, or might have come, and never before an earlier one's.</summary>
        internal void KeepsPace(int within, int from = 0)
        {
            RunOutOfPatience();
            Assert.Equal(_arrivals.Count, Begins.Count);
            for (var n = 1; n < Begins.Count; n++)
            {
                Assert.True(Begins[n] >= Begins[n - 1], $"frame {n} goes back");
            }

            for (var n = from; n < Begins.Count; n++)
            {
                var clock = (_arrivals[n] - _arrivals[0]) * (double)Second / Frequency;
                Assert.True(Math.Abs(Begins[n] - clock) <= within * Second / 1000.0, $"frame {n} is at {Begins[n] * 1000 / Second} ms, the clock at {clock * 1000 / Second:0} ms");
            }
        }

        private void Arrive()
        {
            var at = (long)(_now * Frequency / 1000);
            _arrivals.Add(at);
            _clock.Arrive(at);
            Place();
        }

        private void Place()
        {
            while (_clock.TryPlace(out var begin))
            {
                Begins.Add(begin);
            }
        }
    }
}
