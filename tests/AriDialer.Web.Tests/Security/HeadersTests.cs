using System.Net;
using System.Text.RegularExpressions;
using AriDialer.Web.Features.Profile;
using AriDialer.Web.Features.Security;
using AriDialer.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AriDialer.Web.Tests.Security;

public sealed partial class HeadersTests : IAsyncLifetime
{
    private TestApp _app = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        await _app.AddPersonAsync("Ada", "administrator");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("/account/sign-in")]
    [InlineData("/people")]
    [InlineData("/nothing/here")]
    [InlineData("/health/live")]
    [InlineData("/phone/ws")]
    public async Task Answer_OfAnyKind_CarriesThePolicies(string path)
    {
        var answer = await (await _app.SignInAsync("Ada")).GetAsync(path);

        Assert.Equal(SecurityHeaders.ContentSecurityPolicy, answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotContain("unsafe", SecurityHeaders.ContentSecurityPolicy);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Contains("microphone=(self)", answer.Headers.GetValues("Permissions-Policy").Single());
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Answer_ToARequestThatFailed_CarriesThePolicies()
    {
        await using var app = await TestApp.StartAsync(
            services: services => services.AddSingleton<ForwardReader>(_ => throw new InvalidOperationException("As it may happen.")));
        await app.AddPersonAsync("Bob");
        var bob = await app.SignInAsync("Bob");
        var answer = await bob.GetAsync("/profile/calls");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("Something went wrong here", bob.Text);
        Assert.Equal(SecurityHeaders.ContentSecurityPolicy, answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("SAMEORIGIN", answer.Headers.GetValues("X-Frame-Options").Single());
    }

    [Theory]
    [InlineData("/account/sign-in")]
    [InlineData("/profile")]
    [InlineData("/profile/password")]
    [InlineData("/profile/two-factor")]
    [InlineData("/profile/passkeys")]
    [InlineData("/people")]
    [InlineData("/people/add")]
    [InlineData("/history")]
    [InlineData("/live")]
    [InlineData("/dialer")]
    [InlineData("/contacts")]
    [InlineData("/contacts/add")]
    [InlineData("/contacts/import")]
    public async Task Page_HasNoInlineScriptOrStyle(string path)
    {
        var browser = path == "/account/sign-in" ? _app.NewBrowser() : await _app.SignInAsync("Ada");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(path)).StatusCode);

        Assert.DoesNotMatch(Inline(), browser.Html);
        Assert.Matches("<title>[^<]+</title>", browser.Html);
        Assert.Single(Heading().Matches(browser.Html));
    }

    [Theory]
    [InlineData("/nothing/here", "There is nothing here")]
    [InlineData("/people/00000000-0000-0000-0000-000000000001", "There is nothing here")]
    public async Task Page_ThatIsNotThere_SaysWhatToDo(string path, string heading)
    {
        var browser = await _app.SignInAsync("Ada");
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(path)).StatusCode);
        Assert.Contains(heading, browser.Text);
    }

    [Fact]
    public async Task Script_NotSignedIn_GetsAProblemAndNoPage()
    {
        var answer = await _app.NewBrowser().Client.PostAsync("/phone/session", null);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("Sign in again", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Hub_FromAnotherSite_IsRefused()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/hubs/calls/negotiate?negotiateVersion=1");
        request.Headers.Add("Origin", "https://evil.example");

        Assert.Equal(HttpStatusCode.Forbidden, (await (await _app.SignInAsync("Ada")).Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Health_SaysOneWord()
    {
        await _app.Asterisk.ConnectedAsync();
        var browser = _app.NewBrowser();
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/health/live")).StatusCode);
        await Some.Eventually(async () => (await browser.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK, "the app is ready");
        Assert.Equal("Healthy", browser.Text);
    }

    [Fact]
    public async Task Health_WithoutAsterisk_IsAliveButNotReady()
    {
        await using var app = await TestApp.StartAsync(new() { ["Asterisk:Url"] = "http://127.0.0.1:1" });
        var browser = app.NewBrowser();

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync("/health/ready")).StatusCode);
    }

    [Theory]
    [InlineData("Dialing:DefaultRegion", "ZZ", "Dialing:DefaultRegion")]
    [InlineData("Trunk:DialString", "PJSIP/trunk", "{number}")]
    [InlineData("Trunk:DialString", "PJSIP/{number}@a&PJSIP/b", "&")]
    [InlineData("Trunk:CallerNumber", "555", "Trunk:CallerNumber")]
    [InlineData("Asterisk:Url", "nonsense", "Asterisk:Url")]
    public async Task Settings_ThatCannotBe_StopTheStartWithASentence(string key, string value, string sentence)
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => TestApp.StartAsync(new() { [key] = value }));

        Assert.Contains(sentence, refused.ToString());
    }

    [GeneratedRegex("<script(?![^>]*src=)|<style|\\sstyle=\"|\\son[a-z]+=\"", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex("<h1[ >]")]
    private static partial Regex Heading();
}
