using AriDialer.Calls;
using AriDialer.Calls.Routing;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Phones;
using AriDialer.Web.Features.Security;
using AriDialer.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Tests.Dialing;

/// <summary>Calls to a team: who is rung, what they are not asked about, and where the call goes that nobody takes.</summary>
public sealed class TeamRoutingTests(RoutingHouse house) : IClassFixture<RoutingHouse>
{
    [Theory]
    // All of it at once, each as often as they have phones.
    [InlineData("", "alice bob carol", "", "rings alice and bob and carol")]
    [InlineData("", "bob dave zoe", "", "rings bob")]
    // A member's own rules for calls to them do not count, but for not being disturbed.
    [InlineData("bob always>carol", "alice bob", "", "rings alice and bob")]
    [InlineData("bob always>voicemail, bob voicemail", "bob", "", "rings bob")]
    [InlineData("bob dnd", "alice bob", "", "rings alice")]
    [InlineData("bob dnd, bob busy>carol", "bob", "", "refused unavailable")]
    // Nobody can be rung, or nobody takes it: what the team says.
    [InlineData("", "", "", "refused unavailable")]
    [InlineData("", "dave >bob", "", "rings bob")]
    [InlineData("", "alice >bob", "no-answer", "rings bob")]
    [InlineData("", "alice >bob", "rejected", "rings bob")]
    [InlineData("", "alice >bob", "busy", "rings bob")]
    [InlineData("", "alice >bob", "cancelled", "refused cancelled")]
    [InlineData("bob always>carol", "alice >bob", "no-answer", "rings carol")]
    [InlineData("", "alice >+442079460199", "no-answer", "rings +442079460199 as +12025550110 Jane")]
    [InlineData("", "alice >+12025550103", "no-answer", "rings carol")]
    [InlineData("alice voicemail", "alice bob >voicemail@alice", "no-answer", "message alice sound:vm-nobodyavail sound:vm-intro")]
    [InlineData("alice voicemail, alice greeting", "alice bob >voicemail@alice", "no-answer", "message alice recording:greeting-{alice}")]
    [InlineData("alice voicemail", "dave >voicemail@alice", "", "message alice sound:vm-nobodyavail sound:vm-intro")]
    [InlineData("bob voicemail", "alice >bob", "no-answer,no-answer", "message bob sound:vm-nobodyavail sound:vm-intro")]
    // Loops: the team is rung once, whoever sends the call there again.
    [InlineData("", "alice >+12025550110", "no-answer", "refused no-answer")]
    [InlineData("bob always>+12025550110", "alice >bob", "no-answer", "refused unavailable")]
    [InlineData("bob unanswered>+12025550110", "alice >bob", "no-answer,no-answer", "refused no-answer")]
    public async Task FromOutside_ForTheTeam_RingsAllOfItAndGoesWhereItSays(string rules, string team, string unanswered, string expected)
    {
        await house.RulesAsync(rules);
        await house.TeamAsync(team);

        var decision = await house.FromOutsideAsync("sales", unanswered.Split(',', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(expected.Replace("{alice}", house.Id("alice"), StringComparison.Ordinal), house.Describe(decision));
        Assert.Equal((house.Id("sales"), "Sales"), (decision.Team?.TeamId, decision.Team?.Name));
    }

    [Theory]
    [InlineData("bob unanswered>carol, bob voicemail", "bob")]
    [InlineData("bob voicemail", "bob >voicemail@alice")]
    public async Task Ring_WhereNothingCanFollow_DoesNotAskAgain(string rules, string team)
    {
        await house.RulesAsync(rules);
        await house.TeamAsync(team);

        Assert.False(Assert.IsType<RingTargets>(await house.FromOutsideAsync("sales")).AskAgain);
    }

    [Fact]
    public async Task FromOutside_ForTheTeam_CallsTheTeamUntilOneAnswers()
    {
        await house.RulesAsync("bob 20");
        var id = await house.TeamAsync("alice bob");
        await house.App.WithDatabaseAsync(database => database.Calls.ExecuteDeleteAsync());

        var ring = Assert.IsType<RingTargets>(await house.FromOutsideAsync("sales"));

        Assert.Equal(new CallParty(null, RoutingHouse.TeamNumber, "Sales") { TeamId = id }, ring.Callee);
        Assert.Equal([new CallParty(house.Id("alice"), "+12025550101", "Alice"), new CallParty(house.Id("bob"), "+12025550102", "Bob")], ring.Targets.Select(target => target.Party));
        Assert.Equal((TimeSpan.FromSeconds(45), false), (ring.RingFor, ring.AskAgain));
        var row = Assert.Single(await house.App.RowsAsync(), row => row.Id == "call");
        Assert.Equal((id, "Sales", null, "Sales"), (row.TeamId, row.TeamName, row.CalleeUserId, row.CalleeName));
    }

    [Theory]
    [InlineData("+12025550110", "rings bob")]
    [InlineData("(202) 555-0110", "rings bob")]
    [InlineData("{sales}", "rings bob")]
    [InlineData("team-00000000000000000000000000000000", "refused invalid-number")]
    public async Task FromAlice_WhoIsOfTheTeam_RingsTheOthers(string dialled, string expected)
    {
        await house.RulesAsync("");
        var id = await house.TeamAsync("alice bob");

        var decision = await house.FromPersonAsync("alice", dialled.Replace("{sales}", PhoneNames.DialForTeam(id), StringComparison.Ordinal));

        Assert.Equal(expected, house.Describe(decision));
    }

    [Theory]
    [InlineData(RoutePurpose.Transfer, "sales", "rings alice and carol")]
    [InlineData(RoutePurpose.Transfer, " SAL ", "rings alice and carol")]
    [InlineData(RoutePurpose.Ask, "+12025550110", "rings alice and carol")]
    [InlineData(RoutePurpose.Add, "{sales}", "rings alice and carol")]
    [InlineData(RoutePurpose.Add, "sal es", "refused invalid-number")]
    public async Task InCall_BobWantsTheTeam_RingsItWithoutHim(RoutePurpose purpose, string to, string expected)
    {
        await house.RulesAsync("");
        var id = await house.TeamAsync("alice bob carol");

        var decision = await house.InCallAsync(purpose, house.Id("bob"), to.Replace("{sales}", PhoneNames.DialForTeam(id), StringComparison.Ordinal));

        Assert.Equal(expected, house.Describe(decision));
    }

    [Fact]
    public async Task InCall_WithAMemberWaiting_RingsNeitherOfTheTwo()
    {
        await house.RulesAsync("");
        await house.TeamAsync("alice bob carol");

        var decision = await house.InCallAsync(RoutePurpose.Transfer, house.Id("bob"), "sales", new CallParty(house.Id("alice"), "+12025550101", "Alice"));

        Assert.Equal("rings carol", house.Describe(decision));
    }

    [Theory]
    [InlineData("bob unanswered>+12025550110", "no-answer", "rings alice and carol")]
    [InlineData("bob always>+12025550110", "", "rings alice and carol")]
    [InlineData("bob always>+12025550110, bob voicemail", "no-answer", "message bob sound:vm-nobodyavail sound:vm-intro")]
    public async Task FromOutside_ForBobWhoSendsCallsToTheTeam_RingsTheTeam(string rules, string unanswered, string expected)
    {
        await house.RulesAsync(rules);
        await house.TeamAsync("alice carol");

        Assert.Equal(expected, house.Describe(await house.FromOutsideAsync("bob", unanswered.Split(',', StringSplitOptions.RemoveEmptyEntries))));
    }

    [Fact]
    public async Task FromOutside_ForAMemberWhoIsDisabled_RingsTheOthers()
    {
        await house.RulesAsync("");
        await house.TeamAsync("alice bob");
        await DisableAsync(true);
        try
        {
            Assert.Equal("rings alice", house.Describe(await house.FromOutsideAsync("sales")));
        }
        finally
        {
            await DisableAsync(false);
        }

        Task DisableAsync(bool isDisabled)
        {
            var bob = house.Id("bob");
            return house.App.WithDatabaseAsync(database =>
                database.Users.Where(user => user.Id == bob).ExecuteUpdateAsync(users => users.SetProperty(user => user.Disabled, isDisabled)));
        }
    }

    [Fact]
    public async Task FromOutside_WhileBobTalks_SparesHimOnlyWhereSomebodyElseIsFree()
    {
        await house.RulesAsync("");
        await house.TeamAsync("alice bob");
        var asterisk = house.App.Asterisk;
        asterisk.OnDial = channel => channel.Answer();
        var caller = asterisk.Arrive("+12025550102");
        await Some.Eventually(
            () => Task.FromResult(house.App.Get<CallDirectory>().Live.Any(call => call.LegOf(house.Id("bob")) is not null)), "Bob talks");
        try
        {
            // Alice's phone is open nowhere: a knock at Bob's is better than nobody.
            Assert.Equal("rings alice and bob", house.Describe(await house.FromOutsideAsync("sales")));
            using (house.App.Get<OpenConnections>().Add(house.Id("alice"), "sign-in", isPhone: true, _ => Task.CompletedTask))
            {
                Assert.Equal("rings alice", house.Describe(await house.FromOutsideAsync("sales")));
            }

            // What he says of calls while he talks holds for the team's too.
            await house.RulesAsync("bob busy>carol");
            Assert.Equal("rings alice", house.Describe(await house.FromOutsideAsync("sales")));
        }
        finally
        {
            asterisk.OnDial = null;
            caller.HangUp();
        }
    }

    [Fact]
    public async Task Ring_OfManyPhones_TakesTheFirstOfEachAndStaysWithinWhatACallCanHold()
    {
        await house.RulesAsync("");
        await house.TeamAsync("alice bob carol");
        await AddDesksAsync(30);
        // Those of other tests end a moment after them, and who still talks is not rung.
        await Some.Eventually(() => Task.FromResult(house.App.Get<CallDirectory>().Live.Count == 0), "no other call goes on");
        try
        {
            var ring = Assert.IsType<RingTargets>(await house.FromOutsideAsync("sales"));

            Assert.Equal(48, ring.Targets.Length);
            Assert.Equal([house.Id("alice"), house.Id("bob"), house.Id("carol")], ring.Targets.Take(3).Select(target => target.UserId));
        }
        finally
        {
            await house.App.WithDatabaseAsync(database => database.DeskPhones.ExecuteDeleteAsync());
        }
    }

    private Task AddDesksAsync(int each) => house.App.WithDatabaseAsync(database =>
    {
        foreach (var name in new[] { "alice", "bob" })
        {
            database.DeskPhones.AddRange(Enumerable.Range(1, each).Select(n => new DeskPhone
            {
                Endpoint = $"desk-{name}{n:00}",
                UserId = house.Id(name),
                Label = "Desk",
                ProtectedPassword = "x",
                CreatedAt = Some.Noon,
            }));
        }

        return database.SaveChangesAsync();
    });
}
