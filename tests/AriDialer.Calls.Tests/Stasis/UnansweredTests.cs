using AriDialer.Testing;

namespace AriDialer.Calls.Tests.Stasis;

/// <summary>No answer came to a request, and what became of it is not known.</summary>
public sealed class UnansweredTests
{
    [Fact]
    public async Task Dial_NoAnswerAndNobodyCanSayWhetherItWasDone_IsNotDialledTwice()
    {
        await using var asterisk = await FakeAsterisk.StartAsync();
        await using var engine = await CallEngine.StartAsync(asterisk);
        asterisk.OnDial = static leg => _ = Task.Delay(TimeSpan.FromSeconds(2)).ContinueWith(_ => leg.Answer(), TaskScheduler.Default);
        asterisk.Requests.Break(IsDial, done: true);
        asterisk.Requests.Break(static request => request.Segments is ["channels", _, "variable"] && request.Method == "GET", done: false, times: 3);
        var caller = asterisk.Arrive("+12025550101");

        await engine.InStateAsync(CallIds.ForArrival(caller.Id, null), CallState.Connected);
        Assert.Single(asterisk.Requests.All, IsDial);
    }

    private static bool IsDial(FakeRequest request) => request is { Method: "POST", Segments: ["channels", _, "dial"] };
}
