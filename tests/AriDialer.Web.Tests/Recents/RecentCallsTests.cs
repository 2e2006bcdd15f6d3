using AriDialer.Calls;
using AriDialer.Web.Features.Contacts;
using AriDialer.Web.Features.History;
using AriDialer.Web.Features.Recents;
using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.Recents;

public sealed class RecentCallsTests : IAsyncLifetime
{
    private const string Outside = "+442079460123";

    private TestApp _app = null!;
    private string _alice = null!;
    private string _bob = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        _alice = await _app.AddPersonAsync("Alice", number: "+12025550101");
        _bob = await _app.AddPersonAsync("Bob", number: "+12025550102");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData(true, true, EndReasons.Completed, RecentKind.Incoming, "Incoming, 1:00")]
    [InlineData(true, false, EndReasons.NoAnswer, RecentKind.Missed, "Missed")]
    [InlineData(true, false, EndReasons.Cancelled, RecentKind.Missed, "Missed")]
    [InlineData(true, false, EndReasons.Rejected, RecentKind.Incoming, "Incoming, rejected")]
    [InlineData(false, true, EndReasons.Completed, RecentKind.Outgoing, "Outgoing, 1:00")]
    [InlineData(false, false, EndReasons.Busy, RecentKind.Outgoing, "Outgoing, busy")]
    public async Task Call_SaysWhichWayItWentAndWhatCameOfIt(bool isIncoming, bool isAnswered, string reason, object kind, string result)
    {
        await WriteAsync(Some.Call("c", 1, CallState.Ended, isIncoming ? null : _alice, isIncoming ? _alice : null) with
        {
            AnsweredAt = isAnswered ? Some.Noon.AddSeconds(5) : null,
            End = new CallEnd(EndedBy.Customer, reason, 16),
        });

        var call = Assert.Single(await RecentAsync());

        Assert.Equal((kind, result), (call.Kind, call.Result));
    }

    [Fact]
    public async Task Call_InProgress_SaysSo()
    {
        await WriteAsync(Some.Call("c", 1, CallState.Connected, callee: _alice));

        Assert.Equal("Incoming, in progress", Assert.Single(await RecentAsync()).Result);
    }

    [Fact]
    public async Task OtherSide_HasTheNameOfTheContact_ElseTheNetworks_ElseItsNumber()
    {
        await WriteAsync(Some.Call("c", 1, CallState.Ended, callee: _alice));
        var bare = Assert.Single(await RecentAsync());
        Assert.Equal(("+44 20 7946 0123", null, true), (bare.Title, bare.Display, bare.IsStranger));

        await WriteAsync(Some.Call("c", 2, CallState.Ended, callee: _alice, callerName: "LONDON"));
        Assert.Equal(("LONDON", true), (Assert.Single(await RecentAsync()).Title, Assert.Single(await RecentAsync()).IsStranger));

        await _app.Get<ContactDesk>().AddAsync(_alice, new ContactDraft("Jane Doe", null, [Outside], null, false));
        var named = Assert.Single(await RecentAsync());
        Assert.Equal(("Jane Doe", "+44 20 7946 0123", false), (named.Title, named.Display, named.IsStranger));
    }

    [Fact]
    public async Task Last20_OfThisPersonOnly_NewestFirst()
    {
        await WriteAsync([.. Enumerable.Range(0, 30).Select(i => Some.Call($"c{i:00}", 1, CallState.Ended, i % 2 == 0 ? _alice : null, i % 2 == 1 ? _alice : null) with
        {
            StartedAt = Some.Noon.AddMinutes(i),
        })]);
        await WriteAsync(Some.Call("bobs", 1, CallState.Ended, callee: _bob) with { StartedAt = Some.Noon.AddDays(1) });

        Assert.Equal(Enumerable.Range(10, 20).Reverse().Select(i => $"c{i:00}"), (await RecentAsync()).Select(call => call.Id));
    }

    [Fact]
    public async Task Page_OffersToCallAndToKeep_AndIsEmptyWithASentence()
    {
        var alice = await _app.SignInAsync("Alice");
        await alice.GetAsync("/dialer");
        Assert.Contains("No calls yet", alice.Text);

        await WriteAsync(
            Some.Call("out", 1, CallState.Ended, callee: _alice, callerName: "<b>Eve</b>") with { AnsweredAt = null },
            Some.Call("in", 1, CallState.Ended, _alice, _bob, direction: CallDirection.Internal),
            Some.Call("withheld", 1, CallState.Ended, callee: _alice) with { Caller = CallParty.Unknown });
        await alice.GetAsync("/dialer");

        Assert.Contains("data-kind=\"missed\"", alice.Html);
        Assert.Contains($"data-dial=\"person-{Guid.Parse(_bob):N}\"", alice.Html);
        Assert.Contains("data-dial=\"+442079460123\"", alice.Text);
        Assert.Contains("/contacts/add?number=%2B442079460123&name=%3Cb%3EEve%3C%2Fb%3E", alice.Text);
        Assert.DoesNotContain("<b>Eve</b>", alice.Html);
        Assert.Equal(2, alice.Html.Split("data-dial=").Length - 1);
    }

    [Fact]
    public async Task History_NumbersOfOthersCall_OneselfDoesNot()
    {
        await WriteAsync(Some.Call("c", 1, CallState.Ended, callee: _alice));
        var alice = await _app.SignInAsync("Alice");

        foreach (var page in new[] { "/history", "/history/c" })
        {
            await alice.GetAsync(page);
            Assert.Single(alice.Html.Split("data-dial=")[1..]);
            Assert.Contains("data-dial=\"+442079460123\" data-number=\"+44 20 7946 0123\"", alice.Text);
        }
    }

    private Task WriteAsync(params CallSnapshot[] calls) => _app.Get<CallRows>().WriteAsync(calls, CancellationToken.None);

    private Task<IReadOnlyList<RecentCall>> RecentAsync() => _app.Get<RecentCalls>().OfAsync(_alice, "US", CancellationToken.None);
}
