using System.Collections.Concurrent;
using AriDialer.Calls;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Recording.Audio;
using AriDialer.Web.Features.Transcription;
using AriDialer.Web.Features.Transcription.Engines;
using AriDialer.Web.Features.Transcription.Live;
using AriDialer.Web.Tests.Hosting;
using AriDialer.Web.Tests.Live;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AriDialer.Web.Tests.Transcription.Live;

/// <summary>Who is listened to and when, what a page reads, and what is kept, with an engine and legs that do as they are told.</summary>
public sealed class LiveTranscriberTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Begun = Some.Noon.AddSeconds(10);

    private readonly CallFeed _feed = new();
    private readonly ScriptedEngine _engine = new();
    private readonly SetTime _time = new();
    private readonly LiveTranscripts _transcripts;
    private readonly ConcurrentDictionary<string, ScriptedLeg> _legs = new();
    private readonly Dictionary<Dictionary<long, LiveLine>, LiveReader> _readers = [];
    private LiveTranscriber _transcriber = null!;
    private int _version;

    public LiveTranscriberTests() => _transcripts = new LiveTranscripts(_time);

    private static CallSnapshot Recorded => Controlled.Recorded;

    private static string Jane => Recorded.Legs[0].ChannelId;

    private static string Alice => Recorded.Legs[1].ChannelId;

    public async ValueTask InitializeAsync()
    {
        _transcriber = new LiveTranscriber(
            _feed, _transcripts, Engines(), HearAsync, Options.Create(new TranscriptOptions()), _time,
            NullLogger<LiveTranscriber>.Instance);
        await _transcriber.StartAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _transcriber.StopAsync(CancellationToken.None);
        _transcriber.Dispose();
    }

    [Fact]
    public async Task Recorded_BothSidesAreHeard_EachOnItsSide_InterimThenFinal()
    {
        var (jane, alice) = await BeginAsync();
        var reader = Read();
        jane.Say(1);
        await UntilAsync(reader, lines => Texts(lines) is ["right Interim w1"]);
        jane.Say(2);
        jane.Pause();
        alice.Say(3);
        alice.Pause();

        var lines = await UntilAsync(reader, lines => lines.Count(line => line.Kind == LiveLineKind.Final) == 2);
        Assert.Equal(["right Final w1 w2", "left Final w3"], Texts(lines));
        Assert.Equal([Controlled.Jane, Controlled.Alice], lines.Select(line => line.Who));
    }

    [Fact]
    public async Task NotRecorded_NobodyIsHeard()
    {
        Tell(Controlled.Talk);
        Tell(Recorded with { Recording = Recorded.Recording! with { State = RecordingState.Announcing, Tracks = [] } });
        await SettledAsync();

        Assert.Empty(_legs);
        Assert.Equal(100, _engine.Places);
    }

    [Fact]
    public async Task Paused_NothingIsHeard_AndTheSameVoicesGoOnAfterwards()
    {
        var (jane, alice) = await BeginAsync();
        var reader = Read();
        Tell(Paused());
        await Some.Eventually(() => Task.FromResult(jane.Silenced && alice.Silenced), "both are silenced");
        jane.Say(66, 66, 66);
        Tell(Resumed());
        await Some.Eventually(() => Task.FromResult(!jane.Silenced && !alice.Silenced), "both are heard again");
        jane.Say(5);
        jane.Pause();

        var lines = await UntilAsync(reader, lines => lines.Any(line => line.Kind == LiveLineKind.Final));
        Assert.Equal(["right Final w5"], Texts(lines));
        Assert.Equal(2, _legs.Count);
    }

    [Fact]
    public async Task Silence_OnTheLine_EndsWhatWasBeingSaid()
    {
        var (jane, _) = await BeginAsync();
        var reader = Read();

        jane.Say(1, 2);

        Assert.Equal(["right Final w1 w2"], Texts(await UntilAsync(reader, lines => lines.Any(line => line.Kind == LiveLineKind.Final))));
    }

    [Fact]
    public async Task TooFewPlaces_NobodyIsHeard_UntilThereAreEnough()
    {
        _engine.Places = 1;
        Tell(Recorded);
        using var reader = _transcripts.Open(Recorded.Id).Read();
        await StateAsync(reader, LiveWordsState.Later);
        Assert.Empty(_legs);
        Assert.Equal(1, _engine.Places);

        _engine.Places = 2;
        Tell(Recorded);
        await StateAsync(reader, LiveWordsState.Listening);
        await Some.Eventually(() => Task.FromResult(_legs.Count == 2), "both are heard");
    }

    [Fact]
    public async Task NoEngine_IsSaid()
    {
        _engine.State = EngineState.None;
        Tell(Recorded);
        using var reader = _transcripts.Open(Recorded.Id).Read();

        await StateAsync(reader, LiveWordsState.Missing);
    }

    [Fact]
    public async Task LegThatLeaves_IsClosed_AndItsPlaceIsFree()
    {
        var (jane, alice) = await BeginAsync();
        Tell(Recorded with { Legs = [Recorded.Legs[0], Recorded.Legs[1] with { State = LegState.Gone }] });

        await Some.Eventually(() => Task.FromResult(alice.IsClosed && _engine.Places == 99), "hers is closed");
        Assert.False(jane.IsClosed);
    }

    [Fact]
    public async Task End_WhatWasHeardIsKept_InTheRecordingsTime_AndTheReaderIsTold()
    {
        var (jane, alice) = await BeginAsync();
        var reader = Read();
        jane.Say([.. Enumerable.Repeat<short>(0, 100), 1]);
        alice.Say([.. Enumerable.Repeat<short>(0, 50)]);
        alice.Hole(49);
        alice.Say(2);
        var harvest = await EndAsync(seconds: 3.5);

        Assert.NotNull(harvest);
        Assert.Equal([(RecordingSide.Left, 3.48, "w2"), (RecordingSide.Right, 3.5, "w1")], harvest.Said.Select(one => (one.Side, one.Segment.From, one.Segment.Text)));
        Assert.Equal(("Scripted", "en-US"), (harvest.Engine, harvest.Language));
        await StateAsync(reader, LiveWordsState.Over);
        Assert.Null(_transcripts.Find(Recorded.Id));
        Assert.Equal(100, _engine.Places);
    }

    [Fact]
    public async Task Dropped_Frames_AreMarked_AndAreGapsAfterwards()
    {
        var (jane, alice) = await BeginAsync();
        var reader = Read();
        alice.Say([.. Enumerable.Repeat<short>(0, 400)]);
        jane.Say([.. Enumerable.Repeat<short>(0, 100)]);
        await Some.Eventually(() => Task.FromResult(jane.Frames.Count == 0), "all is read");
        jane.Drop(50);
        jane.Say([1, .. Enumerable.Repeat<short>(0, 250)]);

        var lines = await UntilAsync(reader, lines => lines.Any(line => line.Kind == LiveLineKind.Final));
        Assert.Equal(["right Gap", "right Final w1"], Texts(lines));
        var harvest = await EndAsync(seconds: 9.5);
        // What comes before the tap's first sample, what was dropped, and what comes after its last.
        Assert.Equal(
            [(RecordingSide.Left, 0, 1.5), (RecordingSide.Right, 0, 1.5), (RecordingSide.Right, 3.5, 4.5)],
            harvest!.Gaps.Where(gap => gap.From < 9).Select(gap => (gap.Side, gap.From, gap.To)));
    }

    [Fact]
    public async Task Engine_ThatBreaks_IsTriedAgain_AndWhatItHadNotSaidIsAGap()
    {
        var (jane, alice) = await BeginAsync();
        var reader = Read();
        alice.Say([.. Enumerable.Repeat<short>(0, 400)]);
        jane.Say([1, .. Enumerable.Repeat<short>(0, 99)]);
        await UntilAsync(reader, lines => lines.Any(line => line.Kind == LiveLineKind.Final));
        _engine.Before = frame => frame.Samples[0] == 13 ? throw new IOException("broken") : Task.CompletedTask;
        jane.Say([5, 5, 13]);
        var lines = await UntilAsync(reader, lines => lines.Any(line => line.Kind == LiveLineKind.Gap));
        jane.Say([7, .. Enumerable.Repeat<short>(0, 300)]);

        lines = await UntilAsync(reader, lines => lines.Count(line => line.Kind == LiveLineKind.Final) == 2);
        Assert.Equal(["right Final w1", "right Gap", "right Final w7"], Texts(lines));
        var gap = (await EndAsync(seconds: 9.5))!.Gaps.Single(gap => gap is { Side: RecordingSide.Right, From: > 1, To: < 9 });
        Assert.Equal((1.52, 3.56), (gap.From, gap.To));
    }

    [Fact]
    public async Task MostOfIt_NotHeard_TheRecordingIsListenedToWhole()
    {
        var (jane, alice) = await BeginAsync();
        jane.Say(1);
        alice.Say(1);

        Assert.Null(await EndAsync(seconds: 60));
    }

    [Fact]
    public async Task Engine_ThatHangs_IsGivenUp()
    {
        var (jane, _) = await BeginAsync();
        var hangs = new TaskCompletionSource();
        _engine.Before = _ => hangs.Task;
        jane.Say(1);
        End();
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _transcripts.TakeAsync(Entry(60), soon.Token));
        hangs.SetResult();
    }

    // Nothing is stored, and nothing configured: the first engine listens.
    private TranscriptionEngines Engines() => new([_engine], new EngineSettings(
        databases: null!, new EphemeralDataProtectionProvider(), Options.Create(new TranscriptionEngineOptions()), NullLogger<EngineSettings>.Instance));

    private Task<LegSound?> HearAsync(string callId, string channelId, CancellationToken cancellationToken)
    {
        Assert.Equal(Recorded.Id, callId);
        // The line is open a second and a half after the recording began.
        return Task.FromResult<LegSound?>(_legs.GetOrAdd(channelId, _ => new ScriptedLeg(Begun.AddSeconds(1.5))));
    }

    private async Task<(ScriptedLeg Jane, ScriptedLeg Alice)> BeginAsync()
    {
        Tell(Recorded);
        await Some.Eventually(() => Task.FromResult(_legs.Count == 2), "both are heard");
        return (_legs[Jane], _legs[Alice]);
    }

    private void Tell(CallSnapshot call) => _feed.Tell(call with { Version = ++_version });

    private async Task SettledAsync()
    {
        _feed.Tell(Recorded with { Id = "other", Legs = [], Recording = Recorded.Recording! with { Tracks = [] } });
        await Some.Eventually(() => Task.FromResult(_transcripts.Find("other") is not null), "all was told");
    }

    private static CallSnapshot Paused() => Recorded with
    {
        Recording = Recorded.Recording! with { State = RecordingState.Paused, Tracks = [.. Recorded.Recording.Tracks.Select(track => track with { IsOver = true })] },
    };

    private static CallSnapshot Resumed() => Recorded with
    {
        Recording = Recorded.Recording! with
        {
            Tracks =
            [
                .. Paused().Recording!.Tracks,
                .. Recorded.Recording.Tracks.Select((track, i) => track with { Name = $"{Recorded.Id}.rec{i + 3}", StartedAt = Begun.AddSeconds(20) }),
            ],
        },
    };

    private void End() => Tell(Recorded with
    {
        State = CallState.Ended,
        Recording = Recorded.Recording! with { State = RecordingState.Off, Tracks = [.. Recorded.Recording.Tracks.Select(track => track with { IsOver = true })] },
    });

    private Task<LiveHarvest?> EndAsync(double seconds)
    {
        _time.Now = Begun.AddSeconds(seconds);
        End();
        return _transcripts.TakeAsync(Entry(seconds), CancellationToken.None);
    }

    private static RecordingEntry Entry(double seconds) => new() { Id = "rec", CallId = Recorded.Id, StartedAt = Begun, Seconds = seconds };

    private Dictionary<long, LiveLine> Read()
    {
        var lines = new Dictionary<long, LiveLine>();
        _readers.Add(lines, _transcripts.Open(Recorded.Id).Read());
        return lines;
    }

    private Task StateAsync(Dictionary<long, LiveLine> lines, LiveWordsState state) => StateAsync(_readers[lines], state);

    private static async Task StateAsync(LiveReader reader, LiveWordsState state)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await foreach (var message in reader.ReadAsync(late.Token))
        {
            if (message.State == state)
                return;
        }
    }

    private async Task<IReadOnlyList<LiveLine>> UntilAsync(Dictionary<long, LiveLine> lines, Func<IReadOnlyList<LiveLine>, bool> isThere)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await foreach (var message in _readers[lines].ReadAsync(late.Token))
        {
            foreach (var line in message.Lines)
            {
                lines[line.Id] = line;
            }

            if (InOrder() is var all && isThere(all))
                return all;
        }

        throw new InvalidOperationException("The call is over.");

        List<LiveLine> InOrder() => [.. lines.Values.OrderBy(line => line.Id)];
    }

    /// <summary>The clock says what the test wants; timers are real.</summary>
    private sealed class SetTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Begun;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private static string[] Texts(IEnumerable<LiveLine> lines) =>
        [.. lines.Select(line => $"{line.Side.ToString().ToLowerInvariant()} {line.Kind} {line.Segment.Text}".Trim())];
}
