using AriDialer.Calls;
using AriDialer.Calls.Routing;
using AriDialer.Web.Features.Dialing;

namespace AriDialer.Web.Tests.Dialing;

/// <summary>Transfers, questions, additions and recalls: who is rung, and what their phones show.</summary>
public sealed class InCallRoutingTests(RoutingHouse house) : IClassFixture<RoutingHouse>
{
    [Theory]
    // A number, a colleague's number, a name, what pages send for a person.
    [InlineData("+442079460199", "rings +442079460199 as +12025550102 Jane")]
    [InlineData("011442079460199", "rings +442079460199 as +12025550102 Jane")]
    [InlineData("(202) 555-0103", "rings carol")]
    [InlineData(" Carol ", "rings carol")]
    [InlineData("car", "rings carol")]
    [InlineData("{carol}", "rings carol")]
    // A place of the dialplan.
    [InlineData("front DESK", "goes to reception,s,2")]
    [InlineData("place-front-desk", "goes to reception,s,2")]
    [InlineData("place-elsewhere", "refused invalid-number")]
    // Oneself, the other side, nobody, nonsense, and what is not to be called.
    [InlineData("{bob}", "refused not-allowed")]
    [InlineData("Bob", "refused invalid-number")]
    [InlineData("+12025550102", "refused not-allowed")]
    [InlineData("+442079460123", "refused not-allowed")]
    [InlineData("", "refused invalid-number")]
    [InlineData("Nobody", "refused invalid-number")]
    [InlineData("2025550103&PJSIP/other", "refused invalid-number")]
    [InlineData("+442079460123@elsewhere", "refused invalid-number")]
    [InlineData("911", "refused not-allowed")]
    [InlineData("{dave}", "refused unavailable")]
    public async Task Transfer_ByBob_GoesWhereHeSays(string to, string expected)
    {
        await house.RulesAsync("");

        Assert.Equal(expected, house.Describe(await house.InCallAsync(RoutePurpose.Transfer, house.Id("bob"), Named(to)!)));
    }

    [Theory]
    [InlineData("carol always>alice", "", "rings alice")]
    [InlineData("carol always>bob", "", "refused unavailable")]
    [InlineData("carol always>+442079460123", "", "refused unavailable")]
    [InlineData("carol unanswered>alice", "no-answer", "rings alice")]
    [InlineData("carol dnd", "", "refused busy")]
    [InlineData("carol dnd, carol voicemail", "", "refused busy")]
    [InlineData("carol always>voicemail, carol voicemail", "", "refused unavailable")]
    public async Task Transfer_ToCarol_FollowsHerRulesButNotToHerMailbox(string rules, string unanswered, string expected)
    {
        await house.RulesAsync(rules);

        var decision = await house.InCallAsync(
            RoutePurpose.Transfer, house.Id("bob"), house.Dial("carol"), null, unanswered.Split(',', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(expected, house.Describe(decision));
    }

    [Theory]
    [InlineData(RoutePurpose.Transfer, "+442079460123", "Jane")]
    [InlineData(RoutePurpose.Ask, "+12025550102", "Bob")]
    [InlineData(RoutePurpose.Add, "+12025550102", "Bob")]
    public async Task RungPhone_OfAColleague_ShowsWhoWillTalkToThem(RoutePurpose purpose, string number, string name)
    {
        await house.RulesAsync("carol voicemail");

        var ring = Assert.IsType<RingTargets>(await house.InCallAsync(purpose, house.Id("bob"), house.Dial("carol")));

        Assert.Equal(new DialTarget($"PJSIP/{house.Endpoint("carol")}", number, name, house.Id("carol")), Assert.Single(ring.Targets));
        Assert.Equal((name, house.Id("carol")), (ring.Caller.Name, ring.Callee.UserId));
        Assert.False(ring.AskAgain);
    }

    [Theory]
    [InlineData(RoutePurpose.Ask)]
    [InlineData(RoutePurpose.Add)]
    public async Task AskAndAdd_APlace_IsNothingThatCanBeRung(RoutePurpose purpose)
    {
        await house.RulesAsync("");

        Assert.Equal("refused invalid-number", house.Describe(await house.InCallAsync(purpose, house.Id("bob"), "Front desk")));
        Assert.Equal("rings +442079460199 as +12025550102 Bob", house.Describe(await house.InCallAsync(purpose, house.Id("bob"), "+442079460199")));
    }

    [Fact]
    public async Task Transfer_OfAColleagueToThemselves_IsRefused()
    {
        await house.RulesAsync("");
        var alice = new CallParty(house.Id("alice"), "+12025550101", "Alice");

        Assert.Equal("refused not-allowed", house.Describe(await house.InCallAsync(RoutePurpose.Transfer, house.Id("bob"), house.Dial("alice"), alice)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task Transfer_ByNobodyOfOurs_IsRefused(string? byUserId) =>
        Assert.Equal("refused not-allowed", house.Describe(await house.InCallAsync(RoutePurpose.Transfer, byUserId, "+442079460199")));

    [Fact]
    public async Task Recall_OfBob_RingsHisOwnPhonesAndNothingElse()
    {
        await house.RulesAsync("bob always>carol, bob dnd, bob voicemail");

        var ring = Assert.IsType<RingTargets>(await house.InCallAsync(RoutePurpose.Recall, house.Id("bob"), ""));

        Assert.Equal(new DialTarget($"PJSIP/{house.Endpoint("bob")}", "+442079460123", "Jane", house.Id("bob")), Assert.Single(ring.Targets));
        Assert.False(ring.AskAgain);
        Assert.Equal("refused unavailable", house.Describe(await house.InCallAsync(RoutePurpose.Recall, house.Id("dave"), "")));
    }

    [Fact]
    public async Task Reconnect_OfBob_RingsThatOneOfHisPhones_AndNobodyElses()
    {
        await house.RulesAsync("bob always>carol, bob dnd");

        var ring = Assert.IsType<RingTargets>(await house.InCallAsync(RoutePurpose.Reconnect, house.Id("bob"), house.Endpoint("bob")));

        Assert.Equal(new DialTarget($"PJSIP/{house.Endpoint("bob")}", "+442079460123", "Jane", house.Id("bob")), Assert.Single(ring.Targets));
        foreach (var endpoint in new[] { house.Endpoint("carol"), "aridialer-trunk", "web-nobody", "" })
        {
            Assert.Equal("refused unavailable", house.Describe(await house.InCallAsync(RoutePurpose.Reconnect, house.Id("bob"), endpoint)));
        }
    }

    [Fact]
    public async Task Rows_AreMadeForCallsOnly()
    {
        await house.RulesAsync("");
        var before = await house.App.RowsAsync();

        await house.InCallAsync(RoutePurpose.Transfer, house.Id("bob"), house.Dial("carol"));

        Assert.Equal(before.Count, (await house.App.RowsAsync()).Count);
    }

    [Theory]
    [InlineData("Front desk", nameof(PreviewKind.Place), "place-front-desk")]
    [InlineData("fro", nameof(PreviewKind.Place), "place-front-desk")]
    [InlineData("Carol", nameof(PreviewKind.Person), "{carol}")]
    [InlineData("Back desk", nameof(PreviewKind.Invalid), null)]
    public async Task Preview_OfAPlacesName_IsThePlace(string text, string kind, string? dial)
    {
        var preview = await house.App.Get<NumberPreviews>().ResolveAsync(text, house.Id("bob"), CancellationToken.None);

        Assert.Equal((kind, Named(dial)), (preview.Kind.ToString(), preview.Dial));
    }

    private string? Named(string? to) => to?.Split('{', '}') is [_, var name, _] ? house.Dial(name) : to;
}
