using AriDialer.Calls;
using AriDialer.Web.Data;
using AriDialer.Web.Features.History;
using AriDialer.Web.Tests.Hosting;
using AriDialer.Web.Tests.Live;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Tests.Recording;

/// <summary>What is told of a call's recording reaches its row, once.</summary>
public sealed class RecordingRowsTests
{
    private static readonly DateTimeOffset Begun = Some.Noon.AddSeconds(10).AddTicks(12_345);

    [Fact]
    public async Task Recording_ToldAgainAndAgain_HasEachTrackAndPauseOnce()
    {
        await using var app = await TestApp.StartAsync();
        var rows = app.Get<CallRows>();
        var pause = new RecordingPause(Begun.AddSeconds(5), null);
        await rows.WriteAsync([With(2, Recorded.Recording! with { State = RecordingState.Paused, Pauses = [pause] })], CancellationToken.None);
        var resumed = Recorded.Recording! with { Pauses = [pause with { To = Begun.AddSeconds(9) }] };
        await rows.WriteAsync([With(3, resumed)], CancellationToken.None);
        await rows.WriteAsync([With(4, resumed)], CancellationToken.None);

        var row = await ReadAsync(app);
        Assert.Equal([("a.rec1", false), ("a.rec2", true)], row.Tracks.Select(track => (track.Name, track.IsOurs)));
        Assert.NotNull(Assert.Single(row.Pauses).To);
        Assert.Equal(RecordingStage.Recording, row.Stage);
    }

    [Fact]
    public async Task Recording_OfACallThatWasTakenOver_KeepsTheTracksOfBefore()
    {
        await using var app = await TestApp.StartAsync();
        var rows = app.Get<CallRows>();
        await rows.WriteAsync([With(2, Recorded.Recording!)], CancellationToken.None);
        var later = new RecordingTrack("a.rec3", "a", null, IsCaller: true, Begun.AddSeconds(20), IsOver: false);
        await rows.WriteAsync([With(3, Recorded.Recording! with { Tracks = [later] })], CancellationToken.None);

        Assert.Equal(["a.rec1", "a.rec2", "a.rec3"], (await ReadAsync(app)).Tracks.Select(track => track.Name));
    }

    [Fact]
    public async Task Recording_OfACallBetweenTwoOfTheNetwork_HasWhoWasCalledOnOurSide()
    {
        await using var app = await TestApp.StartAsync();
        var tracks = Recorded.Recording!.Tracks.Select(track => track with { UserId = null });
        await app.Get<CallRows>().WriteAsync([With(2, Recorded.Recording! with { Tracks = [.. tracks] })], CancellationToken.None);

        Assert.Equal([false, true], (await ReadAsync(app)).Tracks.Select(track => track.IsOurs));
    }

    [Fact]
    public async Task Recording_OfACallThatIsOver_WaitsToBePutTogether()
    {
        await using var app = await TestApp.StartAsync();
        var ended = With(3, Recorded.Recording! with { State = RecordingState.Off }) with
        {
            State = CallState.Ended,
            EndedAt = Some.Noon.AddSeconds(65),
            End = new CallEnd(EndedBy.Customer, EndReasons.Completed, 16),
        };
        await app.Get<CallRows>().WriteAsync([ended], CancellationToken.None);

        Assert.Equal(RecordingStage.Waiting, (await ReadAsync(app)).Stage);
    }

    private static CallSnapshot Recorded => Some.Talk("a", Controlled.Jane, Controlled.Alice) with
    {
        Recording = new CallRecording(
            RecordingState.On, Controlled.Alice.UserId, null,
            [
                new RecordingTrack("a.rec1", "a", null, IsCaller: true, Begun, IsOver: false),
                new RecordingTrack("a.rec2", "a.leg1", Controlled.Alice.UserId, IsCaller: false, Begun, IsOver: false),
            ],
            []),
    };

    private static CallSnapshot With(long version, CallRecording recording) => Recorded with { Version = version, Recording = recording };

    private static async Task<RecordingEntry> ReadAsync(TestApp app)
    {
        await using var database = await app.Get<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        return await database.Recordings.AsNoTracking().SingleAsync();
    }
}
