using System.Net;
using AriDialer.Calls;
using AriDialer.Web.Features.History;
using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.History;

/// <summary>Who came into a call later sees it as those do who began it, and its page tells what happened.</summary>
public sealed class ParticipantPageTests : IAsyncLifetime
{
    private const string Id = "1700000000-7";
    private const string Script = "<script>alert(1)</script>";

    private TestApp _app = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        var alice = new CallParty(await _app.AddPersonAsync("Alice"), "+12025550101", "Alice");
        var bob = new CallParty(await _app.AddPersonAsync("Bob"), "+12025550102", "Bob");
        await _app.AddPersonAsync("Carol");
        await _app.AddPersonAsync("Sam", "supervisor");
        var talk = Some.Talk(Id, new CallParty(null, "+442079460123", Script), alice);
        var transferred = talk with
        {
            Version = 2,
            Legs = [talk.Legs[0], talk.Legs[1] with { State = LegState.Gone }, Some.Leg($"{Id}.leg2", LegRole.Transferred, bob)],
        };
        var change = PendingCall.Of(new CallChange(1, talk, [Some.Moment(MomentKinds.Answered, 5, alice.UserId)]), Some.Noon);
        change.Add(PendingCall.Of(
            new CallChange(
                2, transferred,
                [
                    Some.Moment(MomentKinds.Digits, 10, alice.UserId, talk.Caller, "••••"),
                    Some.Moment(MomentKinds.Muted, 12, alice.UserId, talk.Caller),
                    Some.Moment(MomentKinds.TransferFailed, 14, alice.UserId, bob, EndReasons.Busy),
                    Some.Moment(MomentKinds.Transferred, 25, alice.UserId, bob),
                ]),
            Some.Noon));
        await _app.Get<CallRows>().WriteAsync([change], CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("Alice", true)]
    [InlineData("Bob", true)]
    [InlineData("Sam", true)]
    [InlineData("Carol", false)]
    public async Task Pages_WhoTookPart_SeesTheCallAndNobodyElse(string name, bool sees)
    {
        var browser = await _app.SignInAsync(name);
        await browser.GetAsync("/history");
        Assert.Equal(sees, browser.Html.Contains($"/history/{Id}", StringComparison.Ordinal));
        await browser.GetAsync("/history/export");
        Assert.Equal(sees, browser.Html.Contains(Id, StringComparison.Ordinal));
        Assert.Equal(sees ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await browser.GetAsync($"/history/{Id}")).StatusCode);
        Assert.Equal(
            sees ? HttpStatusCode.Redirect : HttpStatusCode.NotFound,
            (await browser.PostAsync($"/history/{Id}", ("Text", "A note"))).StatusCode);
    }

    [Fact]
    public async Task List_FilteredByPersonOrName_FindsWhoCameLater()
    {
        var sam = await _app.SignInAsync("Sam");
        var bob = await _app.WithDatabaseAsync(database => Task.FromResult(database.Users.Single(user => user.DisplayName == "Bob").Id));
        var carol = await _app.WithDatabaseAsync(database => Task.FromResult(database.Users.Single(user => user.DisplayName == "Carol").Id));
        foreach (var (query, finds) in new[] { ($"person={bob}", true), ($"person={carol}", false), ("q=bob", true), ("q=202+555+0102", true), ("q=carol", false) })
        {
            await sam.GetAsync($"/history?{query}");
            Assert.True(finds == sam.Html.Contains($"/history/{Id}", StringComparison.Ordinal), query);
        }
    }

    [Fact]
    public async Task Details_SaysWhatHappenedAndWhoTookPart()
    {
        var bob = await _app.SignInAsync("Bob");
        await bob.GetAsync($"/history/{Id}");

        foreach (var sentence in new[]
        {
            "Alice answered.", "Alice sent ••••.", $"Alice muted {Script}.", "The transfer to Bob failed: the line is busy.",
            "Alice transferred the call to Bob.", "Transferred to",
        })
        {
            Assert.Contains(sentence, bob.Text);
        }

        Assert.DoesNotContain(Script, bob.Html);
        Assert.Contains("<time datetime=\"2026-03-01T12:00:25.0000000&#x2B;00:00\" data-local>2026-03-01 12:00:25 UTC</time>", bob.Html);
    }

    [Fact]
    public async Task List_Days_AreThoseOfTheReadersZone()
    {
        var bob = await _app.SignInAsync("Bob");
        foreach (var (query, finds) in new[]
        {
            ("from=2026-03-01&to=2026-03-01", true), ("from=2026-03-02&to=2026-03-02", false),
            ("from=2026-03-02&to=2026-03-02&zone=Pacific/Kiritimati", true), ("from=2026-03-01&to=2026-03-01&zone=Pacific/Kiritimati", false),
            ("from=2026-03-01&to=2026-03-01&zone=../../etc/passwd", true), ("from=2026-03-01&to=2026-03-01&zone=America", true),
            ("from=0001-01-01&to=9999-12-30&zone=Pacific/Kiritimati", true), ("from=0001-01-01&to=9999-12-30&zone=Pacific/Pago_Pago", true),
        })
        {
            Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync($"/history?{query}")).StatusCode);
            Assert.True(finds == bob.Html.Contains($"/history/{Id}", StringComparison.Ordinal), query);
        }
    }
}
