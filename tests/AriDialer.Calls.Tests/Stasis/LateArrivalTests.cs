using AriDialer.Testing;
using Microsoft.Extensions.Logging;

namespace AriDialer.Calls.Tests.Stasis;

/// <summary>What comes when a call is over already, but still known.</summary>
public sealed class LateArrivalTests
{
    [Fact]
    public async Task Leg_ArrivesWhileItsCallIsPutAway_IsNotTakenInSilence()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        bool? taken = null;
        Action whenOver = () => { };
        using var log = new WhenLogged("Call over", () => whenOver());
        await using var engine = await CallEngine.StartAsync(asterisk, log: log);
        var caller = asterisk.Arrive("+12025550101");
        var id = CallIds.ForArrival(caller.Id, null);
        var late = CallIds.Leg(id, 2);
        whenOver = () => taken = engine.Directory.Tell(late, new CallInput.LegArrived(late));

        caller.HangUp();

        await engine.EndedAsync(id);
        await engine.UntilAsync(() => taken is not null, "the call to be over");
        // Whoever told it hangs the leg up then.
        Assert.False(taken);
    }

    private sealed class WhenLogged(string beginning, Action what) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (formatter(state, exception).StartsWith(beginning, StringComparison.Ordinal))
                what();
        }

        public void Dispose()
        {
        }
    }
}
