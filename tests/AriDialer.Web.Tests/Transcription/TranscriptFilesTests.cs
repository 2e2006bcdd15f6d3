using System.Net;
using System.Text.Json;
using AriDialer.Web.Data;
using AriDialer.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Tests.Transcription;

/// <summary>Copies of a transcript: their formats, who gets them, and that it is written down.</summary>
public sealed class TranscriptFilesTests : IAsyncLifetime
{
    private TestApp _app = null!;
    private Browser _page = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync(new() { ["Transcription:Enabled"] = "false" });
        var alice = await _app.AddPersonAsync("Alice");
        await _app.AddPersonAsync("Bob");
        await _app.AddPersonAsync("Sam", "supervisor");
        await _app.AddRecordingAsync("a", alice);
        await _app.SayAsync("a", Transcribed.Left(1.25, "hello -->"), (Features.Recording.Audio.RecordingSide.Right, new(3725.5, 3725.5, "hi & bye", null, [])));
        _page = await _app.SignInAsync("Sam");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Text_IsToBeRead() => Assert.Equal(
        """
        Call of Alice with Jane Doe
        Recorded from 2026-03-01 12:00:00 UTC, 1:00 long
        Made by a machine (PocketSphinx, en-US): it may be wrong. What counts is the recording.

        [0:01] Alice: hello -->
        [1:02:05] Jane Doe: hi & bye

        """, await GetAsync("txt", "text/plain"));

    [Fact]
    public async Task WebVtt_HasACueForEachSegment_WhateverIsSaid() => Assert.Equal(
        """
        WEBVTT

        NOTE
        Made by a machine (PocketSphinx, en-US): it may be wrong. What counts is the recording.

        1
        00:00:01.250 --> 00:00:02.250
        <v Alice>hello --&gt;</v>

        2
        01:02:05.500 --> 01:02:05.501
        <v Jane Doe>hi &amp; bye</v>

        """, await GetAsync("vtt", "text/vtt"));

    [Fact]
    public async Task Json_HasTheWordsWithTheirTimes()
    {
        using var json = JsonDocument.Parse(await GetAsync("json", "application/json"));
        var root = json.RootElement;
        Assert.Equal(("a", "en-US", "Jane Doe"), (root.GetProperty("callId").GetString(), root.GetProperty("language").GetString(), root.GetProperty("speakers").GetProperty("right").GetString()));
        var first = root.GetProperty("segments")[0];
        Assert.Equal(("left", "Alice", 1.25), (first.GetProperty("side").GetString(), first.GetProperty("speaker").GetString(), first.GetProperty("from").GetDouble()));
        Assert.Equal(("-->", 2.25), (first.GetProperty("words")[1].GetProperty("text").GetString(), first.GetProperty("words")[1].GetProperty("to").GetDouble()));
    }

    [Fact]
    public async Task Copies_AreForThoseWhoMayHearTheRecording_AndWrittenDown()
    {
        var bob = await _app.SignInAsync("Bob");
        foreach (var end in new[] { "txt", "vtt", "json" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync($"/recordings/rec-a/transcript.{end}")).StatusCode);
            Assert.NotEqual(HttpStatusCode.OK, (await _app.NewBrowser().GetAsync($"/recordings/rec-a/transcript.{end}")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await _page.GetAsync($"/recordings/rec-b/transcript.{end}")).StatusCode);
        }

        Assert.Empty(await AuditAsync());
        Assert.Equal(HttpStatusCode.OK, (await _page.GetAsync("/recordings/rec-a/transcript.vtt")).StatusCode);
        Assert.Equal([(AuditActions.TranscriptExported, "call a")], await AuditAsync());

        await _app.DeleteSoundAsync("a");
        Assert.Equal(HttpStatusCode.NotFound, (await _page.GetAsync("/recordings/rec-a/transcript.txt")).StatusCode);
    }

    private async Task<string> GetAsync(string end, string contentType)
    {
        var answer = await _page.Client.GetAsync($"/recordings/rec-a/transcript.{end}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((contentType, "utf-8"), (answer.Content.Headers.ContentType?.MediaType, answer.Content.Headers.ContentType?.CharSet));
        Assert.Equal(("attachment", $"call-a.{end}", true), (answer.Content.Headers.ContentDisposition?.DispositionType, answer.Content.Headers.ContentDisposition?.FileName, answer.Headers.CacheControl?.NoStore));
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<List<(string, string?)>> AuditAsync() =>
        [.. (await _app.WithDatabaseAsync(database => database.Audit.Where(entry => entry.Action.StartsWith("transcript")).ToListAsync())).Select(entry => (entry.Action, entry.Detail))];
}
