using System.Net;
using AriDialer.Web.Data;
using AriDialer.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Tests.Recording.Rules;

public sealed class RulePagesTests : IAsyncLifetime
{
    private TestApp _app = null!;
    private Browser _admin = null!;
    private string _ada = null!;
    private string _alice = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        _ada = await _app.AddPersonAsync("Ada", "administrator");
        _alice = await _app.AddPersonAsync("Alice");
        _admin = await _app.SignInAsync("Ada");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Rules_None_SaysWhatHappensWithout()
    {
        await _admin.GetAsync("/recording/rules");

        Assert.Contains("No rules yet", _admin.Text);
        Assert.Contains("ask your lawyer", _admin.Text);
        Assert.Contains("href=\"/recording/rules\" aria-current=\"page\"", _admin.Html);
    }

    [Fact]
    public async Task Add_Rule_IsStoredAndToldInWords()
    {
        var added = await PostAsync("/recording/rules/add", person: _alice, direction: "Inbound", begins: "+49", mode: "Always", announce: true, beep: true, days: "90");

        Assert.Equal("/recording/rules", added.Headers.Location?.OriginalString);
        var rule = Assert.Single(await RulesAsync());
        Assert.Equal((1, "+49", RecordingMode.Always, 90), (rule.Position, rule.NumberBegins, rule.Mode, rule.KeepDays));
        await _admin.GetAsync("/recording/rules");
        Assert.Contains("The rule is added.", _admin.Text);
        Assert.Contains("1. Calls from the network for Alice with +49… (Germany)", _admin.Text);
        Assert.Contains("always, announced, beep, kept 90 days", _admin.Text);
        Assert.Contains("Calls that no rule fits", _admin.Text);
        var entry = Assert.Single(await AuditAsync());
        Assert.Equal((_ada, AuditActions.RecordingRuleAdded, _alice), (entry.ActorId, entry.Action, entry.SubjectId));
        Assert.Equal("Calls from the network for Alice with +49… (Germany): always, announced, beep, kept 90 days", entry.Detail);
    }

    [Theory]
    [InlineData("nobody", "", "", "Always", "", "Choose one of the list.")]
    [InlineData("", "Sideways", "", "Always", "", "Sideways")]
    [InlineData("", "", "030", "Always", "", "Begin with + and the country's code")]
    [InlineData("", "Internal", "+49", "Always", "", "have no number outside")]
    [InlineData("", "", "", "7", "", "The value '7' is invalid.")]
    [InlineData("", "", "", "Always", "0", "1 to 36500 days")]
    [InlineData("", "", "", "Always", "36501", "1 to 36500 days")]
    [InlineData("", "", "", "Always", "soon", "soon")]
    public async Task Add_WhatCannotBe_IsRefusedWithASentence(string person, string direction, string begins, string mode, string days, string sentence)
    {
        var answer = await PostAsync("/recording/rules/add", person, direction, begins, mode, days: days);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(sentence, _admin.Text);
        Assert.Empty(await RulesAsync());
        Assert.Empty(await AuditAsync());
    }

    [Fact]
    public async Task Edit_Rule_ShowsWhatIsStoredAndChangesIt()
    {
        await PostAsync("/recording/rules/add", person: _alice, begins: "Germany", mode: "Always", beep: true, days: "7");
        var id = Assert.Single(await RulesAsync()).Id;

        await _admin.GetAsync($"/recording/rules/{id}");
        Assert.Contains("value=\"+49\"", _admin.Text);
        Assert.Contains($"<option selected=\"selected\" value=\"{_alice}\">", _admin.Html);
        await PostAsync($"/recording/rules/{id}", mode: "Never", announce: true, beep: true);

        var rule = Assert.Single(await RulesAsync());
        Assert.Equal((null, null, RecordingMode.Never, false, false, null), (rule.UserId, rule.NumberBegins, rule.Mode, rule.Announce, rule.Beep, rule.KeepDays));
        Assert.Equal(
            "All calls: never, kept for ever (before: Calls of Alice with +49… (Germany): always, beep, kept 7 days)",
            (await AuditAsync())[^1].Detail);
    }

    [Fact]
    public async Task Move_Rule_ChangesPlacesWithItsNeighbour()
    {
        await _app.SetRulesAsync("always inbound; never outbound; demand internal");

        await MoveAsync("Up", 3);
        Assert.Equal([1, 3, 2], await OrderAsync());
        await MoveAsync("Down", 1);
        Assert.Equal([3, 1, 2], await OrderAsync());
        await MoveAsync("Up", 3);
        await MoveAsync("Down", 2);
        await MoveAsync("Down", 99);

        Assert.Equal([3, 1, 2], await OrderAsync());
        Assert.Equal([AuditActions.RecordingRuleMoved, AuditActions.RecordingRuleMoved], (await AuditAsync()).Select(entry => entry.Action));
        Assert.Contains("(from place 3 to 2)", (await AuditAsync())[0].Detail);
    }

    [Fact]
    public async Task Delete_Rule_IsAskedFirst()
    {
        await _app.SetRulesAsync("always inbound; never outbound; demand internal");

        await _admin.GetAsync("/recording/rules/2/delete");
        Assert.Contains("Delete this rule?", _admin.Text);
        Assert.Contains("Calls to the network: never, kept for ever", _admin.Text);
        Assert.Equal(3, (await RulesAsync()).Count);
        await _admin.SendAsync("/recording/rules/2/delete");

        Assert.Equal([(1L, 1), (3L, 2)], (await RulesAsync()).Select(rule => (rule.Id, rule.Position)));
        Assert.Equal(AuditActions.RecordingRuleDeleted, Assert.Single(await AuditAsync()).Action);
        Assert.Equal(HttpStatusCode.NotFound, (await _admin.GetAsync("/recording/rules/2")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _admin.GetAsync("/recording/rules/2/delete")).StatusCode);
    }

    [Fact]
    public async Task Rules_OneThatNeverDecides_IsSaid()
    {
        await _app.SetRulesAsync("always; never outbound");

        await _admin.GetAsync("/recording/rules");

        Assert.Contains("Never decides: rule 1 takes all of these calls before.", _admin.Text);
    }

    private async Task<HttpResponseMessage> PostAsync(
        string path, string person = "", string direction = "", string begins = "", string mode = "OnDemand", bool announce = false, bool beep = false, string days = "") =>
        await _admin.PostAsync(
            path, ("Input.Person", person), ("Input.Direction", direction), ("Input.NumberBegins", begins), ("Input.Mode", mode),
            ("Input.Announce", announce ? "true" : "false"), ("Input.Beep", beep ? "true" : "false"), ("Input.KeepDays", days));

    private Task<HttpResponseMessage> MoveAsync(string handler, long id) =>
        _admin.PostAsync($"/recording/rules?handler={handler}", ("id", id.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private async Task<IEnumerable<long>> OrderAsync() => (await RulesAsync()).Select(rule => rule.Id);

    private Task<List<RecordingRuleEntry>> RulesAsync() =>
        _app.WithDatabaseAsync(database => database.RecordingRules.OrderBy(rule => rule.Position).ToListAsync());

    private Task<List<AuditEntry>> AuditAsync() => _app.WithDatabaseAsync(database =>
        database.Audit.Where(entry => entry.Action.StartsWith("recording-rule")).OrderBy(entry => entry.Id).ToListAsync());
}
