using System.Net;
using System.Net.Http.Json;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Phones;
using AriDialer.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace AriDialer.Web.Tests.Phones;

public sealed class PhoneSessionTests : IAsyncLifetime
{
    // As answerBound in wwwroot-assets/phone.
    private static readonly TimeSpan PageWaits = TimeSpan.FromSeconds(5);
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private TestApp _app = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync(new() { ["Phone:SessionLasts"] = "00:10:00" }, _time);
        await _app.AddPersonAsync("Alice", number: "+12025550101");
        await _app.AddPersonAsync("Ada", "administrator");
        await _app.Asterisk.ConnectedAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Open_PutsARandomPhoneIntoAsterisk_AndTheSameAgainForTheSameSignIn()
    {
        var alice = await _app.SignInAsync("Alice");
        var phone = await OpenAsync(alice);
        var again = await OpenAsync(alice);

        Assert.Matches("^web-[a-z2-7]{16}$", phone.Endpoint);
        Assert.Matches("^[a-z2-7]{40}$", phone.Password);
        Assert.Equal((phone.Endpoint, phone.Password), (again.Endpoint, again.Password));
        Assert.Equal("+12025550101", phone.Number);
        Assert.Single(_app.Asterisk.Requests.All, request => request.Is("PUT", Path("endpoint", phone.Endpoint)));
        await FallbackIsAsync($"PJSIP/{phone.Endpoint}");
    }

    [Fact]
    public async Task Open_TwoSignIns_HaveTwoPhones()
    {
        var first = await OpenAsync(await _app.SignInAsync("Alice"));
        var second = await OpenAsync(await _app.SignInAsync("Alice"));

        Assert.NotEqual(first.Endpoint, second.Endpoint);
        await FallbackIsAsync($"PJSIP/{first.Endpoint}&PJSIP/{second.Endpoint}", $"PJSIP/{second.Endpoint}&PJSIP/{first.Endpoint}");
    }

    [Fact]
    public async Task Open_BySignInsWithoutNumber_OnlyTheNewestAreRung()
    {
        var alice = await _app.WithDatabaseAsync(async database =>
        {
            var id = (await database.Users.SingleAsync(user => user.DisplayName == "Alice")).Id;
            database.PhoneSessions.AddRange(Enumerable.Range(0, 60).Select(n => new PhoneSession
            {
                Endpoint = $"web-{n}",
                UserId = id,
                SignInId = $"sign-in-{n}",
                ProtectedPassword = "",
                CreatedAt = _time.GetUtcNow().AddMinutes(n),
                ExpiresAt = _time.GetUtcNow().AddDays(1),
            }));
            await database.SaveChangesAsync();
            return id;
        });

        Assert.Equal(Enumerable.Range(40, 20).Reverse().Select(n => $"web-{n}"), await PhonesOfAsync(alice));
    }

    [Fact]
    public async Task Open_WithoutThePagesToken_IsRefusedWithAProblem()
    {
        var alice = await _app.SignInAsync("Alice");

        var answer = await alice.PostScriptAsync("/phone/session", withToken: false);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Open_PasswordInTheDatabase_IsNotReadable()
    {
        var phone = await OpenAsync(await _app.SignInAsync("Alice"));

        foreach (var file in Directory.EnumerateFiles(_app.DataDirectory, "aridialer.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain(phone.Password, await reader.ReadToEndAsync());
        }
    }

    [Fact]
    public async Task SignOut_WithdrawsThePhone()
    {
        var alice = await _app.SignInAsync("Alice");
        var phone = await OpenAsync(alice);

        await alice.PostAsync("/sign-out");

        await WithdrawnAsync(phone);
        await FallbackIsAsync("");
    }

    [Fact]
    public async Task Close_WithdrawsThePhone_AndTheNextIsAnother()
    {
        var alice = await _app.SignInAsync("Alice");
        var phone = await OpenAsync(alice);

        Assert.Equal(HttpStatusCode.NoContent, (await alice.PostScriptAsync("/phone/session/close")).StatusCode);

        await WithdrawnAsync(phone);
        Assert.NotEqual(phone.Endpoint, (await OpenAsync(alice)).Endpoint);
    }

    [Fact]
    public async Task Expiry_WithdrawsThePhone_ButAskingAgainExtendsIt()
    {
        var alice = await _app.SignInAsync("Alice");
        var bob = await _app.AddPersonAsync("Bob");
        var hers = await OpenAsync(alice);
        var his = await OpenAsync(await _app.SignInAsync("Bob"));
        _time.Advance(TimeSpan.FromMinutes(9));
        await OpenAsync(alice);

        _time.Advance(TimeSpan.FromMinutes(2));

        await WithdrawnAsync(his);
        Assert.Empty(await PhonesOfAsync(bob));
        Assert.Equal(hers.Endpoint, (await OpenAsync(alice)).Endpoint);
        Assert.DoesNotContain(_app.Asterisk.Requests.All, request => request.Is("DELETE", Path("endpoint", hers.Endpoint)));
    }

    [Fact]
    public async Task Disable_WithdrawsThePhone_AndGivesNoOther()
    {
        var carol = await _app.AddPersonAsync("Carol");
        var browser = await _app.SignInAsync("Carol");
        var phone = await OpenAsync(browser);
        var admin = await _app.SignInAsync("Ada");

        await admin.PostAsync($"/people/{carol}/disable");

        await WithdrawnAsync(phone);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostScriptAsync("/phone/session")).StatusCode);
    }

    [Fact]
    public async Task Reconnect_BringsEveryPhoneBackIntoAsterisk()
    {
        var phone = await OpenAsync(await _app.SignInAsync("Alice"));
        var before = Puts(phone);

        // As after a restart of Asterisk.
        _app.Asterisk.Config.Clear();
        _app.Asterisk.DropSockets();

        await Some.Eventually(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(Puts(phone) > before);
            },
            "the phone is pushed again");
    }

    [Fact]
    public async Task LockedDatabase_PageAsksAgain_GetsThePhoneThatItHas()
    {
        var (alice, ada) = (await _app.SignInAsync("Alice"), await _app.SignInAsync("Ada"));
        await OpenAsync(alice);
        var phone = await OpenAsync(alice);
        await using (await LockedDatabase.HoldAsync(_app.DataDirectory))
        {
            // With nearly all of its life left, and where it would be extended.
            foreach (var minutes in new[] { 0, 2 })
            {
                _time.Advance(TimeSpan.FromMinutes(minutes));
                Assert.Equivalent(phone, await OpenAsync(alice).WaitAsync(PageWaits));
            }

            var answer = await ada.PostScriptAsync("/phone/session").WaitAsync(PageWaits);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Contains("The database cannot be written just now", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        await OpenAsync(ada);
        Assert.Equal(phone.ExpiresAt.AddMinutes(2), (await OpenAsync(alice)).ExpiresAt, TimeSpan.FromSeconds(1));
    }

    private int Puts(PhoneSessionView phone) => _app.Asterisk.Requests.All.Count(request => request.Is("PUT", Path("endpoint", phone.Endpoint)));

    private Task<IReadOnlyList<string>> PhonesOfAsync(string userId) =>
        _app.Get<Features.Dialing.Colleagues>().PhonesOfAsync(userId, CancellationToken.None);

    private Task WithdrawnAsync(PhoneSessionView phone) =>
        _app.Asterisk.Requests.WaitForAsync("DELETE", Path("endpoint", phone.Endpoint));

    private Task FallbackIsAsync(params string[] expected) => Some.Eventually(
        () => Task.FromResult(_app.Asterisk.Requests.All.LastOrDefault(request =>
            request.Is("POST", "/asterisk/variable") && request["variable"] == "ARIDIALER_RING_12025550101") is { } last
            && expected.Contains(last["value"] ?? "")),
        $"the dialplan rings {string.Join(" or ", expected)}");

    private static string Path(string type, string endpoint) => $"/asterisk/config/dynamic/res_pjsip/{type}/{endpoint}";

    private static async Task<PhoneSessionView> OpenAsync(Browser browser)
    {
        var answer = await browser.PostScriptAsync("/phone/session");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<PhoneSessionView>())!;
    }
}
