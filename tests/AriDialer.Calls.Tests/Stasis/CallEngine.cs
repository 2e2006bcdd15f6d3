using System.Collections.Immutable;
using AriDialer.Ari;
using AriDialer.Calls.Media;
using AriDialer.Calls.Routing;
using AriDialer.Calls.Stasis;
using AriDialer.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AriDialer.Calls.Tests.Stasis;

/// <summary>The whole call engine, as the application runs it, against an Asterisk that is faked at its socket.</summary>
internal sealed class CallEngine : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private readonly ServiceProvider _services;
    private readonly CallFeed.Subscription _feed;
    private readonly List<CallSnapshot> _told = [];

    private CallEngine(
        Uri asterisk, string username, string password, CallRouting routing, ILoggerProvider? log, Action<AriOptions>? configure, Action<CallsOptions>? calls)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging =>
        {
            if (log is not null)
            {
                logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace);
            }
        });
        services.AddAri(options =>
        {
            options.Url = asterisk;
            options.Username = username;
            options.Password = password;
            options.App = "aridialer";
            configure?.Invoke(options);
        });
        services.AddCalls();
        services.Configure<CallsOptions>(options =>
        {
            options.KeepPlaceFor = TimeSpan.FromSeconds(2);
            calls?.Invoke(options);
        });
        services.AddSingleton(routing);
        _services = services.BuildServiceProvider();
        _feed = _services.GetRequiredService<CallFeed>().Subscribe();
    }

    internal CallDirectory Directory => _services.GetRequiredService<CallDirectory>();

    internal Admission Admission => _services.GetRequiredService<Admission>();

    internal AriClient Ari => _services.GetRequiredService<AriClient>();

    internal PhoneConnections Phones => _services.GetRequiredService<PhoneConnections>();

    internal AudioTaps Taps => _services.GetRequiredService<AudioTaps>();

    internal AsteriskLink Link => _services.GetRequiredService<AsteriskLink>();

    /// <summary>Starts the engine and waits until it is connected and has reconciled.</summary>
    internal static Task<CallEngine> StartAsync(
        FakeAsterisk asterisk, CallRouting? routing = null, ILoggerProvider? log = null, Action<AriOptions>? configure = null,
        string password = FakeAsterisk.Password, TimeSpan? lookForStuckCallsEvery = null, TimeSpan? decideWithin = null, Uri? url = null) =>
        StartAsync(url ?? asterisk.Url, FakeAsterisk.Username, password, routing ?? ToTrunk, log, configure, options =>
        {
            options.LookForStuckCallsEvery = lookForStuckCallsEvery ?? options.LookForStuckCallsEvery;
            options.DecideWithin = decideWithin ?? options.DecideWithin;
        });

    /// <summary>The same, against any Asterisk.</summary>
    internal static async Task<CallEngine> StartAsync(
        Uri asterisk, string username, string password, CallRouting routing, ILoggerProvider? log = null, Action<AriOptions>? configure = null,
        Action<CallsOptions>? calls = null)
    {
        var engine = new CallEngine(asterisk, username, password, routing, log, configure, calls);
        foreach (var service in engine._services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
        }

        await engine.UntilAsync(() => engine.Link.IsConnected, "the link to be up");
        return engine;
    }

    internal static ValueTask<RouteDecision> ToTrunk(RouteRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult<RouteDecision>(new RingTargets(
            CallDirection.Inbound,
            new CallParty(null, request.CallerNumber, null),
            new CallParty("user-agent", "+12025550101", "Agent"),
            [new DialTarget("PJSIP/web-agent", request.CallerNumber, "", "user-agent")],
            TimeSpan.FromSeconds(30)));

    /// <summary>Waits for a change of a call that fits, among those told and those to come.</summary>
    internal async Task<CallSnapshot> ToldAsync(Func<CallSnapshot, bool> which, string what)
    {
        using var late = new CancellationTokenSource(Limit);
        try
        {
            while (_told.LastOrDefault(which) is null)
            {
                _told.Add((await _feed.Changes.ReadAsync(late.Token)).Call);
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"Never told of {what}. Told: {string.Join("; ", _told.Select(call => $"{call.Id} {call.State} {call.End}"))}");
        }

        return _told.Last(which);
    }

    internal Task<CallSnapshot> EndedAsync(string callId) => ToldAsync(call => call.Id == callId && call.State == CallState.Ended, $"the end of {callId}");

    internal Task<CallSnapshot> InStateAsync(string callId, CallState state) =>
        ToldAsync(call => call.Id == callId && call.State == state, $"{callId} being {state}");

    /// <summary>Everything told so far.</summary>
    internal ImmutableArray<CallSnapshot> ToldSoFar()
    {
        while (_feed.Changes.TryRead(out var change))
        {
            _told.Add(change.Call);
        }

        return [.. _told];
    }

    internal async Task UntilAsync(Func<bool> condition, string what)
    {
        using var late = new CancellationTokenSource(Limit);
        while (!condition())
        {
            Assert.False(late.IsCancellationRequested, $"Waited in vain for {what}.");
            await Task.Delay(5);
        }
    }

    /// <summary>Ends as a killed process does: nothing is hung up, nothing is told.</summary>
    public async ValueTask DisposeAsync()
    {
        _feed.Dispose();
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
    }
}
