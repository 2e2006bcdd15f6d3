using AriDialer.Calls.Stasis;
using Microsoft.Extensions.Time.Testing;

namespace AriDialer.Calls.Tests.Stasis;

/// <summary>What is too much, and what is only a rush.</summary>
public sealed class CongestionTests
{
    private const int Mark = 10;
    private readonly FakeTimeProvider _time = new();
    private readonly Congestion _congestion;

    public CongestionTests() => _congestion = new Congestion(Mark, _time);

    [Fact]
    public void Rush_WorkedOffInAMoment_RefusesNobody()
    {
        Assert.True(HasRoom(9));
        Assert.True(HasRoom(39));
        Pass(400);
        Assert.True(HasRoom(12));
        Pass(50);
        Assert.True(HasRoom(3));
        Pass(400);
        Assert.True(HasRoom(39));
    }

    [Fact]
    public void Rush_OfFourTimesTheMark_IsTooMuchAtOnce()
    {
        Assert.False(HasRoom(40));
        Assert.True(HasRoom(40, share: 2));
        Assert.False(HasRoom(80, share: 2));
    }

    [Fact]
    public void TooMuch_ForHalfASecond_IsHeldAtTheMark_UntilItStaysBelowByItself()
    {
        HasRoom(12);
        Pass(500);
        Assert.False(HasRoom(12));
        Assert.True(HasRoom(19, share: 2));
        Assert.False(HasRoom(20, share: 2));

        // A moment's dip is none.
        Assert.True(HasRoom(9));
        Pass(900);
        Assert.False(HasRoom(10));
        Assert.True(HasRoom(9));
        Pass(1000);
        Assert.True(HasRoom(9));
        Assert.True(HasRoom(12));
    }

    private bool HasRoom(int underWay, int share = 1) => _congestion.HasRoom(underWay, share);

    private void Pass(int milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
}
