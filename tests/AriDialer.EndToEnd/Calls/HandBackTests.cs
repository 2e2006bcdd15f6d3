using AriDialer.Ari;
using AriDialer.Calls;
using AriDialer.Calls.Routing;
using AriDialer.Calls.Stasis;
using AriDialer.EndToEnd.House;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AriDialer.EndToEnd.Calls;

/// <summary>The engine alone, with a routing of the test's own, gives a caller back to a place of the dialplan's.</summary>
public sealed class HandBackTests(TestHouse house) : CallTest(house)
{
    [Fact]
    public async Task Routing_NamesAPlace_TheCallGoesOnThereWithItsResult()
    {
        using var engine = Engine(static (_, _) => ValueTask.FromResult<RouteDecision>(
            new HandBack(CallDirection.Inbound, CallParty.Unknown, CallParty.Unknown, new DialplanPlace("test-place", "+12025550174", 3))));
        await engine.StartAsync();
        var link = engine.Services.GetRequiredService<AsteriskLink>();
        await Eventually.TrueAsync(() => Task.FromResult(link.IsConnected), static () => "The engine has no link to Asterisk.");

        await using var call = House.Outside.CallsAndWaits("+12025550173");
        await call.SucceedsAsync();

        Assert.Matches("^\\+12025550174/handed-back/[A-Za-z0-9-]+$", await House.Ari.GlobalAsync("TEST_PLACE"));
        await engine.StopAsync();
    }

    private IHost Engine(CallRouting routing)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAri(options =>
        {
            options.Url = House.Asterisk.AriUrl;
            options.Username = House.Asterisk.Username;
            options.Password = House.Asterisk.Password;
            options.App = "handback";
        });
        builder.Services.AddCalls();
        builder.Services.AddSingleton(routing);
        return builder.Build();
    }
}
