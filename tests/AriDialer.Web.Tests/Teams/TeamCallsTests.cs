using System.Net.Http.Json;
using AriDialer.Calls;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.History;
using AriDialer.Web.Features.Phones;
using AriDialer.Web.Features.Recents;
using AriDialer.Web.Features.Security;
using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.Teams;

/// <summary>What is told of a team before, during and after calls to it.</summary>
public sealed class TeamCallsTests : IAsyncLifetime
{
    private TestApp _app = null!;
    private CallParty _alice = null!;
    private CallParty _bob = null!;
    private CallParty _team = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        _alice = new CallParty(await _app.AddPersonAsync("Alice", number: "+12025550101"), "+12025550101", "Alice");
        _bob = new CallParty(await _app.AddPersonAsync("Bob"), null, "Bob");
        await _app.AddPersonAsync("Sam", "supervisor");
        _team = new CallParty(null, SomeTeams.Number, "Sales") { TeamId = await _app.AddTeamAsync(_alice.UserId!, _bob.UserId!) };
        await _app.Get<CallRows>().WriteAsync([Rung("c1"), Rung("c2") with { Team = null, Callee = _alice }], CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task History_OfACallThatOneOfTheTeamAnswered_NamesBoth()
    {
        await AnswerAsync();
        var row = (await _app.RowsAsync())[0];
        Assert.Equal((_team.TeamId, "Sales", _bob.UserId, "Bob", null), (row.TeamId, row.TeamName, row.CalleeUserId, row.CalleeName, row.CalleeNumber));

        var sam = await _app.SignInAsync("Sam");
        await sam.GetAsync("/history");
        Assert.Contains("answered by Bob", sam.Text);
        Assert.Contains($"data-dial=\"{PhoneNames.DialForTeam(_team.TeamId!)}\"", sam.Html);
        await sam.GetAsync("/history/c1");
        Assert.Contains("to Sales</h1>", sam.Text);
        await sam.GetAsync("/history/export");
        Assert.Contains("Bob,,Sales,completed", sam.Text);
    }

    [Fact]
    public async Task History_OfWhoWasRungAlong_SaysWhoAnsweredElsewhere()
    {
        await AnswerAsync();
        var alice = await _app.SignInAsync("Alice");

        await alice.GetAsync("/history");
        Assert.Contains("Answered elsewhere", alice.Text);
        await alice.GetAsync("/history/c1");
        Assert.Contains("It rang at your phones too, and was answered by Bob.", alice.Text);
        var recent = (await RecentAsync(_alice)).Single(call => call.Id == "c1");
        Assert.Equal((RecentKind.Elsewhere, "Sales, answered by Bob", "+442079460123"), (recent.Kind, recent.Result, recent.Number));

        var bob = await _app.SignInAsync("Bob");
        await bob.GetAsync("/history");
        Assert.DoesNotContain("Answered elsewhere", bob.Text);
        Assert.Equal("Sales, incoming, 1:00", Assert.Single(await RecentAsync(_bob)).Result);
    }

    [Fact]
    public async Task Recents_OfACallThatNobodyOfTheTeamTook_AreMissedByAll()
    {
        await _app.Get<CallRows>().WriteAsync([Rung("c1") with { Version = 2, State = CallState.Ended, EndedAt = Some.Noon.AddSeconds(50), End = new CallEnd(EndedBy.System, EndReasons.NoAnswer, 19) }], CancellationToken.None);

        foreach (var member in new[] { _alice, _bob })
        {
            var recent = (await RecentAsync(member)).Single(call => call.Id == "c1");
            Assert.Equal((RecentKind.Missed, "Sales, missed"), (recent.Kind, recent.Result));
        }
    }

    [Fact]
    public async Task Recents_OfWhoCalledTheTeam_CallTheTeamAgain()
    {
        await _app.Get<CallRows>().WriteAsync([Rung("c3") with { Caller = _alice, Direction = CallDirection.Internal }], CancellationToken.None);

        var recent = (await RecentAsync(_alice)).Single(call => call.Id == "c3");

        Assert.Equal((RecentKind.Outgoing, "Sales", _team.TeamId, null), (recent.Kind, recent.Title, recent.TeamId, recent.PersonId));
    }

    [Theory]
    [InlineData("?team={team}", true)]
    [InlineData("?team=11111111-1111-1111-1111-111111111111", false)]
    [InlineData("?q=sales", true)]
    [InlineData("?q=support", false)]
    public async Task History_IsFilteredByTeam(string query, bool finds)
    {
        await AnswerAsync();
        var sam = await _app.SignInAsync("Sam");

        await sam.GetAsync("/history" + query.Replace("{team}", _team.TeamId, StringComparison.Ordinal));

        Assert.Equal(finds, sam.Html.Contains("/history/c1", StringComparison.Ordinal));
        Assert.DoesNotContain("href=\"/history/c2\"", sam.Html);
        Assert.Contains($"value=\"{_team.TeamId}\"", sam.Html);
    }

    [Theory]
    [InlineData("sal")]
    [InlineData("Sales")]
    [InlineData("(202) 555-0110")]
    public async Task Preview_OfTheTeam_SaysHowManyAreFree(string text)
    {
        var sam = (await _app.WithDatabaseAsync(database => Task.FromResult(database.Users.Single(user => user.DisplayName == "Sam")))).Id;
        await PhoneOfAsync("Alice");
        await PhoneOfAsync("Bob");
        using var open = _app.Get<OpenConnections>().Add(_alice.UserId!, "sign-in", isPhone: true, _ => Task.CompletedTask);

        var preview = await _app.Get<NumberPreviews>().ResolveAsync(text, sam, CancellationToken.None);

        var person = Assert.Single(preview.People);
        Assert.Equal(("Sales", new TeamView(2, 1), PhoneNames.DialForTeam(_team.TeamId!)), (person.Name, person.Team, person.Dial));
        var isNumber = preview.Kind == PreviewKind.Number;
        Assert.Equal(isNumber ? SomeTeams.Number : person.Dial, preview.Dial);
        Assert.Equal(isNumber ? (person.Team, "Sales") : (null, null), (preview.Team, preview.Name));
    }

    [Fact]
    public async Task Dialplan_IsToldWhomTheTeamsNumberRings_WhileAriDialerIsAway()
    {
        var alice = await PhoneOfAsync("Alice");
        var bob = await PhoneOfAsync("Bob");
        _app.Get<PhonePushes>().RoundIsDue();

        var both = string.Join('&', new[] { alice, bob }.Order().Select(endpoint => $"PJSIP/{endpoint}"));
        await FallbackAsync(both);
        var admin = await AdminAsync();
        await admin.PostAsync($"/teams/{_team.TeamId}", ("Input.Name", "Sales"), ("Input.Number", SomeTeams.Number), ("Input.Members", _alice.UserId!));
        await FallbackAsync($"PJSIP/{alice}");
        await admin.PostAsync($"/teams/{_team.TeamId}/delete");
        await FallbackAsync("");
    }

    private Task FallbackAsync(string expected) => Some.Eventually(
        () => Task.FromResult(_app.Asterisk.Globals.TryGetValue("ARIDIALER_RING_12025550110", out var ring) && ring == expected), $"the fallback rings '{expected}'");

    private async Task<Browser> AdminAsync()
    {
        await _app.AddPersonAsync("Ada", "administrator");
        return await _app.SignInAsync("Ada");
    }

    private async Task<string> PhoneOfAsync(string name)
    {
        await _app.Asterisk.ConnectedAsync();
        var answer = await (await _app.SignInAsync(name)).PostScriptAsync("/phone/session");
        return (await answer.Content.ReadFromJsonAsync<PhoneSessionView>())!.Endpoint;
    }

    private Task<IReadOnlyList<RecentCall>> RecentAsync(CallParty person) => _app.Get<RecentCalls>().OfAsync(person.UserId!, "US", CancellationToken.None);

    private CallSnapshot Rung(string id) => Some.Call(id) with
    {
        Callee = _team,
        Team = _team,
        Legs = [Ringing($"{id}.leg1", _alice), Ringing($"{id}.leg2", _bob)],
    };

    private static LegSnapshot Ringing(string channelId, CallParty party) =>
        new(channelId, "web-abc", null, party.UserId, LegState.Ringing) { Party = party, Role = LegRole.Called };

    // Bob has answered, talked for a minute, and hung up.
    private async Task AnswerAsync()
    {
        var talk = Rung("c1") with
        {
            Version = 2,
            State = CallState.Connected,
            Callee = _bob,
            AnsweredAt = Some.Noon.AddSeconds(5),
            Legs = [Ringing("c1.leg1", _alice) with { State = LegState.Gone }, Some.Leg("c1.leg2", LegRole.Called, _bob)],
        };
        var pending = Some.Told(1, talk);
        pending.Add(Some.Told(2, talk with
        {
            Version = 3,
            State = CallState.Ended,
            EndedAt = Some.Noon.AddSeconds(65),
            End = new CallEnd(EndedBy.Customer, EndReasons.Completed, 16),
        }));
        await _app.Get<CallRows>().WriteAsync([pending], CancellationToken.None);
    }
}
