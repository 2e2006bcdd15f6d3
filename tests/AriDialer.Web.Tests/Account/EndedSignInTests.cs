using System.Net;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Phones;
using AriDialer.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace AriDialer.Web.Tests.Account;

public sealed class EndedSignInTests
{
    [Fact]
    public async Task SignOut_ACopyOfItsCookie_OpensNothing_AndAnotherSignInGoesOn()
    {
        await using var app = await TestApp.StartAsync();
        await app.AddPersonAsync("Alice");
        var (alice, other) = (await app.SignInAsync("Alice"), await app.SignInAsync("Alice"));
        var copy = alice.CookieHeader;
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, "/profile", copy));

        await alice.PostAsync("/sign-out");

        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(app, "/profile", copy));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, "/phone/session", copy, HttpMethod.Post));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, "/hubs/calls/negotiate?negotiateVersion=1", copy, HttpMethod.Post));
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/profile")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await (await app.SignInAsync("Alice")).GetAsync("/profile")).StatusCode);
    }

    [Fact]
    public async Task SignOut_HoldsOverARestart()
    {
        using var folder = new TempFolder();
        string ended, open;
        await using (var app = await TestApp.StartAsync(dataDirectory: folder.Path))
        {
            await app.AddPersonAsync("Alice");
            var (alice, other) = (await app.SignInAsync("Alice"), await app.SignInAsync("Alice"));
            (ended, open) = (alice.CookieHeader, other.CookieHeader);
            await alice.PostAsync("/sign-out");
        }

        await using var again = await TestApp.StartAsync(dataDirectory: folder.Path);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(again, "/profile", open));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(again, "/profile", ended));
    }

    [Fact]
    public async Task Phone_OfASignInThatWasEnded_IsNotMade()
    {
        await using var app = await TestApp.StartAsync();
        var alice = await app.AddPersonAsync("Alice");
        await app.Asterisk.ConnectedAsync();
        await app.Get<PersonAccess>().EndSignInAsync("one");

        Assert.Null(await app.Get<PhoneSessions>().OpenAsync(alice, "one", CancellationToken.None));
        Assert.NotNull(await app.Get<PhoneSessions>().OpenAsync(alice, "two", CancellationToken.None));
        Assert.Equal(["two"], await app.WithDatabaseAsync(database =>
            database.PhoneSessions.Where(session => session.WithdrawnAt == null).Select(session => session.SignInId).ToListAsync()));
    }

    [Fact]
    public async Task EndedSignIns_AreForgotten_OnceNoCookieCanBeLeft()
    {
        await using var app = await TestApp.StartAsync();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var ended = new EndedSignIns(app.Get<IDbContextFactory<AppDbContext>>(), time);
        await Task.WhenAll(ended.AddAsync("old"), ended.AddAsync("old"));

        // The longest that a sign-in can be set to last.
        time.Advance(TimeSpan.FromDays(30));
        await ended.AddAsync("middle");
        Assert.True(ended.Has("old"));

        time.Advance(TimeSpan.FromDays(1));
        await ended.AddAsync("new");
        Assert.False(ended.Has("old"));
        Assert.Equal(["middle", "new"], await app.WithDatabaseAsync(database =>
            database.EndedSignIns.Select(one => one.SignInId).OrderBy(id => id).ToListAsync()));
    }

    private static async Task<HttpStatusCode> StatusAsync(TestApp app, string path, string cookies, HttpMethod? method = null)
    {
        using var client = app.Server.CreateClient();
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path) { Headers = { { "Cookie", cookies } } };
        return (await client.SendAsync(request)).StatusCode;
    }
}
