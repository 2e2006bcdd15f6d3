using AriDialer.Web.Data;
using AriDialer.Web.Features.Transcription;
using AriDialer.Web.Features.Transcription.Live;
using AriDialer.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AriDialer.Web.Tests.Transcription;

/// <summary>When transcripts are made, with an engine that does as it is told.</summary>
public sealed class TranscriptMakerTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(Some.Noon.AddDays(1));
    private readonly List<string> _heard = [];
    private TestApp _app = null!;
    private EngineState _engine = Transcribed.Engine;
    private Func<string, CancellationToken, Task<string>> _understand = (_, _) => Task.FromResult("card 4111 1111");

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync(time: _time);
        await _app.AddRecordingAsync("old", minute: 0);
        await _app.AddRecordingAsync("new", minute: 5);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Make_TakesTheNewestFirst_AndEachOnce()
    {
        await _app.AddRecordingAsync("gone", minute: 9);
        await _app.DeleteSoundAsync("gone");
        var maker = Maker();

        Assert.Equal(2, await MakeAllAsync(maker));
        Assert.Equal(["new", "old"], _heard);
        var made = await ReadAsync("new");
        Assert.Equal((TranscriptStage.Ready, "card 4111 1111", _time.GetUtcNow()), (made.Stage, made.Segments[0].Text, made.MadeAt));
    }

    [Fact]
    public async Task Make_Redacting_KeepsNoNumber()
    {
        await NextAsync(Maker(new TranscriptOptions { Redact = true }));

        var segment = (await ReadAsync("new")).Segments[0];
        Assert.Equal(("card […]", "card […]"), (segment.Text, string.Join(' ', segment.Words.Select(word => word.Text))));
    }

    [Fact]
    public async Task Make_OfOneThatFails_IsTriedThrice_WithGrowingPauses_WhileOthersAreMade()
    {
        _understand = (call, _) => call == "new" ? throw new InvalidOperationException("broken") : Task.FromResult("fine");
        var maker = Maker();

        Assert.Equal(2, await MakeAllAsync(maker));
        Assert.Equal((TranscriptStage.Waiting, 1, null), StateOf(await ReadAsync("new")));
        Assert.Equal(TranscriptStage.Ready, (await ReadAsync("old")).Stage);

        _time.Advance(TimeSpan.FromMinutes(1.1));
        Assert.Equal(1, await MakeAllAsync(maker));
        _time.Advance(TimeSpan.FromMinutes(1.1));
        Assert.False(await NextAsync(maker));
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(1, await MakeAllAsync(maker));
        Assert.Equal((TranscriptStage.Failed, 3, TranscriptMaker.Problem), StateOf(await ReadAsync("new")));
        _time.Advance(TimeSpan.FromDays(9));
        Assert.False(await NextAsync(maker));
    }

    [Fact]
    public async Task Make_WithoutAnEngine_DoesNothing_UntilItIsThere()
    {
        _engine = EngineState.None;
        var maker = Maker();
        Assert.False(await NextAsync(maker));
        Assert.Empty(_heard);

        _engine = Transcribed.Engine;
        Assert.True(await NextAsync(maker));
    }

    [Fact]
    public async Task Make_OfARecordingThatIsDeletedMeanwhile_KeepsNothing()
    {
        _understand = async (call, _) =>
        {
            await _app.DeleteSoundAsync(call);
            return "too late";
        };

        Assert.True(await NextAsync(Maker()));
        Assert.Null(await _app.Get<TranscriptStore>().ReadAsync("rec-new", CancellationToken.None));
    }

    [Fact]
    public async Task Keeper_StoppedInTheMiddle_CountsNoAttempt_AndBeginsAgain()
    {
        var begun = new TaskCompletionSource();
        _understand = async (_, cancellationToken) =>
        {
            begun.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return "";
        };
        var maker = Maker();
        using (var keeper = Keeper(maker))
        {
            await keeper.StartAsync(CancellationToken.None);
            await begun.Task.WaitAsync(TimeSpan.FromSeconds(10));
            Assert.Equal(["rec-new"], maker.Making);
            await keeper.StopAsync(CancellationToken.None);
        }

        Assert.Empty(maker.Making);
        Assert.Null(await _app.Get<TranscriptStore>().ReadAsync("rec-new", CancellationToken.None));
        _understand = (_, _) => Task.FromResult("again");
        Assert.True(await NextAsync(Maker()));
        Assert.Equal("again", (await ReadAsync("new")).Segments[0].Text);
    }

    [Fact]
    public async Task Keeper_MakesAsManyAtATime_AsThereMayBeDecoders_AndNoneTwice()
    {
        await _app.AddRecordingAsync("newest", minute: 9);
        var both = new TaskCompletionSource();
        var free = new TaskCompletionSource();
        var begun = 0;
        _understand = async (_, cancellationToken) =>
        {
            if (Interlocked.Increment(ref begun) == 2)
                both.SetResult();
            await free.Task.WaitAsync(cancellationToken);
            return "fine";
        };
        using var maker = Maker();
        using var keeper = Keeper(maker, decoders: 2);
        await keeper.StartAsync(CancellationToken.None);
        await both.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(["rec-new", "rec-newest"], maker.Making.Order());
        await Task.Delay(300);
        Assert.Equal(2, begun);

        free.SetResult();
        await Some.Eventually(async () => await _app.Get<TranscriptStore>().ReadAsync("rec-old", CancellationToken.None) is not null, "the third");
        await keeper.StopAsync(CancellationToken.None);
        Assert.Equal(["new", "newest", "old"], _heard.Order());
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task App_MakesThemByItself_WhereItIsTurnedOn(string enabled, bool makes)
    {
        await using var app = await TestApp.StartAsync(new() { ["Transcription:Enabled"] = enabled }, services: services =>
        {
            services.AddSingleton<ReadEngineState>(_ => Transcribed.Engine);
            services.AddSingleton<TranscribeRecording>((_, _, _, _) => Task.FromResult(Transcribed.Words(Transcribed.Left(1, "hello"))));
        });
        await app.AddRecordingAsync("a");
        app.Get<TranscriptionKeeper>().Hurry();
        if (!makes)
            await Task.Delay(300);
        else
            await Some.Eventually(async () => await app.Get<TranscriptStore>().ReadAsync("rec-a", CancellationToken.None) is not null, "the transcript is made");

        Assert.Equal(makes, await app.Get<TranscriptStore>().ReadAsync("rec-a", CancellationToken.None) is not null);
    }

    private static Task<bool> NextAsync(TranscriptMaker maker) => maker.MakeNextAsync(CancellationToken.None);

    private static async Task<int> MakeAllAsync(TranscriptMaker maker)
    {
        var made = 0;
        while (await NextAsync(maker))
        {
            made++;
        }

        return made;
    }

    private static (TranscriptStage, int, string?) StateOf(TranscriptEntry transcript) => (transcript.Stage, transcript.Attempts, transcript.Problem);

    private TranscriptMaker Maker(TranscriptOptions? options = null) => new(
        async (recording, _, _, cancellationToken) =>
        {
            lock (_heard)
                _heard.Add(recording.CallId);
            return Transcribed.Words(Transcribed.Left(1, await _understand(recording.CallId, cancellationToken)));
        },
        _ => _engine, _app.Get<TranscriptStore>(), _app.Get<LiveTranscripts>(), Options.Create(options ?? new TranscriptOptions()), NullLogger<TranscriptMaker>.Instance);

    private static TranscriptionKeeper Keeper(TranscriptMaker maker, int decoders = 1) => new(
        maker, Options.Create(new TranscriptOptions()), Options.Create(new TranscriptionEngineOptions { Decoders = decoders }),
        NullLogger<TranscriptionKeeper>.Instance);

    private async Task<TranscriptEntry> ReadAsync(string callId) => (await _app.Get<TranscriptStore>().ReadAsync($"rec-{callId}", CancellationToken.None))!;
}
