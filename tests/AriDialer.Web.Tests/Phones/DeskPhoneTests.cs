using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AriDialer.Calls;
using AriDialer.Calls.Routing;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.People;
using AriDialer.Web.Tests.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AriDialer.Web.Tests.Phones;

public sealed partial class DeskPhoneTests : IAsyncLifetime
{
    private TestApp _app = null!;
    private string _alice = null!;
    private string _ada = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        _alice = await _app.AddPersonAsync("Alice", number: "+12025550101");
        _ada = await _app.AddPersonAsync("Ada", "administrator");
        await _app.Asterisk.ConnectedAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Add_PutsATelephoneIntoAsterisk_AndShowsItsPasswordOnce()
    {
        var alice = await _app.SignInAsync("Alice");
        var (endpoint, password) = await AddAsync(alice, "Kitchen <1>");

        var fields = await FieldsAsync("endpoint", endpoint);
        Assert.Equal(
            ("transport-udp", "aridialer-phones", "opus,g722,alaw,ulaw", "no", "yes", "yes", "yes", "rfc4733"),
            (fields["transport"], fields["context"], fields["allow"], fields["direct_media"], fields["rtp_symmetric"], fields["force_rport"], fields["rewrite_contact"], fields["dtmf_mode"]));
        Assert.DoesNotContain("webrtc", fields.Keys);
        Assert.Equal((endpoint, password), ((await FieldsAsync("auth", endpoint))["username"], (await FieldsAsync("auth", endpoint))["password"]));
        Assert.Equal("1", (await FieldsAsync("aor", endpoint))["max_contacts"]);
        await FallbackIsAsync($"PJSIP/{endpoint}");
        Assert.Contains("<code>localhost</code> (UDP)", alice.Text);

        await alice.GetAsync("/profile/phones");
        Assert.Contains("Kitchen <1>", alice.Text);
        Assert.DoesNotContain(password, alice.Text);
        Assert.Contains("Not registered", alice.Text);
    }

    [Fact]
    public async Task Add_ServerOnAPortOfItsOwn_IsShownWithIt()
    {
        _app.Asterisk.Config["res_pjsip/transport/transport-udp"] =
            [new JsonObject { ["attribute"] = "bind", ["value"] = "192.0.2.7:5160" }, new JsonObject { ["attribute"] = "external_signaling_address", ["value"] = "" }];
        var alice = await _app.SignInAsync("Alice");
        await AddAsync(alice, "Desk");

        Assert.Contains("<code>192.0.2.7:5160</code> (UDP)", alice.Text);
    }

    [Fact]
    public async Task Add_TheSixth_IsRefused()
    {
        var alice = await _app.SignInAsync("Alice");
        for (var n = 1; n <= 5; n++)
        {
            await AddAsync(alice, $"Phone {n}");
        }

        await alice.SendAsync("/profile/phones?handler=Add", ("label", "One more"), ("password", TestApp.Password));
        Assert.Contains("You have as many phones as are allowed.", alice.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("A name that is much too long for any telephone")]
    public async Task Add_WithoutAProperName_IsRefused(string label)
    {
        var alice = await _app.SignInAsync("Alice");
        await alice.PostAsync("/profile/phones?handler=Add", ("label", label));

        Assert.Contains("Name the phone", alice.Text);
        Assert.DoesNotContain(_app.Asterisk.Requests.All, request => request.Method == "PUT" && request.Path.Contains("/config/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Renew_GivesAnotherPassword_AndOnlyToItsOwner()
    {
        var alice = await _app.SignInAsync("Alice");
        var (endpoint, password) = await AddAsync(alice, "Desk");

        var ada = await _app.SignInAsync("Ada");
        var refused = await ada.PostAsync("/profile/phones?handler=Renew", ("renew", endpoint), ("password", TestApp.Password));
        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);

        await alice.SendAsync("/profile/phones?handler=Renew", ("renew", endpoint), ("password", TestApp.Password));
        var (same, renewed) = Login(alice);
        Assert.Equal(endpoint, same);
        Assert.NotEqual(password, renewed);
        await Some.Eventually(async () => (await FieldsAsync("auth", endpoint))["password"] == renewed, "Asterisk has the new password");
    }

    [Fact]
    public async Task Remove_TakesItOutOfAsterisk_AndEndsTheCallAtIt()
    {
        var alice = await _app.SignInAsync("Alice");
        var (endpoint, _) = await AddAsync(alice, "Desk");
        await FieldsAsync("endpoint", endpoint);
        _app.Asterisk.OnDial = channel => channel.Answer();
        _app.Asterisk.Arrive("+12025550101");
        await Some.Eventually(() => Task.FromResult(_app.Get<CallDirectory>().Live.Any(call => call.State == CallState.Connected)), "the call is connected");

        await (await _app.SignInAsync("Ada")).PostAsync("/profile/phones?handler=Remove", ("endpoint", endpoint));
        Assert.Single(await PhonesAsync());
        await alice.SendAsync("/profile/phones?handler=Remove", ("endpoint", endpoint));

        await Some.Eventually(() => Task.FromResult(!_app.Asterisk.Config.ContainsKey($"res_pjsip/endpoint/{endpoint}")), "Asterisk has let go of it");
        await FallbackIsAsync("");
        await Some.Eventually(() => Task.FromResult(_app.Asterisk.Channels.Count == 0), "the call at it has ended");
        await Some.Eventually(async () => (await PhonesAsync()).Count == 0, "its row is gone");
        Assert.DoesNotContain(endpoint, await _app.Get<Colleagues>().PhonesOfAsync(_alice, CancellationToken.None));
    }

    [Fact]
    public async Task Disable_TakesTheTelephonesOut_AndEnableBringsThemBack()
    {
        var alice = await _app.SignInAsync("Alice");
        var (endpoint, password) = await AddAsync(alice, "Desk");
        await FieldsAsync("endpoint", endpoint);

        await OnDeskAsync(async (desk, person) => await desk.DisableAsync(person, _ada));
        await Some.Eventually(() => Task.FromResult(!_app.Asterisk.Config.ContainsKey($"res_pjsip/endpoint/{endpoint}")), "Asterisk has let go of it");
        await FallbackIsAsync("");
        Assert.Null(await _app.Get<Colleagues>().ByEndpointAsync(endpoint, CancellationToken.None));

        await OnDeskAsync(async (desk, person) =>
        {
            await desk.EnableAsync(person, _ada);
            return IdentityResult.Success;
        });
        Assert.Equal(password, (await FieldsAsync("auth", endpoint))["password"]);
        await FallbackIsAsync($"PJSIP/{endpoint}");
    }

    [Fact]
    public async Task Restart_OfAsterisk_BringsThemIntoItAgain()
    {
        var alice = await _app.SignInAsync("Alice");
        var (endpoint, password) = await AddAsync(alice, "Desk");
        await FieldsAsync("endpoint", endpoint);

        _app.Asterisk.Config.Clear();
        _app.Asterisk.Globals.Clear();
        _app.Asterisk.DropSockets();

        await Some.Eventually(() => Task.FromResult(_app.Asterisk.Config.ContainsKey($"res_pjsip/endpoint/{endpoint}")), "it is there again");
        Assert.Equal(password, (await FieldsAsync("auth", endpoint))["password"]);
        await FallbackIsAsync($"PJSIP/{endpoint}");
    }

    [Fact]
    public async Task Calls_ToAndFromIt_AreItsOwners()
    {
        var alice = await _app.SignInAsync("Alice");
        var (endpoint, _) = await AddAsync(alice, "Desk");
        var request = new RouteRequest("call", endpoint, "+442079460123", "", "", System.Collections.Immutable.ImmutableDictionary<string, string>.Empty, Some.Noon);

        var outward = Assert.IsType<RingTargets>(await _app.Get<CallRouting>()(request, CancellationToken.None));
        Assert.Equal(new CallParty(_alice, "+12025550101", "Alice"), outward.Caller);

        var inward = Assert.IsType<RingTargets>(await _app.Get<CallRouting>()(
            request with { CallId = "other", Endpoint = "aridialer-trunk", Dialled = "+12025550101" }, CancellationToken.None));
        Assert.Equal($"PJSIP/{endpoint}", Assert.Single(inward.Targets).Address);
    }

    [Fact]
    public async Task PasswordInTheDatabase_IsNotReadable()
    {
        var (_, password) = await AddAsync(await _app.SignInAsync("Alice"), "Desk");

        Assert.DoesNotContain(password, Assert.Single(await PhonesAsync()).ProtectedPassword);
    }

    private static async Task<(string Endpoint, string Password)> AddAsync(Browser browser, string label)
    {
        await browser.PostAsync("/profile/phones?handler=Add", ("label", label), ("password", TestApp.Password));
        return Login(browser);
    }

    private static (string Endpoint, string Password) Login(Browser browser)
    {
        var codes = Code().Matches(browser.Text).Select(match => match.Groups[1].Value).ToArray();
        Assert.Matches("^desk-[a-z2-7]{12}$", codes[1]);
        Assert.Matches("^[a-z2-7]{24}$", codes[2]);
        return (codes[1], codes[2]);
    }

    private async Task<Dictionary<string, string>> FieldsAsync(string type, string endpoint)
    {
        await _app.Asterisk.Requests.WaitForAsync(request => request.Is("PUT", $"/asterisk/config/dynamic/res_pjsip/endpoint/{endpoint}"));
        await Some.Eventually(() => Task.FromResult(_app.Asterisk.Config.ContainsKey($"res_pjsip/{type}/{endpoint}")), "Asterisk has it");
        return _app.Asterisk.Config[$"res_pjsip/{type}/{endpoint}"].ToDictionary(field => (string)field!["attribute"]!, field => (string)field!["value"]!);
    }

    private Task FallbackIsAsync(string expected) => Some.Eventually(
        () => Task.FromResult(_app.Asterisk.Globals.TryGetValue("ARIDIALER_RING_12025550101", out var ring) && ring == expected), $"the fallback rings '{expected}'");

    private async Task OnDeskAsync(Func<PeopleDesk, AppUser, Task<IdentityResult>> act)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var person = await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().FindByIdAsync(_alice);
        Assert.True((await act(scope.ServiceProvider.GetRequiredService<PeopleDesk>(), person!)).Succeeded);
    }

    private Task<List<DeskPhone>> PhonesAsync() => _app.WithDatabaseAsync(database => database.DeskPhones.AsNoTracking().ToListAsync());

    [GeneratedRegex("<dd[^>]*><code>([^<]*)</code>")]
    private static partial Regex Code();
}
