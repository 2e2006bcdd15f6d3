using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AriDialer.Calls.Routing;
using AriDialer.Testing;

namespace AriDialer.Calls.Tests.Stasis;

/// <summary>While too much is under way, new calls are refused: at once, with one request, and for good.</summary>
public sealed class AdmissionTests : IAsyncDisposable
{
    private const int MostUnderWay = 2;
    private readonly CapturedLog _log = new();
    private readonly ConcurrentQueue<string> _asked = new();

    // Work that is under way for as long as a test wants: routing does not answer.
    private readonly TaskCompletionSource _decide = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<string?> _counted = new();
    private FakeAsterisk _asterisk = null!;
    private CallEngine _engine = null!;

    [Fact]
    public async Task Trunk_TooMuchUnderWay_IsRefusedWithOneRequestAndNothingElse()
    {
        await FillAsync();
        var before = _asterisk.Requests.All.Count;
        var refused = Call("trunk-3");

        await _engine.UntilAsync(() => refused.Gone, "the refusal");
        Assert.Equal(42, refused.Cause);
        await _engine.UntilAsync(() => _engine.Admission.StillThere == 0, "the end of it to be noticed: it is forgotten a while after that");
        await _engine.UntilAsync(() => _log.Lines.Any(line => line.StartsWith("1 calls were refused", StringComparison.Ordinal)), "the report");
        Assert.Equal($"DELETE /channels/{refused.Id}?reason_code=42", Assert.Single(_asterisk.Requests.All.Skip(before)).ToString());
        Assert.Equal(["trunk-1", "trunk-2"], _asked.Order());
        Assert.Equal(["trunk"], _counted);
        Assert.DoesNotContain(_engine.Directory.AllIds, id => id == CallIds.ForArrival(refused.Id, null));
    }

    [Fact]
    public async Task Phone_HasTwiceTheRoom_AndAShortNumberAlwaysHasSome()
    {
        await FillAsync();
        Call("phone-3", "kind=phone");
        Call("phone-4", "kind=phone");
        await AskedAsync(4);
        var refused = Call("phone-5", "kind=phone");
        await _engine.UntilAsync(() => refused.Gone, "the refusal");
        Call("phone-6", "kind=phone", dialled: "112");
        await AskedAsync(5);

        Assert.Equal(["phone-3", "phone-4", "phone-6", "trunk-1", "trunk-2"], _asked.Order());
        Assert.Equal(["phone"], _counted);
    }

    [Fact]
    public async Task Trunk_WhatWasUnderWayIsDone_TheNextCallIsTaken()
    {
        await FillAsync();
        var refused = Call("trunk-3");
        await _engine.UntilAsync(() => refused.Gone, "the refusal");

        _decide.SetResult();
        await _engine.InStateAsync(CallIds.ForArrival("trunk-1", null), CallState.Dialing);
        await _engine.InStateAsync(CallIds.ForArrival("trunk-2", null), CallState.Dialing);
        await _engine.UntilAsync(() => _asterisk.Channels.Count(channel => channel.Dialed) == 2, "both to be rung");
        Call("trunk-4");
        await _engine.InStateAsync(CallIds.ForArrival("trunk-4", null), CallState.Dialing);
    }

    [Fact]
    public async Task Calls_AtOnce_AreNoMoreThanTheOperatorWants()
    {
        _decide.SetResult();
        await StartAsync(options => (options.MostUnderWay, options.MostCalls) = (64, 2));
        Call("trunk-1");
        Call("trunk-2");
        await _engine.InStateAsync(CallIds.ForArrival("trunk-2", null), CallState.Dialing);
        var refused = Call("trunk-3");
        await _engine.UntilAsync(() => refused.Gone, "the refusal");

        _asterisk.Channel("trunk-1")!.HangUp();
        await _engine.UntilAsync(() => _engine.Directory.Count == 1, "the end of the first");
        Call("trunk-4");
        await _engine.InStateAsync(CallIds.ForArrival("trunk-4", null), CallState.Dialing);
    }

    [Fact]
    public async Task Refused_HangUpFailsAndTheSocketBreaks_IsHungUpAgainAndNeverBegun()
    {
        var refused = await RefuseInVainAsync();

        // There is room for it by now.
        _decide.SetResult();
        await _engine.UntilAsync(() => _asterisk.Channels.Count(channel => channel.Dialed) == 2, "the others to be rung");
        _asterisk.DropSockets();
        await _engine.UntilAsync(() => refused.Gone, "the refusal");

        Assert.Equal(42, refused.Cause);
        Assert.DoesNotContain("trunk-3", _asked);
    }

    [Fact]
    public async Task Refused_IsToldOfAgainAfterItsEnd_IsNotBegun()
    {
        var refused = await RefuseInVainAsync();
        var old = await _engine.Ari.Channels.ListAsync(TestContext.Current.CancellationToken);
        refused.HangUp();
        _decide.SetResult();
        await _engine.UntilAsync(() => _asterisk.Channels.Count(channel => channel.Dialed) == 2, "the others to be rung");

        // A list of channels that was read before it went.
        _engine.Admission.Arrive(old.Single(channel => channel.Id == "trunk-3"), ["kind=trunk"]);

        Assert.Null(_engine.Directory.CallOf("trunk-3"));
        Assert.DoesNotContain(_asterisk.Requests.All, request => request.Path.StartsWith("/channels/trunk-3.leg", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Known_CallIsToldOfAgainWhileThereIsNoRoom_IsLeftAlone()
    {
        await FillAsync();
        var known = _asterisk.Channel("trunk-1")!;
        _engine.Admission.Arrive((await _engine.Ari.Channels.ListAsync(TestContext.Current.CancellationToken)).Single(channel => channel.Id == known.Id), ["kind=trunk"]);

        _decide.SetResult();
        await _engine.InStateAsync(CallIds.ForArrival("trunk-1", null), CallState.Dialing);
        Assert.False(known.Gone);
        Assert.Empty(_counted);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        _decide.TrySetResult();
        await _engine.DisposeAsync();
        await _asterisk.DisposeAsync();
    }

    private async Task StartAsync(Action<CallsOptions>? options = null)
    {
        _asterisk = await FakeAsterisk.StartAsync();
        _engine = await CallEngine.StartAsync(
            _asterisk.Url, FakeAsterisk.Username, FakeAsterisk.Password, RouteAsync, _log, calls: options ?? (options => options.MostUnderWay = MostUnderWay));

        // Nobody else's: no other test comes to where a call is refused.
        _listener.InstrumentPublished = (published, listener) =>
        {
            if (published.Name == "aridialer.calls.refused")
            {
                listener.EnableMeasurementEvents(published);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => _counted.Enqueue(tags[0].Value as string));
        _listener.Start();
    }

    private FakeChannel Call(string id, string args = "kind=trunk", string dialled = "+12025550101") => _asterisk.Arrive(dialled, args: args, id: id);

    // Two are under way, for longer than a rush lasts.
    private async Task FillAsync()
    {
        await StartAsync();
        Call("trunk-1");
        Call("trunk-2");
        await AskedAsync(2);
        _engine.Admission.TakesPhone("+12025550101");
        await Task.Delay(TimeSpan.FromMilliseconds(600), TestContext.Current.CancellationToken);
    }

    // Asterisk does not let go of whom there is no room for.
    private async Task<FakeChannel> RefuseInVainAsync()
    {
        await FillAsync();
        _asterisk.Requests.Fail(static request => request.Is("DELETE", "/channels/trunk-3"), 500, "Not today");
        var refused = Call("trunk-3");
        await _asterisk.Requests.WaitForAsync("DELETE", "/channels/trunk-3");
        return refused;
    }

    private Task AskedAsync(int calls) => _engine.UntilAsync(() => _asked.Count == calls, $"routing to be asked for {calls}");

    private async ValueTask<RouteDecision> RouteAsync(RouteRequest request, CancellationToken cancellationToken)
    {
        _asked.Enqueue(request.CallId);
        await _decide.Task.WaitAsync(cancellationToken);
        return await CallEngine.ToTrunk(request, cancellationToken);
    }
}
