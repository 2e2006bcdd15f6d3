using AriDialer.Calls;
using AriDialer.Web.Features.Presence;
using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.Presence;

public sealed class LampsTests
{
    private readonly Lamps _lamps = new();

    public LampsTests()
    {
        _lamps.Put(Known("alice"));
        _lamps.Put(Known("bob"));
        _lamps.Here("alice", true);
        _lamps.Here("bob", true);
    }

    [Fact]
    public void Person_WithoutAnyPage_IsAway()
    {
        Assert.Equal(PresenceState.Available, State("alice"));
        _lamps.Here("alice", false);
        Assert.Equal(PresenceState.Away, State("alice"));
    }

    [Theory]
    [InlineData(ChosenPresence.Away, PresenceState.Away)]
    [InlineData(ChosenPresence.DoNotDisturb, PresenceState.DoNotDisturb)]
    internal void Person_WhoChose_IsWhatTheyChose_ButOnACallFirst(ChosenPresence chosen, PresenceState state)
    {
        _lamps.Put(Known("alice", chosen));
        Assert.Equal(state, State("alice"));

        _lamps.Apply(Talk("c", LegState.Up, LegState.Up), Some.Noon);
        Assert.Equal(PresenceState.OnCall, State("alice"));

        _lamps.Apply(Talk("c", LegState.Gone, LegState.Gone, CallState.Ended), Some.Noon);
        Assert.Equal(state, State("alice"));
    }

    [Fact]
    public void Call_IsToldOnlyWhenSomebodyComesOrGoes()
    {
        Assert.Empty(_lamps.Apply(Talk("c", LegState.Down, LegState.Down, CallState.Dialing), Some.Noon));
        Assert.Empty(_lamps.Apply(Talk("c", LegState.Down, LegState.Ringing, CallState.Ringing), Some.Noon));
        Assert.Equal(["alice", "bob"], _lamps.Apply(Talk("c", LegState.Up, LegState.Up), Some.Noon).Order());
        Assert.Empty(_lamps.Apply(Talk("c", LegState.Up, LegState.Up) with { Version = 9 }, Some.Noon));
        Assert.Equal(["bob"], _lamps.Apply(Talk("c", LegState.Up, LegState.Gone), Some.Noon));
        Assert.Equal(PresenceState.OnCall, State("alice"));
        Assert.Equal(["alice"], _lamps.Apply(Talk("c", LegState.Gone, LegState.Gone, CallState.Ended), Some.Noon));
        Assert.Empty(_lamps.Apply(Talk("never", LegState.Gone, LegState.Gone, CallState.Ended), Some.Noon));
    }

    [Fact]
    public void Since_IsWhenThisPersonCameIn_NotWhenTheCallBegan()
    {
        _lamps.Apply(Talk("c", LegState.Up, LegState.Ringing), Some.Noon);
        _lamps.Apply(Talk("c", LegState.Up, LegState.Up), Some.Noon.AddMinutes(10));

        Assert.Equal(Some.Noon.AddMinutes(10), _lamps.Of("bob")?.Since);
    }

    [Fact]
    public void Since_OfACallFoundInItsMiddle_IsWhenItWasAnswered()
    {
        _lamps.Apply(Talk("c", LegState.Up, LegState.Up), Some.Noon.AddHours(1));

        Assert.Equal(Some.Noon.AddSeconds(5), _lamps.Of("bob")?.Since);
    }

    [Fact]
    public void TwoCalls_TheFirstCountsUntilBothAreOver()
    {
        _lamps.Apply(Talk("a", LegState.Up, LegState.Up), Some.Noon);
        _lamps.Apply(Talk("b", LegState.Down, LegState.Down), Some.Noon);
        _lamps.Apply(Talk("b", LegState.Up, LegState.Up), Some.Noon.AddMinutes(5));
        Assert.Equal(Some.Noon.AddSeconds(5), _lamps.Of("alice")?.Since);

        _lamps.Apply(Talk("a", LegState.Gone, LegState.Gone, CallState.Ended), Some.Noon);
        Assert.Equal(Some.Noon.AddMinutes(5), _lamps.Of("alice")?.Since);

        _lamps.Apply(Talk("b", LegState.Gone, LegState.Gone, CallState.Ended), Some.Noon);
        Assert.Null(_lamps.Of("alice")?.Since);
    }

    [Fact]
    public void Stranger_InACall_HasNoLamp()
    {
        _lamps.Apply(Some.Call("c", 1, CallState.Connected, caller: "nobody", callee: "alice"), Some.Noon);

        Assert.Null(_lamps.Of("nobody"));
        Assert.Equal(2, _lamps.All.Count());
    }

    private PresenceState? State(string userId) => _lamps.Of(userId)?.State;

    private static KnownPerson Known(string userId, ChosenPresence chosen = ChosenPresence.Available) => new(userId, userId, null, null, userId, chosen);

    // As the engine tells it: the caller's leg carries no user.
    private static CallSnapshot Talk(string id, LegState alice, LegState bob, CallState state = CallState.Connected) =>
        Some.Call(id, 1, state, "alice", "bob", direction: CallDirection.Internal) with
        {
            Legs = [new LegSnapshot($"{id}.1", "web-a", "sip", null, alice), new LegSnapshot($"{id}.2", "web-b", null, "bob", bob)],
        };
}
