using AriDialer.Calls;
using AriDialer.Calls.Routing;
using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.Dialing;

public sealed class ForwardingTests(RoutingHouse house) : IClassFixture<RoutingHouse>
{
    private const string Unavailable = "sound:vm-theperson digits:12025550102 sound:vm-isunavail sound:vm-intro";
    private const string OnPhone = "sound:vm-theperson digits:12025550102 sound:vm-isonphone sound:vm-intro";

    [Theory]
    // Nothing chosen.
    [InlineData("", "", "rings bob")]
    // Always.
    [InlineData("bob always>carol", "", "rings carol")]
    [InlineData("bob always>carol, bob dnd", "", "rings carol")]
    [InlineData("bob always>+442079460199", "", "rings +442079460199 as +12025550102 Jane")]
    [InlineData("bob always>+12025550103", "", "rings carol")]
    [InlineData("bob always>voicemail, bob voicemail", "", "message bob " + Unavailable)]
    [InlineData("bob always>voicemail", "", "refused unavailable")]
    [InlineData("bob always>dave, bob voicemail", "", "message bob " + Unavailable)]
    // Not to be disturbed, or busy.
    [InlineData("bob dnd", "", "refused busy")]
    [InlineData("bob dnd, bob busy>carol", "", "rings carol")]
    [InlineData("bob dnd, bob unanswered>carol", "", "refused busy")]
    [InlineData("bob dnd, bob voicemail", "", "message bob " + Unavailable)]
    [InlineData("bob busy>carol", "busy", "rings carol")]
    [InlineData("bob busy>carol", "rejected", "rings carol")]
    [InlineData("bob busy>voicemail, bob voicemail", "busy", "message bob " + OnPhone)]
    [InlineData("bob busy>carol", "no-answer", "refused no-answer")]
    // Nobody answers.
    [InlineData("bob unanswered>carol", "no-answer", "rings carol")]
    [InlineData("bob unanswered>carol", "unavailable", "rings carol")]
    [InlineData("bob unanswered>carol", "failed", "rings carol")]
    [InlineData("bob unanswered>carol", "busy", "refused busy")]
    [InlineData("bob unanswered>carol, bob voicemail", "rejected", "message bob " + Unavailable)]
    [InlineData("bob voicemail", "no-answer", "message bob " + Unavailable)]
    [InlineData("bob voicemail", "busy", "message bob " + OnPhone)]
    [InlineData("bob voicemail", "cancelled", "refused cancelled")]
    [InlineData("bob unanswered>+442079460199, bob voicemail", "no-answer,no-answer", "message bob " + Unavailable)]
    [InlineData("bob always>+442079460199, bob unanswered>carol", "no-answer", "rings carol")]
    // Sent on more than once: the last one's rules count, and their mailbox before the first one's.
    [InlineData("bob unanswered>carol, carol unanswered>alice", "no-answer,no-answer", "rings alice")]
    [InlineData("bob unanswered>carol, bob voicemail", "no-answer,no-answer", "message bob " + Unavailable)]
    [InlineData("bob unanswered>carol, bob voicemail, carol voicemail", "no-answer,no-answer",
        "message carol sound:vm-theperson digits:12025550103 sound:vm-isunavail sound:vm-intro")]
    [InlineData("bob always>carol, carol dnd, carol busy>alice", "", "rings alice")]
    // Loops: nobody is rung twice, and the caller is not called back.
    [InlineData("bob always>bob", "", "refused unavailable")]
    [InlineData("bob always>carol, carol always>bob", "", "refused unavailable")]
    [InlineData("bob unanswered>carol, carol unanswered>bob", "no-answer,no-answer", "refused no-answer")]
    [InlineData("bob unanswered>carol, carol unanswered>+12025550102", "no-answer,no-answer", "refused no-answer")]
    [InlineData("bob busy>carol, carol always>bob", "busy", "refused unavailable")]
    [InlineData("bob always>carol, carol always>bob, bob voicemail", "", "message bob " + Unavailable)]
    [InlineData("bob unanswered>+442079460199, carol always>bob", "no-answer,busy", "refused busy")]
    [InlineData("bob always>+442079460123", "", "refused unavailable")]
    // The greeting of one's own.
    [InlineData("bob voicemail, bob greeting", "no-answer", "message bob recording:greeting-{bob}")]
    public async Task FromOutside_ForBob_GoesWhereTheRulesSay(string rules, string unanswered, string expected)
    {
        await house.RulesAsync(rules);

        var decision = await house.FromOutsideAsync("bob", unanswered.Split(',', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(expected.Replace("{bob}", house.Id("bob"), StringComparison.Ordinal), house.Describe(decision));
    }

    [Theory]
    [InlineData("", "refused unavailable")]
    [InlineData("dave unanswered>carol", "rings carol")]
    [InlineData("dave busy>carol", "refused unavailable")]
    [InlineData("dave unanswered>voicemail, dave voicemail", "message dave sound:vm-theperson digits:12025550104 sound:vm-isunavail sound:vm-intro")]
    public async Task FromOutside_ForDaveWithoutAPhone_IsUnansweredAtOnce(string rules, string expected)
    {
        await house.RulesAsync(rules);

        Assert.Equal(expected, house.Describe(await house.FromOutsideAsync("dave")));
    }

    [Theory]
    [InlineData("bob always>alice", "refused unavailable")]
    [InlineData("bob always>carol, carol always>alice", "refused unavailable")]
    [InlineData("bob always>+12025550101", "refused unavailable")]
    [InlineData("bob always>+442079460199", "rings +442079460199 as +12025550102 Alice")]
    public async Task FromAlice_ForBobWhoSendsCallsOn_NeverComesBackToHer(string rules, string expected)
    {
        await house.RulesAsync(rules);

        Assert.Equal(expected, house.Describe(await house.FromPersonAsync("alice", house.Dial("bob"))));
    }

    [Fact]
    public async Task FromAlice_ForZoeWithoutANumber_HearsThatNobodyIsThere()
    {
        await house.RulesAsync("zoe voicemail, zoe always>+442079460199, zoe unanswered>carol");

        Assert.Equal("rings +442079460199 as +12025550100 Alice", house.Describe(await house.FromPersonAsync("alice", house.Dial("zoe"))));
        Assert.Equal("rings carol", house.Describe(await house.FromPersonAsync("alice", house.Dial("zoe"), EndReasons.Failed)));
        Assert.Equal(
            "message zoe sound:vm-nobodyavail sound:vm-intro",
            house.Describe(await house.FromPersonAsync("alice", house.Dial("zoe"), EndReasons.Failed, EndReasons.NoAnswer)));
    }

    [Fact]
    public async Task Ring_WhereNothingCanFollow_DoesNotAskAgain()
    {
        await house.RulesAsync("bob 20, carol unanswered>voicemail");

        var ring = Assert.IsType<RingTargets>(await house.FromOutsideAsync("bob"));
        Assert.False(ring.AskAgain);
        Assert.Equal([house.Id("bob")], ring.Trail);
        Assert.Equal(TimeSpan.FromSeconds(20), ring.RingFor);
        Assert.False(Assert.IsType<RingTargets>(await house.FromOutsideAsync("carol")).AskAgain);
    }

    [Fact]
    public async Task Forward_OfManyHops_EndsAfterTheFifth()
    {
        var names = Enumerable.Range(1, 8).Select(n => $"hop{n}").ToArray();
        var ids = new List<string>();
        foreach (var name in names)
        {
            ids.Add(await house.App.AddPersonAsync(name));
        }

        await house.RulesAsync($"bob always>+12025550104");
        await ForwardAsync(house.Id("dave"), ids[0]);
        for (var hop = 0; hop < 7; hop++)
        {
            await ForwardAsync(ids[hop], ids[hop + 1]);
        }

        // Bob, Dave, and four of the others have been asked; the fifth is one hop too far.
        var refused = Assert.IsType<RefuseCall>(await house.FromOutsideAsync("bob"));
        Assert.Equal((EndReasons.Unavailable, ids[3]), (refused.Reason, refused.Callee.UserId));

        Task ForwardAsync(string from, string to) => house.App.Get<Features.Dialing.CallRules>().ChangeAsync(
            from, settings => settings.Always = new Data.CallForward(Data.ForwardTo.Colleague, null, to), CancellationToken.None);
    }

    [Fact]
    public async Task FromOutside_ForSomebodyWhoTalks_RingsUnlessTheyHaveARuleForThat()
    {
        await house.RulesAsync("");
        var asterisk = house.App.Asterisk;
        asterisk.OnDial = channel => channel.Answer();
        var caller = asterisk.Arrive("+12025550102");
        await Some.Eventually(
            () => Task.FromResult(house.App.Get<CallDirectory>().Live.Any(call => call.LegOf(house.Id("bob")) is not null)), "Bob talks");
        try
        {
            Assert.Equal("rings bob", house.Describe(await house.FromOutsideAsync("bob")));
            await house.RulesAsync("bob busy>carol");
            Assert.Equal("rings carol", house.Describe(await house.FromOutsideAsync("bob")));
            await house.RulesAsync("bob busy>voicemail, bob voicemail");
            Assert.Equal("message bob " + OnPhone, house.Describe(await house.FromOutsideAsync("bob")));
        }
        finally
        {
            asterisk.OnDial = null;
            caller.HangUp();
        }
    }
}
