using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using AriDialer.Testing;
using Microsoft.Extensions.Logging;

namespace AriDialer.Calls.Tests.Stasis;

/// <summary>Calls that wait for what no event will say: found, ended, and written down.</summary>
public sealed class StuckCallTests
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(150);

    [Fact]
    public async Task Call_Connected_ChannelsVanishWithoutAWord_EndsAndIsReported()
    {
        using var line = new FaultLine("Stuck call", "connected, its channels vanish without an event");
        await using var asterisk = await FakeAsterisk.StartAsync();
        var log = new ErrorLog();
        await using var engine = await CallEngine.StartAsync(asterisk, log: log, lookForStuckCallsEvery: Often);
        asterisk.OnDial = static leg => leg.Answer();
        using var stuck = new Counted("aridialer.calls.stuck");
        var id = CallIds.ForArrival(asterisk.Arrive("+12025550101").Id, null);
        await engine.InStateAsync(id, CallState.Connected);

        asterisk.Vanish(asterisk.Channels);

        var end = await engine.EndedAsync(id);
        Assert.Equal((EndReasons.Completed, true), (end.End!.Reason, end.End.Estimated));
        var report = Assert.Single(log.Errors);
        Assert.Contains(id, report, StringComparison.Ordinal);
        Assert.Contains($"LegAnswered {CallIds.Leg(id, 1)}", report, StringComparison.Ordinal);
        Assert.DoesNotContain("+12025550", report, StringComparison.Ordinal);
        Assert.True(stuck.Total >= 1);
        line.Survived("ended, with its last inputs in the log");
    }

    [Fact]
    public async Task Call_Dialing_LegWasMadeAndIsNowhere_EndsAsUnansweredAndTheCallerIsHungUp()
    {
        using var line = new FaultLine("Stuck call", "dialling, its leg is nowhere in Asterisk");
        await using var asterisk = await FakeAsterisk.StartAsync();
        asterisk.StasisDelay = TimeSpan.FromHours(1);
        await using var engine = await CallEngine.StartAsync(asterisk, log: new ErrorLog(), lookForStuckCallsEvery: Often);
        var id = CallIds.ForArrival(asterisk.Arrive("+12025550101").Id, null);
        await asterisk.Requests.WaitForAsync(static request => request.Is("POST", "/channels/create"));
        await engine.UntilAsync(() => asterisk.Channel(CallIds.Leg(id, 1)) is not null, "the leg");
        asterisk.Vanish([asterisk.Channel(CallIds.Leg(id, 1))!]);

        Assert.Equal((EndReasons.Failed, true), (await engine.EndedAsync(id)).End is { } end ? (end.Reason, end.Estimated) : default);
        Assert.Empty(asterisk.Channels);
        line.Survived("ended, caller hung up");
    }

    [Fact]
    public async Task Call_LegIsNowhereAndAPersonAsksForItAgainAndAgain_IsFoundAllTheSame()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        asterisk.StasisDelay = TimeSpan.FromHours(1);
        await using var engine = await CallEngine.StartAsync(asterisk, log: new ErrorLog(), lookForStuckCallsEvery: Often);
        var id = CallIds.ForArrival(asterisk.Arrive("+12025550101").Id, null);
        await engine.UntilAsync(() => asterisk.Channel(CallIds.Leg(id, 1)) is not null, "the leg");
        asterisk.Vanish([asterisk.Channel(CallIds.Leg(id, 1))!]);

        var end = engine.EndedAsync(id);
        while (!end.IsCompleted)
        {
            await engine.Directory.ControlAsync(id, new CallRequester("boss", MayControlAll: true), new CallControl.Hold());
            await Task.Delay(20);
        }

        Assert.Equal(EndReasons.Failed, (await end).End?.Reason);
    }

    [Fact]
    public async Task Calls_ThatAreWell_CostOneRequestALookAndAreLeftAlone()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        var log = new ErrorLog();
        asterisk.OnDial = static leg => leg.Answer();
        await using var engine = await CallEngine.StartAsync(asterisk, log: log, lookForStuckCallsEvery: Often);
        string[] ids = [.. Enumerable.Range(0, 5).Select(_ => CallIds.ForArrival(asterisk.Arrive("+12025550101").Id, null))];
        foreach (var id in ids)
        {
            await engine.InStateAsync(id, CallState.Connected);
        }

        await engine.UntilAsync(
            () => asterisk.Requests.All.Count(static request => request.Path.StartsWith("/channels/arrived", StringComparison.Ordinal) && request.Path.EndsWith("/variables", StringComparison.Ordinal)) == ids.Length,
            "the callers' variables");
        await engine.UntilAsync(() => asterisk.Bridges.All(static bridge => bridge.Variables[DialplanVariables.Mark].Contains("answeredAt", StringComparison.Ordinal)), "the marks");
        var before = asterisk.Requests.All.Count;
        await engine.UntilAsync(() => Looks(asterisk, before) >= 4, "four looks");
        Assert.All(asterisk.Requests.All.Skip(before), static request => Assert.True(request.Is("GET", "/channels"), request.ToString()));
        Assert.All(ids, id => Assert.Equal(CallState.Connected, engine.Directory.Find(id)?.State));
        Assert.Empty(log.Errors);
    }

    [Fact]
    public async Task Call_RoutingNeverAnswers_IsEndedInTime()
    {
        using var line = new FaultLine("Stuck call", "arriving, routing never answers");
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(
            asterisk, async static (_, cancellationToken) =>
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
                throw new UnreachableException();
            }, decideWithin: TimeSpan.FromSeconds(1));
        var id = CallIds.ForArrival(asterisk.Arrive("+12025550101").Id, null);
        Assert.Equal(EndReasons.Failed, (await engine.EndedAsync(id)).End!.Reason);
        Assert.Empty(asterisk.Channels);
        line.Survived("the caller is told that the call failed");
    }

    [Fact]
    public void Call_EndThatTakesForEver_IsNoLongerWaitedFor()
    {
        var call = CallScript.In(CallState.Ending);
        call.Tell(new CallInput.EndOverdue());
        Assert.Equal(CallState.Ended, call.State);
        Assert.Equal(CallState.Connected, CallScript.In(CallState.Connected).Tell(new CallInput.EndOverdue()).State);
    }

    [Fact]
    public void Trail_KeepsTheLastOnly_AndNothingThatAnybodyTyped()
    {
        var trail = new InputTrail();
        for (var i = 0; i < 1000; i++)
        {
            trail.Add(new CallInput.LegRinging($"leg{i}"), CallScript.Start);
        }

        trail.Add(new CallInput.ControlRequested(CallScript.Supervisor, new CallControl.SendDigits("4711", Masked: true), 1), CallScript.Start);
        trail.Add(new CallInput.ReferReceived("leg1", "sip:secret@example.com", null), CallScript.Start);
        var text = trail.ToString();
        Assert.Contains("leg999", text, StringComparison.Ordinal);
        Assert.DoesNotContain("leg900", text, StringComparison.Ordinal);
        Assert.DoesNotContain("4711", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    private static int Looks(FakeAsterisk asterisk, int after) => asterisk.Requests.All.Skip(after).Count(static request => request.Is("GET", "/channels"));

    private sealed class ErrorLog : ILoggerProvider, ILogger
    {
        internal ConcurrentQueue<string> Errors { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Errors.Enqueue(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }

    private sealed class Counted : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _total;

        internal Counted(string instrument)
        {
            _listener.InstrumentPublished = (published, listener) =>
            {
                if (published.Name == instrument)
                {
                    listener.EnableMeasurementEvents(published);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref _total, value));
            _listener.Start();
        }

        internal long Total => Interlocked.Read(ref _total);

        public void Dispose() => _listener.Dispose();
    }
}
