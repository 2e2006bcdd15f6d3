using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using AriDialer.Web.Data;
using AriDialer.Web.Tests.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AriDialer.Web.Tests.Account;

public sealed partial class TwoFactorTests : IAsyncLifetime
{
    private TestApp _app = null!;
    private Browser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        await _app.AddPersonAsync("Alice");
        _browser = await _app.SignInAsync("Alice");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task TurnOn_ThenSignIn_NeedsTheCode()
    {
        var codes = await TurnOnAsync();
        var browser = _app.NewBrowser();

        var first = await browser.SignInAsync(TestApp.Email("Alice"), TestApp.Password, "?returnUrl=/live");
        Assert.StartsWith("/account/sign-in/code", first.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/profile")).StatusCode);

        var wrong = await browser.PostAsync(first.Headers.Location!.OriginalString, ("Code", "000000"));
        Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        Assert.Contains("This code is wrong", browser.Text);

        var right = await browser.SendAsync(first.Headers.Location!.OriginalString, ("Code", codes[0]));
        Assert.Equal("/live", right.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task RecoveryCode_WorksOnce()
    {
        var code = (await TurnOnAsync())[0];
        foreach (var expected in new[] { HttpStatusCode.Redirect, HttpStatusCode.OK })
        {
            var browser = _app.NewBrowser();
            await browser.SignInAsync(TestApp.Email("Alice"), TestApp.Password);
            Assert.Equal(expected, (await browser.PostAsync("/account/sign-in/code", ("Code", code))).StatusCode);
        }
    }

    [Fact]
    public async Task TurnOn_WrongCode_StaysOff()
    {
        await _browser.PostAsync("/profile/two-factor?handler=On", ("code", "000000"));
        Assert.Contains("This code is wrong", _browser.Text);
        Assert.Contains("data:image/png;base64,", _browser.Html);
    }

    [Fact]
    public async Task TurnOff_NeedsThePassword()
    {
        await TurnOnAsync();
        await _browser.PostAsync("/profile/two-factor?handler=Off", ("password", "wrong wrong wrong"));
        Assert.Contains("The password is wrong", _browser.Text);
        Assert.Equal(HttpStatusCode.Redirect, (await _browser.SendAsync("/profile/two-factor?handler=Off", ("password", TestApp.Password))).StatusCode);
        Assert.Equal("/", (await _app.NewBrowser().SignInAsync(TestApp.Email("Alice"), TestApp.Password)).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Passkeys_OptionsAndEmptyListAreThere_AndNonsenseIsRefused()
    {
        Assert.Equal(HttpStatusCode.OK, (await _browser.GetAsync("/profile/passkeys")).StatusCode);
        Assert.Contains("No passkeys yet", _browser.Text);
        var options = await _browser.PostScriptAsync(
            "/account/passkey-options/create", form: new FormUrlEncodedContent([KeyValuePair.Create("password", TestApp.Password)]));
        Assert.Contains("challenge", (await options.Content.ReadFromJsonAsync<Dictionary<string, object>>())!.Keys);
        await _browser.PostAsync("/profile/passkeys?handler=Add", ("credential", "{}"), ("name", "Mine"), ("password", TestApp.Password));
        Assert.Contains("could not be checked", _browser.Text);

        var stranger = _app.NewBrowser();
        await stranger.PostAsync("/account/sign-in?handler=Passkey", ("credential", "{\"id\":\"x\"}"));
        Assert.Contains("passkey is not known here", stranger.Text);
    }

    private async Task<string[]> TurnOnAsync()
    {
        await _browser.GetAsync("/profile/two-factor");
        await using var scope = _app.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var alice = (await users.FindByEmailAsync(TestApp.Email("Alice")))!;
        var key = (await users.GetAuthenticatorKeyAsync(alice))!;
        await _browser.SendAsync("/profile/two-factor?handler=On", ("code", Totp.Now(key)));
        var codes = RecoveryCode().Matches(_browser.Text).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(10, codes.Length);
        return codes;
    }

    [GeneratedRegex("<li>([A-Z0-9]{5}-[A-Z0-9]{5})</li>")]
    private static partial Regex RecoveryCode();
}
