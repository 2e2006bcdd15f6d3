using System.Net;
using System.Text.RegularExpressions;
using AriDialer.Web.Data;
using AriDialer.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Tests.People;

public sealed partial class PeopleTests : IAsyncLifetime
{
    private TestApp _app = null!;
    private Browser _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        await _app.AddPersonAsync("Ada", "administrator");
        _admin = await _app.SignInAsync("Ada");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Invite_LinkSetsThePasswordOnce()
    {
        var link = await InviteAsync("new@example.com", "(202) 555-0103");
        var person = _app.NewBrowser();

        var set = await SetPasswordAsync(person, link, TestApp.Password);
        Assert.Equal("/account/sign-in", set.Headers.Location?.OriginalString);
        Assert.Equal("/", (await person.SignInAsync("new@example.com", TestApp.Password)).Headers.Location?.OriginalString);
        Assert.Contains("has been used", await TextAsync(_app.NewBrowser(), link));
        Assert.Equal("+12025550103", await _app.WithDatabaseAsync(database =>
            database.Users.Where(user => user.Email == "new@example.com").Select(user => user.Number).SingleAsync()));
    }

    [Fact]
    public async Task Invite_LinkOfAnotherPerson_SetsNothing()
    {
        var link = await InviteAsync("new@example.com", "");
        var bob = await _app.AddPersonAsync("Bob");
        var forged = UserId().Replace(link, $"user={bob}");

        Assert.Contains("has been used", await TextAsync(_app.NewBrowser(), forged));
        await SetPasswordAsync(_app.NewBrowser(), forged, "another password 1");

        Assert.Equal("/", (await _app.NewBrowser().SignInAsync(TestApp.Email("Bob"), TestApp.Password)).Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("12", "too short")]
    [InlineData("911", "emergency number")]
    [InlineData("2025550101&x", "not a telephone number")]
    [InlineData("+1 202 555 0199", "Taken has this number already")]
    public async Task Add_NumberThatCannotBe_IsRefusedWithASentence(string number, string sentence)
    {
        await _app.AddPersonAsync("Taken", number: "+12025550199");

        var answer = await AddAsync("new@example.com", number);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(sentence, _admin.Text);
    }

    [Fact]
    public async Task Add_SameEmail_IsRefused()
    {
        await AddAsync(TestApp.Email("Ada"), "");
        Assert.Contains("is already taken", _admin.Text);
    }

    [Fact]
    public async Task Add_RoleThatDoesNotExist_IsRefused()
    {
        await _admin.PostAsync(
            "/people/add", ("email", "new@example.com"), ("Input.Name", "New"), ("Input.Roles", "root"));
        Assert.Contains("Choose roles of the list", _admin.Text);
    }

    [Fact]
    public async Task Name_WithMarkup_IsTextEverywhere()
    {
        const string Script = "<script>alert(1)</script>";
        var id = await _app.AddPersonAsync("Eve", "supervisor");
        await _admin.PostAsync($"/people/{id}", ("Input.Name", Script), ("Input.Roles", "supervisor"));
        var eve = await _app.SignInAsync("Eve");
        foreach (var (browser, page) in new[] { (_admin, "/people"), (_admin, $"/people/{id}"), (_admin, $"/people/{id}/disable"), (eve, "/history"), (eve, "/profile") })
        {
            await browser.GetAsync(page);
            Assert.DoesNotContain(Script, browser.Html);
            Assert.Contains(Script, browser.Text);
        }
    }

    [Fact]
    public async Task Disable_IsAskedFirst_ThenEndsTheSignIn()
    {
        var id = await _app.AddPersonAsync("Bob");
        await _admin.GetAsync($"/people/{id}/disable");
        Assert.Contains("Disable Bob?", _admin.Text);

        await _admin.SendAsync($"/people/{id}/disable");

        Assert.Equal(HttpStatusCode.OK, (await _app.NewBrowser().SignInAsync(TestApp.Email("Bob"), TestApp.Password)).StatusCode);
        await _admin.PostAsync($"/people/{id}?handler=Enable");
        Assert.Equal(HttpStatusCode.Redirect, (await _app.NewBrowser().SignInAsync(TestApp.Email("Bob"), TestApp.Password)).StatusCode);
    }

    [Fact]
    public async Task Administrator_CannotShutThemselvesOut()
    {
        var me = await _app.WithDatabaseAsync(database => database.Users.Select(user => user.Id).SingleAsync());

        await _admin.PostAsync($"/people/{me}/disable");
        Assert.Contains("You cannot disable yourself", _admin.Text);
        await _admin.PostAsync($"/people/{me}", ("Input.Name", "Ada"), ("Input.Roles", "agent"));
        Assert.Contains("You cannot take the administrator's role", _admin.Text);
        Assert.Equal(HttpStatusCode.OK, (await _admin.GetAsync("/people")).StatusCode);
    }

    [Fact]
    public async Task Acts_AreWrittenDown()
    {
        var id = await _app.AddPersonAsync("Bob");
        await _admin.PostAsync($"/people/{id}", ("Input.Name", "Bob"), ("Input.Roles", "agent"), ("Input.Roles", "supervisor"));
        await _admin.PostAsync($"/people/{id}?handler=Link");
        await _admin.PostAsync($"/people/{id}/disable");

        var actions = await _app.WithDatabaseAsync(database =>
            database.Audit.Where(entry => entry.SubjectId == id).OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync());
        Assert.Equal([AuditActions.Changed, AuditActions.RolesChanged, AuditActions.LinkIssued, AuditActions.Disabled], actions);
    }

    private Task<HttpResponseMessage> AddAsync(string email, string number) => _admin.PostAsync(
        "/people/add", ("email", email), ("Input.Name", "New Person"), ("Input.Number", number), ("Input.Roles", "agent"));

    private async Task<string> InviteAsync(string email, string number)
    {
        var added = await AddAsync(email, number);
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        await _admin.GetAsync(added.Headers.Location!.OriginalString);
        return new Uri(Link().Match(_admin.Text).Groups[1].Value).PathAndQuery;
    }

    private static async Task<string> TextAsync(Browser browser, string path)
    {
        await browser.GetAsync(path);
        return browser.Text;
    }

    private static Task<HttpResponseMessage> SetPasswordAsync(Browser browser, string link, string password) =>
        browser.PostAsync(link, ("Input.NewPassword", password), ("Input.Again", password));

    [GeneratedRegex("value=\"(http[^\"]*/account/set-password[^\"]*)\"")]
    private static partial Regex Link();

    [GeneratedRegex("user=[0-9a-f-]+")]
    private static partial Regex UserId();
}
