using System.Net;
using AriDialer.Web.Data;
using AriDialer.Web.Tests.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AriDialer.Web.Tests.Account;

public sealed class SignInTests : IAsyncLifetime
{
    private TestApp _app = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        await _app.AddPersonAsync("Alice");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task SignIn_RightPassword_OpensThePages()
    {
        var browser = await _app.SignInAsync("Alice");

        var answer = await browser.GetAsync("/profile");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Alice", browser.Text);
    }

    [Fact]
    public async Task Page_WhoseSignInHasRunOut_IsRefusedByTheHubAndFindsASentenceAtSigningIn()
    {
        var browser = _app.NewBrowser();
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Client.PostAsync("/hubs/calls/negotiate?negotiateVersion=1", null)).StatusCode);

        await browser.GetAsync("/account/sign-in?ranOut=true&returnUrl=%2Fhistory");
        Assert.Contains("Your sign-in has run out", browser.Text);
        await browser.GetAsync("/account/sign-in");
        Assert.DoesNotContain("Your sign-in has run out", browser.Text);
    }

    [Fact]
    public async Task SignIn_UnknownPersonAndWrongPassword_AreToldTheSame()
    {
        var browser = _app.NewBrowser();
        await browser.SignInAsync(TestApp.Email("Nobody"), "whatever it is");
        var unknown = Alert(browser.Text);
        await browser.SignInAsync(TestApp.Email("Alice"), "whatever it is");

        Assert.NotEmpty(unknown);
        Assert.Equal(unknown, Alert(browser.Text));
    }

    [Theory]
    [InlineData("Nobody")]
    [InlineData("Alice")]
    [InlineData("Locked")]
    [InlineData("Disabled")]
    [InlineData("Invited")]
    public async Task SignIn_ThatFails_HashesThePasswordOnce_WhoeverItIs(string name)
    {
        var hasher = new CountingHasher();
        await using var app = await TestApp.StartAsync(services: services => services.AddSingleton<IPasswordHasher<AppUser>>(hasher));
        await app.AddPersonAsync("Alice");
        await app.AddPersonAsync("Locked");
        await app.AddPersonAsync("Disabled");
        await app.AddPersonAsync("Invited", password: null);
        await app.WithDatabaseAsync(async database =>
        {
            (await database.Users.SingleAsync(user => user.DisplayName == "Locked")).LockoutEnd = TimeProvider.System.GetUtcNow().AddMinutes(5);
            (await database.Users.SingleAsync(user => user.DisplayName == "Disabled")).Disabled = true;
            return await database.SaveChangesAsync();
        });

        await app.NewBrowser().SignInAsync(TestApp.Email(name), "wrong wrong wrong");

        Assert.Equal(1, hasher.Verified);
    }

    [Fact]
    public async Task SignIn_FiveWrongPasswords_LockTheAccount()
    {
        await _app.AddPersonAsync("Locked");
        var browser = _app.NewBrowser();
        for (var i = 0; i < 5; i++)
        {
            await browser.SignInAsync(TestApp.Email("Locked"), "wrong wrong wrong");
        }

        var answer = await browser.SignInAsync(TestApp.Email("Locked"), TestApp.Password);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("locked for 10 minutes", browser.Text);
    }

    [Theory]
    [InlineData("//evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/history?q=1", "/history?q=1")]
    public async Task SignIn_ReturnUrl_NeverLeavesTheSite(string returnUrl, string expected)
    {
        var answer = await _app.NewBrowser()
            .SignInAsync(TestApp.Email("Alice"), TestApp.Password, $"?returnUrl={Uri.EscapeDataString(returnUrl)}");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(expected, answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task SignIn_WithoutTheFormsToken_IsRefused()
    {
        var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Input.Email"] = TestApp.Email("Alice"),
            ["Input.Password"] = TestApp.Password,
        });

        var answer = await _app.NewBrowser().Client.PostAsync("/account/sign-in", form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task SignIn_Cookie_IsHiddenFromScriptsAndOtherSites()
    {
        var answer = await _app.NewBrowser().SignInAsync(TestApp.Email("Alice"), TestApp.Password);

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), set => set.StartsWith("aridialer=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=lax", cookie);
    }

    [Fact]
    public async Task SignIn_TooManyAttempts_AreToldToWait()
    {
        await using var app = await TestApp.StartAsync(new() { ["Account:AttemptsPerMinute"] = "3" });
        var browser = app.NewBrowser();
        for (var i = 0; i < 3; i++)
        {
            await browser.SignInAsync(TestApp.Email("Nobody"), "whatever it is");
        }

        var answer = await browser.SignInAsync(TestApp.Email("Nobody"), "whatever it is");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Contains("Wait a minute", browser.Text);
    }

    [Fact]
    public async Task SignOut_EndsTheSignIn()
    {
        var browser = await _app.SignInAsync("Alice");

        await browser.PostAsync("/sign-out");

        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/profile")).StatusCode);
    }

    private sealed class CountingHasher : PasswordHasher<AppUser>
    {
        public int Verified { get; private set; }

        public override PasswordVerificationResult VerifyHashedPassword(AppUser user, string hashedPassword, string providedPassword)
        {
            Verified++;
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }

    private static string Alert(string page)
    {
        var start = page.IndexOf("The email or the password", StringComparison.Ordinal);
        return start < 0 ? "" : page[start..page.IndexOf('<', start)];
    }
}
