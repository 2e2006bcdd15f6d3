using AriDialer.Calls;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.Voicemail;
using AriDialer.Web.Tests.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AriDialer.Web.Tests.Voicemail;

/// <summary>Callers from outside cannot fill the disk: a mailbox takes so many messages, and none where there is hardly any space.</summary>
public sealed class MailboxRoomTests : IAsyncLifetime
{
    private const string Number = "+12025550101";

    private TestApp _app = null!;
    private string _alice = null!;
    private Browser _page = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync(new() { ["Voicemail:MostMessages"] = "2" });
        _alice = await _app.AddPersonAsync("Alice", number: Number);
        await _app.Get<CallRules>().ChangeAsync(_alice, settings => settings.Voicemail = true, CancellationToken.None);
        await _app.Asterisk.ConnectedAsync();
        _page = await _app.SignInAsync("Alice");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Caller_ToAFullMailbox_HearsSoAndTheHistoryAndThePageTellIt()
    {
        await AddAsync("m1");
        await AddAsync("m2");
        _app.Asterisk.Arrive(Number, id: "caller-1");

        var id = await GivenToMailboxAsync("caller-1");
        var play = await _app.Asterisk.Requests.WaitForAsync(request => request.Path.Contains("/play", StringComparison.Ordinal));
        Assert.Contains("sound:vm-mailboxfull", play["media"], StringComparison.Ordinal);
        _app.Asterisk.FinishPlayback($"{id}.greeting");

        await _app.EndedAsync(id);
        Assert.Equal("mailbox-full", Assert.Single(await _app.RowsAsync()).Reason);
        Assert.DoesNotContain(_app.Asterisk.Requests.All, request => request.Path.EndsWith("/record", StringComparison.Ordinal));
        await _page.GetAsync("/voicemail");
        Assert.Contains("Your mailbox is full: callers cannot leave more messages until you delete some.", _page.Text);
        await _page.GetAsync($"/history/{id}");
        Assert.Contains("The caller was sent to voicemail, which could take no more messages.", _page.Text);
    }

    [Fact]
    public async Task Callers_ManyAtOnce_DoNotEachFindTheLastPlace()
    {
        await AddAsync("m1");
        _app.Asterisk.Arrive(Number, id: "caller-1");
        await GivenToMailboxAsync("caller-1");

        Assert.Equal(MailboxState.IsFull, await _app.Get<MailboxRoom>().OfAsync(_alice, CancellationToken.None));
    }

    [Fact]
    public async Task Message_Deleted_MakesRoomAtOnce()
    {
        await AddAsync("m1");
        await AddAsync("m2");
        Assert.Equal(MailboxState.IsFull, await _app.Get<MailboxRoom>().OfAsync(_alice, CancellationToken.None));

        await _app.Get<Mailbox>().DeleteAsync(_alice, "m1", CancellationToken.None);

        Assert.Equal(MailboxState.TakesMessages, await _app.Get<MailboxRoom>().OfAsync(_alice, CancellationToken.None));
        await _page.GetAsync("/voicemail");
        Assert.DoesNotContain("is full", _page.Text);
    }

    [Fact]
    public async Task Disk_NearlyFull_NoMessageIsTakenAndTheLogSaysSoOnceAMinute()
    {
        var (time, log) = (new FakeTimeProvider(), new CountingLog());
        var room = new MailboxRoom(
            _app.Get<Mailbox>(), _app.Get<CallDirectory>(), Options.Create(new VoicemailOptions { LeastFreeBytes = long.MaxValue }),
            _app.Get<IOptions<DataOptions>>(), time, log);

        for (var second = 0; second < 61; second++)
        {
            Assert.False(await room.TakesMessageAsync(_alice, CancellationToken.None));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(2, log.Errors);
        Assert.Equal(MailboxState.DiskIsFull, await room.OfAsync(_alice, CancellationToken.None));
    }

    private async Task<string> GivenToMailboxAsync(string callerId)
    {
        string? id = null;
        await Some.Eventually(
            () => Task.FromResult((id = _app.Get<CallDirectory>().Live.FirstOrDefault(call => call is { State: CallState.Voicemail, Message: not null })?.Id) is not null),
            $"{callerId} is given to the mailbox");
        return id!;
    }

    private Task AddAsync(string id) => _app.Get<Mailbox>().AddAsync(
        new VoicemailEntry { Id = id, UserId = _alice, CallId = id, At = Some.Noon, Seconds = 3 }, CancellationToken.None);

    private sealed class CountingLog : ILogger<MailboxRoom>
    {
        public int Errors { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Errors += logLevel == LogLevel.Error ? 1 : 0;
    }
}
