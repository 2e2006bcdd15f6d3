using AriDialer.Calls;
using AriDialer.Web.Features.History;
using AriDialer.Web.Tests.Hosting;
using AriDialer.Web.Tests.Live;

namespace AriDialer.Web.Tests.History;

/// <summary>Who took part in a call, and from when to when.</summary>
public sealed class ParticipantTests
{
    [Fact]
    public async Task Participants_LegThatWentAndCameBack_HasNotLeft()
    {
        await using var app = await TestApp.StartAsync();
        var rows = app.Get<CallRows>();
        var talk = Some.Talk("a", Controlled.Jane, Controlled.Alice);
        var gone = talk with { Version = 2, Legs = [talk.Legs[0], talk.Legs[1] with { State = LegState.Gone }] };
        await rows.WriteAsync([Some.Told(1, talk, Some.Moment(MomentKinds.Answered, 5))], CancellationToken.None);
        await rows.WriteAsync([Some.Told(2, gone, Some.Moment(MomentKinds.Merged, 10))], CancellationToken.None);
        var back = Some.Told(3, talk with { Version = 3 }, Some.Moment(MomentKinds.Merged, 20));
        await rows.WriteAsync([back], CancellationToken.None);
        Assert.Null((await app.PeopleAsync("a"))[^1].LeftAt);

        // The same, told while nothing could be written.
        var waiting = Some.Told(4, gone with { Version = 4 }, Some.Moment(MomentKinds.Merged, 30));
        waiting.Add(Some.Told(5, talk with { Version = 5 }, Some.Moment(MomentKinds.Merged, 40)));
        waiting.Add(Some.Told(6, gone with { Version = 6 }, Some.Moment(MomentKinds.Left, 50)));
        waiting.Add(Some.Told(7, gone with { Version = 7 }, Some.Moment(MomentKinds.Held, 60)));
        await rows.WriteAsync([waiting], CancellationToken.None);

        Assert.Equal((5, 50), (Seconds((await app.PeopleAsync("a"))[^1].JoinedAt), Seconds((await app.PeopleAsync("a"))[^1].LeftAt)));
    }

    [Fact]
    public async Task Participants_WhoCameBackOnAnotherChannel_IsTheSameOneAllTheTime()
    {
        await using var app = await TestApp.StartAsync();
        var rows = app.Get<CallRows>();
        var talk = Some.Talk("a", Controlled.Jane, Controlled.Alice);
        var back = talk.Legs[1] with { ChannelId = "a.leg7", Continues = talk.Legs[1].ChannelId };
        await rows.WriteAsync([Some.Told(1, talk, Some.Moment(MomentKinds.Answered, 5))], CancellationToken.None);
        var returned = talk with { Version = 2, Legs = [talk.Legs[0], talk.Legs[1] with { State = LegState.Gone }, back] };
        await rows.WriteAsync([Some.Told(2, returned, Some.Moment(MomentKinds.Reconnected, 20))], CancellationToken.None);
        Assert.Null((await app.PeopleAsync("a"))[^1].LeftAt);

        // After a restart the first channel is not known any more.
        var gone = talk with { Version = 3, Legs = [talk.Legs[0], back with { State = LegState.Gone }] };
        await rows.WriteAsync([Some.Told(3, gone, Some.Moment(MomentKinds.Left, 50))], CancellationToken.None);

        var people = await app.PeopleAsync("a");
        Assert.Equal(["Jane Doe", "Alice Agent"], people.Select(one => one.Name));
        Assert.Equal((5, 50), (Seconds(people[^1].JoinedAt), Seconds(people[^1].LeftAt)));
    }

    [Fact]
    public async Task Participants_EachLeg_HasWhenItJoinedAndLeft()
    {
        await using var app = await TestApp.StartAsync();
        var feed = app.Get<CallFeed>();
        feed.Tell(Controlled.Talk, Some.Moment(MomentKinds.Answered, 5));
        feed.Tell(Controlled.Transfer with { Version = 8 }, Some.Moment(MomentKinds.TransferStarted, 20));
        feed.Tell(Controlled.Transferred with { Version = 9 }, Some.Moment(MomentKinds.Transferred, 25));
        feed.Tell(Ended(Controlled.Transferred, 10), Some.Moment(MomentKinds.Ended, 65));
        await app.EndedAsync(Controlled.Talk.Id);

        var people = await app.PeopleAsync(Controlled.Talk.Id);

        Assert.Equal(
            [("Jane Doe", LegRole.Caller, 5, 65), ("Alice Agent", LegRole.Called, 5, 25), ("Bob Agent", LegRole.Transferred, 25, 65)],
            people.Select(one => (one.Name, one.Role, Seconds(one.JoinedAt), Seconds(one.LeftAt))));
        var row = Assert.Single(await app.RowsAsync());
        Assert.Equal(("Jane Doe", "Alice Agent"), (row.CallerName, row.CalleeName));
    }

    [Fact]
    public async Task Participants_PhoneThatOnlyRang_DidNotJoin()
    {
        await using var app = await TestApp.StartAsync();
        app.Get<CallFeed>().Tell(Some.Call("a", 1, callee: "alice"), Some.Moment(MomentKinds.Ringing, 1));
        app.Get<CallFeed>().Tell(Ended(Some.Call("a", 2, CallState.Ended, callee: "alice"), 2), Some.Moment(MomentKinds.Ended, 20));
        await app.EndedAsync("a");

        var one = Assert.Single(await app.PeopleAsync("a"));
        Assert.Equal(("alice", (DateTimeOffset?)null), (one.UserId, one.JoinedAt));
    }

    private static int Seconds(DateTimeOffset? at) => (int)(at!.Value - Some.Noon).TotalSeconds;

    private static CallSnapshot Ended(CallSnapshot call, long version) => call with
    {
        Version = version,
        State = CallState.Ended,
        EndedAt = Some.Noon.AddSeconds(65),
        End = new CallEnd(EndedBy.Customer, EndReasons.Completed, 16),
        Legs = [.. call.Legs.Select(leg => leg with { State = LegState.Gone })],
    };
}
