using AriDialer.Testing;

namespace AriDialer.Web.Tests.Deployment;

/// <summary>The shipped dialplan while the web app is away, and the demo's pretend network.</summary>
public sealed class DialplanTests(DialplanTests.Running running) : IClassFixture<DialplanTests.Running>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("+12025550199", "BUSY 17")]
    [InlineData("+12025550198", "NOANSWER 0")]
    [InlineData("+12025550197", "CHANUNAVAIL 38")]
    [InlineData("+12025550196", "ANSWER 16")]
    [InlineData("+12025550142", "ANSWER 16")]
    [InlineData("+442079460123", "ANSWER 16")]
    [InlineData("+442079460199", "BUSY 17")]
    [InlineData("+12345", "CHANUNAVAIL 1")]
    [InlineData("+12125550142", "CHANUNAVAIL 1")]
    [InlineData("2025550142", "CHANUNAVAIL 28")]
    public async Task DemoNetwork_Called_EndsAsTheNumberSays(string number, string result) =>
        Assert.Equal(result, await Probe.CallAsync(running.Asterisk, "aridialer-demo-network", number, Cancel));

    [Theory]
    [InlineData("aridialer-trunk", "+12025550101", "ANSWER 16")]
    [InlineData("aridialer-trunk", "12025550101", "ANSWER 16")]
    [InlineData("aridialer-trunk", "+12025550102", "CHANUNAVAIL 20")]
    [InlineData("aridialer-trunk", "+12025550199", "CHANUNAVAIL 1")]
    [InlineData("aridialer-phones", "+12025550101", "ANSWER 16")]
    [InlineData("aridialer-phones", "+12025550199", "BUSY 17")]
    [InlineData("aridialer-phones", "+12345", "CHANUNAVAIL 1")]
    [InlineData("aridialer-phones", "person-0a1b2c", "CHANUNAVAIL 20")]
    [InlineData("aridialer-phones", "echo", "ANSWER 16")]
    public async Task Fallback_WebAppAway_RingsThePhoneOrTheTrunk(string context, string number, string result) =>
        Assert.Equal(result, await Probe.CallAsync(running.Asterisk, context, number, Cancel));

    [Fact]
    public async Task Fallback_LettersInTheNumber_NeverReachTheDialString() =>
        Assert.Equal("BUSY 17", await Probe.CallAsync(running.Asterisk, "aridialer-phones", "+120255501evil99", Cancel));

    /// <summary>One Asterisk for all: the web app's globals are set as it would set them, the app itself is not there.</summary>
    public sealed class Running : IAsyncLifetime
    {
        private const string Globals = """
            [globals]
            ARIDIALER_RING_12025550101=Local/s@probe-phone
            ARIDIALER_RING_12025550102=PJSIP/nobody
            ARIDIALER_TRUNK_BEFORE=Local/
            ARIDIALER_TRUNK_AFTER=@aridialer-demo-network

            """;

        public RealAsterisk Asterisk { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Asterisk = await RealAsterisk.StartAsync(dialplan: Globals + Probe.Dialplan);

        public ValueTask DisposeAsync() => Asterisk.DisposeAsync();
    }
}
