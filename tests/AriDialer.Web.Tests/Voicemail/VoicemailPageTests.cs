using System.Net;
using System.Net.Http.Headers;
using AriDialer.Calls;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Tests.Hosting;
using AriDialer.Web.Tests.Sound;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Tests.Voicemail;

public sealed class VoicemailPageTests : IAsyncLifetime
{
    private TestApp _app = null!;
    private string _alice = null!;
    private Browser _page = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        _alice = await _app.AddPersonAsync("Alice", number: "+12025550101");
        await _app.AddPersonAsync("Sam", "supervisor");
        await _app.Asterisk.ConnectedAsync();
        _page = await _app.SignInAsync("Alice");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Empty_SaysWhatToDo()
    {
        await _page.GetAsync("/voicemail");
        Assert.Contains("No messages", _page.Text);
        Assert.Contains("Your voicemail is off", _page.Text);
        Assert.Contains("data-voicemail-count hidden", _page.Html);

        await _app.Get<CallRules>().ChangeAsync(_alice, settings => settings.Voicemail = true, CancellationToken.None);
        await _page.GetAsync("/voicemail");
        Assert.DoesNotContain("Your voicemail is off", _page.Text);
    }

    [Fact]
    public async Task List_OfAMessage_TellsWhoWhenAndHowLong()
    {
        var id = await LeaveAsync("c1", 65, "Jane <b>Doe</b>");
        await _page.GetAsync("/voicemail");

        Assert.Contains("Jane &lt;b&gt;Doe&lt;/b&gt;", _page.Html);
        Assert.Contains("+44 20 7946 0123", _page.Text);
        Assert.Contains("2026-03-01 12:00:00", _page.Text);
        Assert.Contains("1:05", _page.Text);
        Assert.Contains($"/voicemail/{id}/audio", _page.Text);
        Assert.Contains("data-dial=\"+442079460123\"", _page.Text);
        Assert.Contains("data-voicemail-count>1<", _page.Html);
    }

    [Fact]
    public async Task Marks_HeardAndNew_ChangeTheCount()
    {
        var id = await LeaveAsync("c1");

        await _page.PostAsync("/voicemail?handler=Heard", ("id", id));
        await _page.GetAsync("/voicemail");
        Assert.Contains("data-voicemail-count hidden", _page.Html);

        await _page.SendAsync("/voicemail?handler=Unheard", ("id", id));
        await _page.GetAsync("/voicemail");
        Assert.Contains("data-voicemail-count>1<", _page.Html);
    }

    [Fact]
    public async Task Delete_CanBeUndone()
    {
        var id = await LeaveAsync("c1");
        await _page.PostAsync("/voicemail?handler=Delete", ("id", id));
        await _page.GetAsync("/voicemail");
        Assert.Contains("The message is deleted.", _page.Text);
        Assert.Contains("No messages", _page.Text);
        Assert.Equal(HttpStatusCode.NotFound, (await _page.Client.GetAsync($"/voicemail/{id}/audio")).StatusCode);

        await _page.SendAsync("/voicemail?handler=Restore", ("id", id));
        await _page.GetAsync("/voicemail");
        Assert.Contains("The message is back.", _page.Text);
        Assert.Contains($"/voicemail/{id}/audio", _page.Text);
        Assert.Equal([AuditActions.VoicemailDeleted], await AuditAsync());
    }

    [Fact]
    public async Task Audio_InParts_IsPlayedAndWrittenDownOnce()
    {
        var id = await LeaveAsync("c1", 2);
        var all = await _page.Client.GetAsync($"/voicemail/{id}/audio");
        Assert.Equal(Waves.Of(2), await all.Content.ReadAsByteArrayAsync());
        Assert.Equal(("audio/wav", true, true), (all.Content.Headers.ContentType?.MediaType, all.Headers.CacheControl?.NoStore, all.Headers.AcceptRanges.Contains("bytes")));

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/voicemail/{id}/audio") { Headers = { Range = new RangeHeaderValue(100, 199) } };
        var part = await _page.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(Waves.Of(2)[100..200], await part.Content.ReadAsByteArrayAsync());
        Assert.Equal([AuditActions.VoicemailHeard], await AuditAsync());
    }

    [Theory]
    [InlineData("bytes=-999999999", HttpStatusCode.PartialContent, 0)]
    [InlineData("bytes=5-9,0-", HttpStatusCode.OK, 0)]
    [InlineData("bytes=1-", HttpStatusCode.PartialContent, 1)]
    public async Task Audio_AlmostAllOfItAtOnce_IsWrittenDown(string range, HttpStatusCode status, int from)
    {
        var id = await LeaveAsync("c1", 2);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/voicemail/{id}/audio") { Headers = { { "Range", range } } };
        var answer = await _page.Client.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(Waves.Of(2)[from..], await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal([AuditActions.VoicemailHeard], await AuditAsync());
    }

    [Fact]
    public async Task SomebodyElses_IsNotThere_ForASupervisorEither()
    {
        var id = await LeaveAsync("c1");
        var sam = await _app.SignInAsync("Sam");

        Assert.Equal(HttpStatusCode.NotFound, (await sam.Client.GetAsync($"/voicemail/{id}/audio")).StatusCode);
        await sam.PostAsync("/voicemail?handler=Heard", ("id", id));
        await sam.SendAsync("/voicemail?handler=Delete", ("id", id));
        Assert.Empty(await AuditAsync());
        await sam.GetAsync("/voicemail");
        Assert.Contains("No messages", sam.Text);

        await _page.GetAsync("/voicemail");
        Assert.Contains("data-voicemail-count>1<", _page.Html);
        Assert.NotEqual(HttpStatusCode.OK, (await _app.NewBrowser().Client.GetAsync($"/voicemail/{id}/audio")).StatusCode);
    }

    [Theory]
    [InlineData("../keys/key")]
    [InlineData("..%2Faridialer.db")]
    [InlineData("nothing")]
    public async Task Audio_OfWhatIsNoMessage_IsNotThere(string id) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _page.Client.GetAsync($"/voicemail/{id}/audio")).StatusCode);

    [Fact]
    public async Task Greeting_OfOnesOwn_IsHeardAndDeleted()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await _page.Client.GetAsync("/voicemail/greeting/audio")).StatusCode);
        _app.Asterisk.Recordings[$"greeting-{_alice}"] = Waves.Of(3);
        await _app.Get<CallRules>().ChangeAsync(_alice, settings => settings.GreetingAt = Some.Noon, CancellationToken.None);

        await _page.GetAsync("/voicemail");
        Assert.Contains("what you recorded on", _page.Text);
        Assert.Equal(Waves.Of(3), await _page.Client.GetByteArrayAsync("/voicemail/greeting/audio"));
        Assert.Equal(HttpStatusCode.NotFound, (await (await _app.SignInAsync("Sam")).Client.GetAsync("/voicemail/greeting/audio")).StatusCode);

        await _page.SendAsync("/voicemail?handler=DeleteGreeting");
        Assert.Empty(_app.Asterisk.Recordings);
        await _page.GetAsync("/voicemail");
        Assert.Contains("Callers hear the usual greeting", _page.Text);
        Assert.Contains("data-dial=\"voicemail-greeting\"", _page.Text);
    }

    [Fact]
    public async Task Hub_TellsTheCountAtOnce_AndWhenAMessageComes()
    {
        var told = new TaskCompletionSource<(int, bool)>[] { new(), new(), new() };
        var count = 0;
        await using var hub = new HubConnectionBuilder().WithUrl("http://localhost/hubs/voicemail", options =>
        {
            options.HttpMessageHandlerFactory = _ => _app.NewHandler();
            options.Headers["Cookie"] = _page.CookieHeader;
            options.Transports = Microsoft.AspNetCore.Http.Connections.HttpTransportType.LongPolling;
        }).Build();
        hub.On<int, bool>("Mailbox", (newMessages, hasCome) => told[count++].SetResult((newMessages, hasCome)));
        await hub.StartAsync();
        Assert.Equal((0, false), await told[0].Task.WaitAsync(TimeSpan.FromSeconds(10)));

        var id = await LeaveAsync("c1");
        Assert.Equal((1, true), await told[1].Task.WaitAsync(TimeSpan.FromSeconds(10)));

        await _page.PostAsync("/voicemail?handler=Heard", ("id", id));
        Assert.Equal((0, false), await told[2].Task.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    // A caller leaves a message; the way in is the collector's.
    private async Task<string> LeaveAsync(string callId, int seconds = 3, string? name = "Jane")
    {
        _app.Asterisk.Recordings[$"{callId}.voicemail"] = Waves.Of(seconds);
        _app.Get<CallFeed>().Tell(Some.Call(callId, state: CallState.Ended, callee: _alice, callerName: name) with
        {
            Message = new VoicemailMessage(_alice, $"{callId}.voicemail", seconds),
        });
        await Some.Eventually(() => Task.FromResult(!_app.Asterisk.Recordings.ContainsKey($"{callId}.voicemail")), "the message is in the mailbox");
        return await _app.WithDatabaseAsync(database => database.Voicemail.Select(entry => entry.Id).SingleAsync());
    }

    private Task<List<string>> AuditAsync() => _app.WithDatabaseAsync(database => database.Audit.OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync());
}
