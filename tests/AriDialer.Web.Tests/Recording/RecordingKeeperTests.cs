using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AriDialer.Ari;
using AriDialer.Calls;
using AriDialer.Calls.Routing;
using AriDialer.Testing;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording;
using AriDialer.Web.Features.Recording.Storage;
using AriDialer.Web.Tests.Hosting;
using AriDialer.Web.Tests.Live;
using AriDialer.Web.Tests.Sound;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace AriDialer.Web.Tests.Recording;

/// <summary>From Asterisk's tracks to a recording that is kept: once, whatever fails meanwhile.</summary>
public sealed class RecordingKeeperTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private FakeAsterisk _asterisk = null!;
    private TestApp _app = null!;

    public async ValueTask InitializeAsync()
    {
        _asterisk = await FakeAsterisk.StartAsync();
        _app = await StartAsync();
        await _asterisk.ConnectedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _asterisk.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task CallThatWasRecorded_Ended_IsKeptSealed_AndNoLongerInAsterisk()
    {
        HasTracks(3, 2.5);
        End();

        var row = await ReadyAsync();
        Assert.Equal((Some.Noon.AddSeconds(10), false), (row.StartedAt, row.IsPartial));
        Assert.InRange(row.Seconds!.Value, 2.9, 3.2);
        var talk = await _app.WithDatabaseAsync(database => database.TalkFigures.FindAsync(row.Id).AsTask());
        Assert.Equal(row.Seconds.Value, talk!.Seconds, 0.05);
        await _app.GoneAsync(_asterisk);
        Assert.Empty((await OnlyAsync())!.Tracks);
        await using var sound = await _app.Get<RecordingVault>().OpenAsync(row.Id, row.SealedKey!, CancellationToken.None);
        Assert.NotNull(sound);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "recordings-work", row.Id)));
    }

    [Fact]
    public async Task TrackThatAsteriskLost_LeavesTheRest_AndItSaysSo()
    {
        _asterisk.Recordings["a.rec1"] = Waves.Of(3);
        End();

        Assert.True((await ReadyAsync()).IsPartial);
    }

    [Fact]
    public async Task NothingLeft_IsSaid()
    {
        End();
        await Some.Eventually(async () => (await OnlyAsync()) is { Stage: RecordingStage.Failed }, "the recording has failed");
    }

    [Fact]
    public async Task TrackThatWasNeverClosed_IsPlayableAndPartial()
    {
        _asterisk.Recordings["a.rec1"] = Waves.Of(3);
        _asterisk.Recordings["a.rec2"] = Waves.Of(3, isClosed: false);
        End();

        Assert.True((await ReadyAsync()).IsPartial);
    }

    [Fact]
    public async Task CallThatEndedWhileTheAppWasAway_IsKeptAfterTheNextStart()
    {
        HasTracks(3, 3);
        await _app.Get<Features.History.CallRows>().WriteAsync([Recorded], CancellationToken.None);
        await _app.DisposeAsync();

        _app = await StartAsync();
        Assert.False((await ReadyAsync()).IsPartial);
        await _app.GoneAsync(_asterisk);
    }

    [Fact]
    [Trait(LongTests.Trait, LongTests.Long)]
    public async Task CallThatEndsWhileTheDatabaseIsLocked_IsKeptOnceAfterwards()
    {
        using var line = new FaultLine("Database locked", "while a recorded call ends");
        HasTracks(3, 3);
        await using (await LockedDatabase.HoldAsync(_folder.Path))
        {
            End();
            // Longer than a command waits for a lock.
            await Task.Delay(TimeSpan.FromSeconds(7));
            Assert.Equal(2, _asterisk.Recordings.Count);
        }

        // The keeper looks once a minute for what was written late.
        for (var seconds = 0; await OnlyAsync() is not { Stage: RecordingStage.Ready }; seconds++)
        {
            Assert.True(seconds < 75, "It is not kept.");
            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        Assert.False((await ReadyAsync()).IsPartial);
        await _app.GoneAsync(_asterisk);
        line.Survived("its tracks stayed in Asterisk, and it is kept once, whole, within a minute");
    }

    [Fact]
    public async Task WhatASuddenEndLeftInTheWorkshop_IsDeletedAtTheNextStart()
    {
        await _app.DisposeAsync();
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "recordings-work", "abc"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "0.wav"), "somebody's voice");

        _app = await StartAsync();
        await Some.Eventually(() => Task.FromResult(!Directory.Exists(folder.FullName)), "the workshop is empty");
    }

    [Fact]
    public async Task ManyEndAtOnce_TheFeedIsReadOn()
    {
        // Where time stands still, whoever waits between two of them reads no further.
        await using var app = await TestApp.StartAsync(time: new FakeTimeProvider(Some.Noon));
        var keeper = app.Services.GetServices<IHostedService>().OfType<RecordingKeeper>().Single();
        for (var i = 0; i < 20; i++)
        {
            app.Get<CallFeed>().Tell(Recorded with { Id = $"call{i}", State = CallState.Ended, EndedAt = Some.Noon });
        }

        await Some.Eventually(() => Task.FromResult(!SubscriptionOf(keeper).Changes.TryPeek(out _)), "all that was told is read");
    }

    [Fact]
    public async Task TrackThatIsStillWritten_IsAskedForNowAndThen_NotMoreAndMoreOften()
    {
        const int Rounds = 12;
        var time = new FakeTimeProvider(Some.Noon);
        await using var app = await TestApp.StartAsync(
            time: time, services: services => services.AddSingleton<CallRouting>((_, _) => new(new TaskCompletionSource<RouteDecision>().Task)));
        await app.Asterisk.ConnectedAsync();
        await app.Get<AriClient>().Channels.RecordAsync(app.Asterisk.Arrive("+12025550101").Id, "a.rec1", "wav");
        app.Get<CallFeed>().Tell(Recorded with { Version = 3, State = CallState.Ended, EndedAt = Some.Noon });
        for (var i = 0; i < Rounds; i++)
        {
            await Task.Delay(100);
            time.Advance(TimeSpan.FromSeconds(4));
        }

        Assert.InRange(app.Asterisk.Requests.All.Count(request => request.Is("GET", "/recordings/live/a.rec1")), 1, 2 * Rounds);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_subscription")]
    private static extern ref CallFeed.Subscription SubscriptionOf(RecordingKeeper keeper);

    private static CallSnapshot Recorded => Some.Talk("a", Controlled.Jane, Controlled.Alice with { UserId = null }, 2) with
    {
        Recording = new CallRecording(RecordingState.On, null, null, [Track(1, isCaller: true), Track(2, isCaller: false)], []),
    };

    private static RecordingTrack Track(int n, bool isCaller) => new($"a.rec{n}", $"a.leg{n}", null, isCaller, Some.Noon.AddSeconds(10), IsOver: true);

    private void HasTracks(double first, double second) =>
        (_asterisk.Recordings["a.rec1"], _asterisk.Recordings["a.rec2"]) = (Waves.Of(first), Waves.Of(second));

    private void End() => _app.Get<CallFeed>().Tell(
        Recorded with { Version = 3, State = CallState.Ended, EndedAt = Some.Noon.AddSeconds(65), End = new CallEnd(EndedBy.Customer, EndReasons.Completed, 16) },
        ImmutableArray<CallMoment>.Empty);

    private async Task<RecordingEntry> ReadyAsync()
    {
        await Some.Eventually(async () => (await OnlyAsync()) is { Stage: RecordingStage.Ready }, "the recording is ready");
        return (await OnlyAsync())!;
    }

    private Task<RecordingEntry?> OnlyAsync() => _app.RecordingAsync("a");

    private Task<TestApp> StartAsync() => TestApp.StartAsync(dataDirectory: _folder.Path, asterisk: _asterisk);
}

/// <summary>What tests ask of recordings.</summary>
internal static class RecordingReading
{
    public static Task<RecordingEntry?> RecordingAsync(this TestApp app, string callId) => app.WithDatabaseAsync(
        database => Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.SingleOrDefaultAsync(
            database.Recordings.Where(row => row.CallId == callId)));

    public static Task GoneAsync(this TestApp app, FakeAsterisk asterisk) =>
        Some.Eventually(async () => asterisk.Recordings.IsEmpty && (await app.RecordingAsync("a"))!.Tracks.Count == 0, "Asterisk has no track any more");
}
