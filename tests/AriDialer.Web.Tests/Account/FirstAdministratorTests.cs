using System.Net;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.Account;

public sealed class FirstAdministratorTests
{
    private static readonly (string, string)[] Form =
        [("Input.Name", "Ada"), ("Input.Email", "ada@example.com"), ("Input.Password", TestApp.Password)];

    [Fact]
    public async Task Link_WhileNobodyExists_MakesTheAdministratorOnce()
    {
        await using var app = await TestApp.StartAsync();
        var path = $"/account/first?token={app.Get<FirstAdministratorLink>().Open()}";
        var browser = app.NewBrowser();

        var made = await browser.PostAsync(path, Form);

        Assert.Equal("/people", made.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/people")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.NewBrowser().GetAsync(path)).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?token=")]
    [InlineData("?token=guessed")]
    public async Task Link_WithoutTheSecret_IsNotThere(string query)
    {
        await using var app = await TestApp.StartAsync();
        app.Get<FirstAdministratorLink>().Open();
        var browser = app.NewBrowser();

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/account/first{query}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.SendAsync($"/account/first{query}", Form)).StatusCode);
    }

    [Fact]
    public async Task Link_OnceSomebodyExists_IsNotThere()
    {
        await using var app = await TestApp.StartAsync();
        var token = app.Get<FirstAdministratorLink>().Open();
        await app.AddPersonAsync("Somebody");

        Assert.Equal(HttpStatusCode.NotFound, (await app.NewBrowser().GetAsync($"/account/first?token={token}")).StatusCode);
    }

    [Fact]
    public async Task Link_PasswordTooShort_CanBeUsedAgain()
    {
        await using var app = await TestApp.StartAsync();
        var path = $"/account/first?token={app.Get<FirstAdministratorLink>().Open()}";
        var browser = app.NewBrowser();

        await browser.PostAsync(path, Form[0], Form[1], ("Input.Password", "short"));
        Assert.Contains("at least 10 characters", browser.Text);

        Assert.Equal(HttpStatusCode.Redirect, (await browser.PostAsync(path, Form)).StatusCode);
    }

    [Fact]
    public async Task Environment_NamesTheAdministrator_WhoCanSignIn()
    {
        await using var app = await TestApp.StartAsync(
            new() { ["ARIDIALER_ADMIN_EMAIL"] = "ada@example.com", ["ARIDIALER_ADMIN_PASSWORD"] = TestApp.Password });
        var browser = app.NewBrowser();

        await browser.SignInAsync("ada@example.com", TestApp.Password);

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/people")).StatusCode);
    }

    [Fact]
    public async Task Demo_HasItsPeople()
    {
        await using var app = await TestApp.StartAsync(
            new() { ["Demo:Enabled"] = "true", ["ARIDIALER_DEMO_PASSWORD"] = TestApp.Password });
        foreach (var (name, people) in new[] { ("admin", HttpStatusCode.OK), ("supervisor", HttpStatusCode.Redirect), ("agent1", HttpStatusCode.Redirect) })
        {
            var browser = await app.SignInAsync(name);
            Assert.Equal(people, (await browser.GetAsync("/people")).StatusCode);
        }
    }

    [Fact]
    public async Task Demo_BeyondLoopback_RefusesToStart()
    {
        var refused = await Assert.ThrowsAnyAsync<InvalidOperationException>(() =>
            TestApp.StartAsync(new() { ["Demo:Enabled"] = "true", ["urls"] = "http://0.0.0.0:5599" }));

        Assert.Contains("listens on this machine only", refused.Message);
    }
}
