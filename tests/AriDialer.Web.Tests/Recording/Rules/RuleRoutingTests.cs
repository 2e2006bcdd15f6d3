using AriDialer.Calls;
using AriDialer.Calls.Routing;
using AriDialer.Web.Tests.Dialing;

namespace AriDialer.Web.Tests.Recording.Rules;

public sealed class RuleRoutingTests(RoutingHouse house) : IClassFixture<RoutingHouse>
{
    [Theory]
    [InlineData("", "on demand")]
    [InlineData("demand", "on demand")]
    [InlineData("never", "never")]
    [InlineData("never announce beep", "never")]
    [InlineData("always", "always")]
    [InlineData("always announce", "always sound:conf-now-recording")]
    [InlineData("always announce beep", "always sound:conf-now-recording sound:beep")]
    [InlineData("demand beep", "on demand sound:beep")]
    public async Task Call_FromOutside_CarriesWhatItsRuleSays(string rules, string recording)
    {
        await house.App.SetRulesAsync(rules, house.Id);

        Assert.Equal(recording, Describe(await house.FromOutsideAsync("bob")));
    }

    [Fact]
    public async Task Call_AfterForwarding_CarriesTheRuleOfWhomItRingsNow()
    {
        await house.RulesAsync("bob unanswered>carol");
        await house.App.SetRulesAsync("always bob; never carol", house.Id);

        Assert.Equal("always", Describe(await house.FromOutsideAsync("bob")));
        Assert.Equal("never", Describe(await house.FromOutsideAsync("bob", EndReasons.NoAnswer)));
    }

    [Fact]
    public async Task Call_ForwardedOutside_IsStillOneWithTheCaller()
    {
        await house.RulesAsync("bob always>+493012345678");
        await house.App.SetRulesAsync("never +49; always +44", house.Id);

        Assert.Equal("always", Describe(await house.FromOutsideAsync("bob")));
    }

    [Fact]
    public async Task Call_ToANumber_CarriesTheRuleOfThatNumber()
    {
        await house.RulesAsync("");
        await house.App.SetRulesAsync("never outbound +44; always", house.Id);

        Assert.Equal("never", Describe(await house.FromPersonAsync("alice", RoutingHouse.Outside)));
        Assert.Equal("always", Describe(await house.FromPersonAsync("alice", "+12025550102")));
    }

    [Fact]
    public async Task Call_ToATeam_CarriesTheTeamsRule_AlsoWhereItGoesOn()
    {
        await house.RulesAsync("");
        await house.TeamAsync("alice bob >carol");
        await house.App.SetRulesAsync("always @sales; never", house.Id);

        Assert.Equal("always", Describe(await house.FromOutsideAsync("sales")));
        Assert.Equal("always", Describe(await house.FromOutsideAsync("sales", EndReasons.NoAnswer)));
        Assert.Equal("never", Describe(await house.FromOutsideAsync("carol")));
    }

    [Fact]
    public async Task Call_ToATeam_CarriesTheRuleOfEachWhoMayAnswer()
    {
        await house.RulesAsync("");
        await house.TeamAsync("alice bob");
        await house.App.SetRulesAsync("never alice; always @sales", house.Id);

        var ring = Assert.IsType<RingTargets>(await house.FromOutsideAsync("sales"));

        Assert.Equal("always", Describe(ring));
        Assert.Equal([RecordingRule.Never, null], ring.Targets.Select(target => target.Recording));
    }

    private static string Describe(RouteDecision decision)
    {
        var rule = Assert.IsType<RingTargets>(decision).Recording;
        var mode = (rule.Allowed, rule.Starts) switch { (false, _) => "never", (_, true) => "always", _ => "on demand" };
        return string.Join(' ', [mode, .. rule.Announcement]);
    }
}
