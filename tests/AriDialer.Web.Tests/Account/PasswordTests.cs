using System.Net;
using System.Net.Http.Json;
using AriDialer.Calls;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Phones;
using AriDialer.Web.Tests.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AriDialer.Web.Tests.Account;

/// <summary>The password is asked before another way in is made, and a new one leaves none that somebody else may have made.</summary>
public sealed class PasswordTests : IAsyncLifetime
{
    private const string Another = "another horse battery";
    private TestApp _app = null!;
    private string _alice = null!;
    private Browser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync(services: services => services.AddScoped<IPasskeyHandler<AppUser>, PasskeyHandlerStub>());
        _alice = await _app.AddPersonAsync("Alice", number: "+12025550101");
        await _app.Asterisk.ConnectedAsync();
        _browser = await _app.SignInAsync("Alice");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Passkey_NeedsThePassword_AndIsWrittenDown()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await OptionsAsync(null)).StatusCode);
        Assert.Contains("The password is wrong", await (await OptionsAsync("wrong wrong wrong")).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, (await OptionsAsync(TestApp.Password)).StatusCode);
        await _browser.PostAsync("/profile/passkeys?handler=Add", ("credential", "abc"), ("name", "Laptop"), ("password", "wrong wrong wrong"));
        Assert.Contains(CurrentPassword.Wrong, _browser.Text);
        Assert.Contains("No passkeys yet", _browser.Text);

        await _browser.SendAsync("/profile/passkeys?handler=Add", ("credential", "abc"), ("name", "Laptop"), ("password", TestApp.Password));
        await _browser.GetAsync("/profile/passkeys");
        Assert.Contains("Laptop", _browser.Text);
        await _browser.SendAsync("/profile/passkeys?handler=Remove", ("id", "YWJj"));
        Assert.Equal([(AuditActions.PasskeyAdded, "Laptop"), (AuditActions.PasskeyRemoved, "Laptop")], await AuditAsync("passkey"));
    }

    [Fact]
    public async Task DeskPhone_NeedsThePassword_ToBeAddedAndForANewPassword()
    {
        foreach (var wrong in new[] { "", "wrong wrong wrong" })
        {
            await _browser.PostAsync("/profile/phones?handler=Add", ("label", "Desk"), ("password", wrong));
            Assert.Contains(CurrentPassword.Wrong, _browser.Text);
            Assert.Contains("No phones yet", _browser.Text);
            Assert.Contains("value=\"Desk\"", _browser.Html);
        }

        await _browser.SendAsync("/profile/phones?handler=Add", ("label", "Desk"), ("password", TestApp.Password));
        var phone = Assert.Single(await PhonesAsync());
        await _browser.GetAsync($"/profile/phones?renew={phone.Endpoint}");
        Assert.Contains("A new password for Desk", _browser.Text);
        await _browser.SendAsync("/profile/phones?handler=Renew", ("renew", phone.Endpoint), ("password", "wrong wrong wrong"));
        Assert.Contains(CurrentPassword.Wrong, _browser.Text);
        Assert.Contains("A new password for Desk", _browser.Text);

        Assert.Equal(phone.ProtectedPassword, Assert.Single(await PhonesAsync()).ProtectedPassword);
        Assert.Equal([(AuditActions.DeskPhoneAdded, "Desk")], await AuditAsync("desk-phone"));
    }

    [Theory]
    [InlineData("/profile/phones?handler=Add")]
    [InlineData("/profile/passkeys?handler=Add")]
    [InlineData("/profile/password")]
    public async Task WrongOnes_CountLikeWrongSignIns(string form)
    {
        for (var i = 0; i < 5; i++)
        {
            await _browser.PostAsync(
                form, ("label", "Desk"), ("password", "wrong wrong wrong"), ("current", "wrong wrong wrong"), ("Input.NewPassword", Another), ("Input.Again", Another));
            Assert.Contains(CurrentPassword.Wrong, _browser.Text);
        }

        Assert.Equal(HttpStatusCode.OK, (await _app.NewBrowser().SignInAsync(TestApp.Email("Alice"), TestApp.Password)).StatusCode);
    }

    [Fact]
    public async Task Change_EndsTheCredentialsOfOnesOwnPhoneToo()
    {
        var phone = await OpenAsync();

        Assert.Equal(HttpStatusCode.Redirect, (await ChangeAsync()).StatusCode);

        Assert.NotEqual(phone.Endpoint, (await OpenAsync()).Endpoint);
        await _app.Asterisk.Requests.WaitForAsync("DELETE", $"/asterisk/config/dynamic/res_pjsip/endpoint/{phone.Endpoint}");
    }

    [Fact]
    public async Task Change_WhileThePhoneIsInACall_LeavesItThePhone()
    {
        var phone = await OpenAsync();
        _app.Asterisk.OnDial = channel => channel.Answer();
        _app.Asterisk.Arrive("+12025550101");
        await Some.Eventually(() => Task.FromResult(_app.Get<CallDirectory>().Live.Any(call => call.State == CallState.Connected)), "the call is connected");

        Assert.Equal(HttpStatusCode.Redirect, (await ChangeAsync()).StatusCode);

        Assert.Equal(phone.Endpoint, (await OpenAsync()).Endpoint);
        Assert.Equal(CallState.Connected, Assert.Single(_app.Get<CallDirectory>().Live).State);
    }

    [Fact]
    public async Task Link_RemovesThePasskeys_AndSaysSo()
    {
        await PasskeyHandlerStub.GiveAsync(_app.Services, _alice, "abc", "Somebody's");
        var stranger = _app.NewBrowser();
        var link = await LinkAsync();
        await stranger.GetAsync(link);
        Assert.Contains("Your passkeys are removed with the old password", stranger.Text);

        await stranger.SendAsync(link, ("Input.NewPassword", Another), ("Input.Again", Another));
        await stranger.GetAsync("/account/sign-in");

        Assert.Contains("your passkeys are removed", stranger.Text);
        Assert.Empty(await _app.WithDatabaseAsync(database => database.UserPasskeys.ToListAsync()));
        Assert.Equal([(AuditActions.PasskeyRemoved, "Somebody's")], await AuditAsync("passkey"));
        await stranger.GetAsync(await LinkAsync());
        Assert.DoesNotContain("passkeys", stranger.Text);
    }

    private Task<HttpResponseMessage> OptionsAsync(string? password) => _browser.PostScriptAsync(
        "/account/passkey-options/create", form: password is null ? null : new FormUrlEncodedContent([KeyValuePair.Create("password", password)]));

    private Task<HttpResponseMessage> ChangeAsync() =>
        _browser.PostAsync("/profile/password", ("current", TestApp.Password), ("Input.NewPassword", Another), ("Input.Again", Another));

    private async Task<PhoneSessionView> OpenAsync() => (await (await _browser.PostScriptAsync("/phone/session")).Content.ReadFromJsonAsync<PhoneSessionView>())!;

    private async Task<string> LinkAsync()
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var token = await users.GeneratePasswordResetTokenAsync((await users.FindByIdAsync(_alice))!);
        return QueryHelpers.AddQueryString("/account/set-password", new Dictionary<string, string?> { ["user"] = _alice, ["token"] = token });
    }

    private Task<List<DeskPhone>> PhonesAsync() => _app.WithDatabaseAsync(database => database.DeskPhones.AsNoTracking().ToListAsync());

    private async Task<List<(string, string?)>> AuditAsync(string about) => (await _app.WithDatabaseAsync(database => database.Audit
        .Where(entry => entry.Action.StartsWith(about) && entry.SubjectId == _alice && entry.ActorId == _alice).OrderBy(entry => entry.Id).ToListAsync()))
        .ConvertAll(entry => (entry.Action, entry.Detail));
}
