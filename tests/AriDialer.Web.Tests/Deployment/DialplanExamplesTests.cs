using AriDialer.Ari;
using AriDialer.Calls;
using AriDialer.Calls.Routing;
using AriDialer.Calls.Stasis;
using AriDialer.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AriDialer.Web.Tests.Deployment;

/// <summary>The examples of docs/dialplan.md, run as they stand there.</summary>
public sealed class DialplanExamplesTests
{
    private const string Globals = """
        [globals]
        ARIDIALER_RING_12025550101=Local/s@probe-phone
        PORTER=Local/s@probe-phone

        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Documentation_Examples_AreTheFilesThatAreTested()
    {
        var text = await File.ReadAllTextAsync(RepositoryRoot.File("docs", "dialplan.md"), Cancel);

        var examples = Directory.GetFiles(RepositoryRoot.File("asterisk-config", "examples"));
        Assert.NotEmpty(examples);
        foreach (var example in examples)
            Assert.Contains($"```ini\n{await File.ReadAllTextAsync(example, Cancel)}```", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Number_AriDialerAway_RingsThePersonThroughTheFallback()
    {
        await using var asterisk = await StartAsync("number");
        Assert.Equal("ANSWER 16", await Probe.CallAsync(asterisk, "office", "+12025550101", Cancel));
    }

    [Theory]
    [InlineData(EndReasons.Busy, "BUSY 17")]
    [InlineData(EndReasons.NoAnswer, "NOANSWER 19")]
    [InlineData(EndReasons.Unavailable, "CHANUNAVAIL 20")]
    public async Task Number_AriDialerCannotConnect_GivesTheCallBackWithItsReason(string reason, string result)
    {
        await using var asterisk = await StartAsync("number");
        using var host = await StartAriDialerAsync(asterisk, (request, _) => ValueTask.FromResult<RouteDecision>(
            new RefuseCall(CallDirection.Inbound, CallParty.Unknown, new CallParty(null, request.Dialled, null), reason)));

        Assert.Equal(result, await Probe.CallAsync(asterisk, "office", "+12025550101", Cancel));
        await host.StopAsync(Cancel);
    }

    [Fact]
    public async Task Menu_NobodyPresses_SaysGoodbyeAndEnds()
    {
        await using var asterisk = await StartAsync("menu");
        Assert.Equal("ANSWER 16", await Probe.CallAsync(asterisk, "reception", "s", Cancel));
    }

    [Fact]
    public async Task Away_AriDialerAway_AnswersBeforeItRingsThePorter()
    {
        await using var asterisk = await StartAsync("away");
        Assert.Equal("ANSWER 16", await Probe.CallAsync(asterisk, "night", "+12025550101", Cancel));
    }

    private static async Task<RealAsterisk> StartAsync(string example)
    {
        var text = await File.ReadAllTextAsync(RepositoryRoot.File("asterisk-config", "examples", example + ".conf"), Cancel);
        return await RealAsterisk.StartAsync(dialplan: Globals + text + Probe.Dialplan, cancellationToken: Cancel);
    }

    private static async Task<IHost> StartAriDialerAsync(RealAsterisk asterisk, CallRouting routing)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(routing);
        builder.Services.AddLogging();
        builder.Services.AddAri(options =>
        {
            options.Url = asterisk.AriUrl;
            options.Username = asterisk.Username;
            options.Password = asterisk.Password;
            options.App = "aridialer";
        });
        builder.Services.AddCalls();
        var host = builder.Build();
        await host.StartAsync(Cancel);
        var link = host.Services.GetRequiredService<AsteriskLink>();
        while (!link.IsConnected)
            await Task.Delay(20, Cancel);
        return host;
    }
}
