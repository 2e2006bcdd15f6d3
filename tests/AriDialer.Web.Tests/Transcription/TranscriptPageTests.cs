using System.Net;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Transcription;
using AriDialer.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AriDialer.Web.Tests.Transcription;

/// <summary>What a call's page says about its transcript, in each of its states, and to whom.</summary>
public sealed class TranscriptPageTests : IAsyncLifetime
{
    private EngineState _engine = Transcribed.Engine;
    private TestApp _app = null!;
    private Browser _page = null!;

    public async ValueTask InitializeAsync()
    {
        // The keeper would make them at once: it is given nothing to do here.
        _app = await TestApp.StartAsync(services: services =>
        {
            services.AddSingleton<ReadEngineState>(_ => _engine);
            services.Remove(services.Single(one => one.ServiceType == typeof(Microsoft.Extensions.Hosting.IHostedService) && one.ImplementationFactory?.Method.ReturnType == typeof(TranscriptionKeeper)));
        });
        var alice = await _app.AddPersonAsync("Alice");
        await _app.AddPersonAsync("Sam", "supervisor");
        await _app.AddRecordingAsync("a", alice);
        _page = await _app.SignInAsync("Alice");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Transcript_IsAConversation_EachWordOfWhichLeadsToItsSecond()
    {
        await _app.SayAsync("a", Transcribed.Left(1, "hello <b>there</b>"), Transcribed.Right(83.25, "hi"));
        await _page.GetAsync("/history/a");

        Assert.Contains("data-side=\"left\"", _page.Html);
        Assert.Contains("<a href=\"?t=1.5#recording\" data-seek=\"1.5\" data-word data-to=\"2\" tabindex=\"-1\">&lt;b&gt;there&lt;/b&gt;</a>", _page.Html);
        Assert.Contains("href=\"?t=83.25#recording\" data-seek=\"83.25\"", _page.Html);
        Assert.Contains("<span class=\"transcript-name\">Alice</span>", _page.Html);
        Assert.Contains("<span class=\"transcript-name\">Jane Doe</span>", _page.Html);
        Assert.Contains("Made by a machine (PocketSphinx, en-US): it may be wrong.", _page.Text);
        Assert.Contains("/recordings/rec-a/transcript.vtt", _page.Html);
    }

    [Fact]
    public async Task States_AreSaid()
    {
        await ShowsAsync("The transcript will be made here by itself");
        _engine = EngineState.None with { Sentence = "PocketSphinx is not installed." };
        await ShowsAsync("PocketSphinx is not installed.");
        _engine = Transcribed.Engine;

        var store = _app.Get<TranscriptStore>();
        await store.FailAsync("rec-a", _ => (TimeSpan.FromMinutes(1), null), CancellationToken.None);
        await ShowsAsync("It is tried again by itself");
        await store.FailAsync("rec-a", _ => (null, "It is broken."), CancellationToken.None);
        await ShowsAsync("It is broken.");
        Assert.DoesNotContain("Try again", _page.Text);

        await _app.SayAsync("a");
        await ShowsAsync("Nothing was said that could be understood.");
        await _app.DeleteSoundAsync("a");
        await _page.GetAsync("/history/a");
        Assert.DoesNotContain("id=\"transcript\"", _page.Html);
    }

    [Fact]
    public async Task Making_IsSaid()
    {
        var going = new TaskCompletionSource();
        await using var app = await TestApp.StartAsync(services: services =>
        {
            services.AddSingleton<ReadEngineState>(_ => Transcribed.Engine);
            services.AddSingleton<TranscribeRecording>(async (_, _, _, cancellationToken) =>
            {
                await going.Task.WaitAsync(cancellationToken);
                return Transcribed.Words();
            });
        });
        await app.AddRecordingAsync("a", await app.AddPersonAsync("Alice"));
        app.Get<TranscriptionKeeper>().Hurry();
        var page = await app.SignInAsync("Alice");
        await Some.Eventually(async () => (await page.GetAsync("/history/a")).IsSuccessStatusCode && page.Text.Contains("The transcript is being made."), "the page says so");
        going.SetResult();
    }

    [Fact]
    public async Task Failed_IsTriedAgain_ForASupervisorOnly()
    {
        await _app.Get<TranscriptStore>().FailAsync("rec-a", _ => (null, "It is broken."), CancellationToken.None);
        await _page.GetAsync("/history/a");
        await _page.SendAsync("/history/a/transcript?handler=Retry");
        Assert.NotNull(await ReadAsync());

        var sam = await _app.SignInAsync("Sam");
        await sam.GetAsync("/history/a");
        Assert.Contains("Try again", sam.Text);
        var answer = await sam.SendAsync("/history/a/transcript?handler=Retry");
        Assert.Equal("/history/a#transcript", answer.Headers.Location?.OriginalString);
        Assert.Null(await ReadAsync());
        Assert.Equal([AuditActions.TranscriptRetried], await _app.WithDatabaseAsync(database => database.Audit.Select(entry => entry.Action).Where(action => action.StartsWith("transcript")).ToListAsync()));
        await sam.GetAsync("/history/a");
        Assert.Equal(HttpStatusCode.NotFound, (await sam.SendAsync("/history/nothing/transcript?handler=Retry")).StatusCode);
    }

    private async Task ShowsAsync(string sentence)
    {
        await _page.GetAsync("/history/a");
        Assert.Contains(sentence, _page.Text);
    }

    private Task<TranscriptEntry?> ReadAsync() => _app.Get<TranscriptStore>().ReadAsync("rec-a", CancellationToken.None);
}
