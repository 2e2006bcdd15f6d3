using System.Net;
using AriDialer.Calls;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Contacts;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.History;
using AriDialer.Web.Tests.Hosting;
using AriDialer.Web.Tests.Recording.Rules;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Tests.Teams;

public sealed class TeamPagesTests : IAsyncLifetime
{
    private TestApp _app = null!;
    private Browser _admin = null!;
    private string _ada = null!;
    private string _alice = null!;
    private string _bob = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        _ada = await _app.AddPersonAsync("Ada", "administrator");
        _alice = await _app.AddPersonAsync("Alice", number: "+12025550101");
        _bob = await _app.AddPersonAsync("Bob");
        _admin = await _app.SignInAsync("Ada");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Teams_None_SaysWhatTheyAreFor()
    {
        await _admin.GetAsync("/teams");

        Assert.Contains("No teams yet", _admin.Text);
        Assert.Contains("href=\"/teams\" aria-current=\"page\"", _admin.Html);
    }

    [Fact]
    public async Task Add_Team_IsStoredListedAndWrittenDown()
    {
        var added = await SaveAsync("/teams/add", "Sales", "(202) 555-0110", ("Input.Members", _alice), ("Input.Members", _bob), ("Input.Unanswered", "Colleague"), ("Input.UnansweredColleague", _ada));

        Assert.Equal("/teams", added.Headers.Location?.OriginalString);
        var team = Assert.Single(await TeamsAsync());
        Assert.Equal(("Sales", "+12025550110", new CallForward(ForwardTo.Colleague, null, _ada)), (team.Name, team.Number, team.WhenUnanswered));
        Assert.Equal(new[] { _alice, _bob }.Order(), team.Members.Select(member => member.UserId).Order());
        await _admin.GetAsync("/teams");
        Assert.Contains("The team Sales is added.", _admin.Text);
        Assert.Contains("(202) 555-0110", _admin.Text);
        Assert.Contains("rings Ada", _admin.Text);
        Assert.Contains($"<a href=\"/people/{_alice}\">Alice</a>", _admin.Html);
        var entry = Assert.Single(await AuditAsync());
        Assert.Equal((_ada, AuditActions.TeamAdded, team.Id), (entry.ActorId, entry.Action, entry.SubjectId));
        Assert.Equal("Sales, +12025550110: Alice, Bob; nobody answers: rings Ada", entry.Detail);
    }

    [Theory]
    [InlineData("", "", "Type the team's name.")]
    [InlineData("1-800-FLOWERS", "", "cannot look like a telephone number")]
    [InlineData("4711", "", "it needs letters")]
    [InlineData("SALES", "", "Another team is called that already.")]
    [InlineData("Support", "12", "too short")]
    [InlineData("Support", "911", "emergency number")]
    [InlineData("Support", "+1 202 555 0101", "Alice has this number already")]
    [InlineData("Support", "+1 202 555 0110", "Sales has this number already")]
    public async Task Add_WhatCannotBe_IsRefusedWithASentence(string name, string number, string sentence)
    {
        await _app.AddTeamAsync();

        var answer = await SaveAsync("/teams/add", name, number);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(sentence, _admin.Text);
        Assert.Equal("Sales", Assert.Single(await TeamsAsync()).Name);
        Assert.Empty(await AuditAsync());
    }

    [Theory]
    [InlineData("Colleague", "", "", "", "Choose a colleague of the list.")]
    [InlineData("Number", "", "", "", "Write the number.")]
    [InlineData("Number", "+1 202 555 0110", "", "", "round in circles")]
    [InlineData("Number", "911", "", "", "never sent on to an emergency number")]
    [InlineData("Voicemail", "", "", "", "Choose somebody who is in the team.")]
    [InlineData("Voicemail", "", "", "ada", "Choose somebody who is in the team.")]
    [InlineData("Voicemail", "", "", "alice", "The voicemail of Alice is off.")]
    [InlineData("Elsewhere", "", "", "", "Elsewhere")]
    public async Task Add_WhereUnansweredCallsCannotGo_IsRefusedWithASentence(string to, string number, string colleague, string mailbox, string sentence)
    {
        var owner = mailbox switch { "ada" => _ada, "alice" => _alice, _ => "" };

        await SaveAsync(
            "/teams/add", "Sales", "+12025550110", ("Input.Members", _alice), ("Input.Unanswered", to), ("Input.UnansweredNumber", number),
            ("Input.UnansweredColleague", colleague), ("Input.UnansweredMailbox", owner));

        Assert.Contains(sentence, _admin.Text);
        Assert.Empty(await TeamsAsync());
    }

    [Fact]
    public async Task Edit_Team_ShowsWhatIsStoredAndChangesIt()
    {
        await _app.Get<CallRules>().ChangeAsync(_bob, settings => settings.Voicemail = true, CancellationToken.None);
        var id = await _app.AddTeamAsync(_alice);
        Assert.Equal("Sales", await _app.Get<Names>().NameOfAsync(_alice, SomeTeams.Number));

        await _admin.GetAsync($"/teams/{id}");
        Assert.Contains($"value=\"{_alice}\" id=\"member-{_alice}\" checked=\"checked\"", _admin.Html);
        Assert.DoesNotContain($"id=\"member-{_bob}\" checked", _admin.Html);
        await SaveAsync($"/teams/{id}", "Support", "", ("Input.Members", _bob), ("Input.Unanswered", "Voicemail"), ("Input.UnansweredMailbox", _bob));

        var team = Assert.Single(await TeamsAsync());
        Assert.Equal((id, "Support", null, new CallForward(ForwardTo.Voicemail, null, _bob)), (team.Id, team.Name, team.Number, team.WhenUnanswered));
        Assert.Equal(_bob, Assert.Single(team.Members).UserId);
        Assert.Equal(
            "Support, no number: Bob; nobody answers: voicemail of Bob (before: Sales, +12025550110: Alice; nobody answers: nobody else is rung)",
            Assert.Single(await AuditAsync()).Detail);
        Assert.Null(await _app.Get<Names>().NameOfAsync(_alice, SomeTeams.Number));
    }

    [Fact]
    public async Task Delete_Team_IsAskedFirst_AndTakesItsRulesAndKeywordsButNotItsCalls()
    {
        var id = await _app.AddTeamAsync(_alice);
        await _app.SetRulesAsync("always @sales; never", name => name == "sales" ? id : name);
        await _app.Get<CallRows>().WriteAsync([Some.Call("c", 1, CallState.Ended) with { Team = new CallParty(null, null, "Sales") { TeamId = id } }], CancellationToken.None);

        await _app.WithDatabaseAsync(database =>
        {
            database.Keywords.AddRange(new KeywordEntry { Phrase = "refund", TeamId = id }, new KeywordEntry { Phrase = "complaint" });
            return database.SaveChangesAsync();
        });

        await _admin.GetAsync($"/teams/{id}/delete");
        Assert.Contains("Delete the team Sales?", _admin.Text);
        Assert.Contains("One keyword is watched for in this team's calls alone, and will be deleted too.", _admin.Text);
        Assert.Contains("One recording rule is for this team, and will be deleted too.", _admin.Text);
        Assert.Single(await TeamsAsync());
        await _admin.SendAsync($"/teams/{id}/delete");

        Assert.Empty(await TeamsAsync());
        Assert.Equal(RecordingMode.Never, Assert.Single(await _app.WithDatabaseAsync(database => database.RecordingRules.ToListAsync())).Mode);
        Assert.Equal("complaint", Assert.Single(await _app.WithDatabaseAsync(database => database.Keywords.ToListAsync())).Phrase);
        var row = Assert.Single(await _app.RowsAsync());
        Assert.Equal((null, "Sales"), (row.TeamId, row.TeamName));
        Assert.Equal(AuditActions.TeamDeleted, Assert.Single(await AuditAsync()).Action);
        Assert.Equal(HttpStatusCode.NotFound, (await _admin.GetAsync($"/teams/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _admin.GetAsync($"/teams/{id}/delete")).StatusCode);
    }

    [Fact]
    public async Task Person_ShowsTheirTeams_AndCannotHaveATeamsNumber()
    {
        await _admin.GetAsync($"/people/{_alice}");
        Assert.Contains("In no team.", _admin.Text);
        var id = await _app.AddTeamAsync(_alice);
        await _admin.GetAsync($"/people/{_alice}");
        Assert.Contains($"<a href=\"/teams/{id}\">Sales</a>", _admin.Html);

        await _admin.PostAsync($"/people/{_bob}", ("Input.Name", "Bob"), ("Input.Number", SomeTeams.Number), ("Input.Region", ""), ("Input.Roles", "agent"));

        Assert.Contains("Sales has this number already.", _admin.Text);
        Assert.Null(await _app.WithDatabaseAsync(database => database.Users.Where(user => user.Id == _bob).Select(user => user.Number).SingleAsync()));
    }

    [Fact]
    public async Task Person_Deleted_IsInNoTeam_AndDisabledIsStillShown()
    {
        var id = await _app.AddTeamAsync(_alice, _bob);
        await _app.WithDatabaseAsync(database => database.Users.Where(user => user.Id == _alice).ExecuteUpdateAsync(users => users.SetProperty(user => user.Disabled, true)));
        await _admin.GetAsync("/teams");
        Assert.Contains("Alice</a> (disabled)", _admin.Text);
        Assert.Equal(_bob, Assert.Single((await _app.Get<TeamBook>().ByIdAsync(id, CancellationToken.None))!.Members).UserId);

        await _app.WithDatabaseAsync(database => database.Users.Where(user => user.Id == _bob).ExecuteDeleteAsync());

        Assert.Equal(_alice, Assert.Single(Assert.Single(await TeamsAsync()).Members).UserId);
    }

    private Task<HttpResponseMessage> SaveAsync(string path, string name, string number, params (string Name, string Value)[] more) =>
        _admin.PostAsync(path, [("Input.Name", name), ("Input.Number", number), .. more]);

    private Task<List<Team>> TeamsAsync() => _app.WithDatabaseAsync(database => database.Teams.AsNoTracking().Include(team => team.Members).ToListAsync());

    private Task<List<AuditEntry>> AuditAsync() => _app.WithDatabaseAsync(database =>
        database.Audit.Where(entry => entry.Action.StartsWith("team-")).OrderBy(entry => entry.Id).ToListAsync());
}
