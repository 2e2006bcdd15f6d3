using System.Net;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Transcription.Keywords;
using AriDialer.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Tests.Transcription.Keywords;

/// <summary>The pages on which supervisors say what to watch for.</summary>
public sealed class KeywordPagesTests : IAsyncLifetime
{
    private TestApp _app = null!;
    private Browser _sam = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync();
        await _app.AddPersonAsync("Sam", "supervisor");
        await _app.AddTeamAsync("sales");
        _sam = await _app.SignInAsync("Sam");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Add_SeveralAtOnce_CountsAtOnce_AndIsWrittenDown()
    {
        await _sam.GetAsync("/transcripts/keywords");
        Assert.Contains("Nothing is watched for yet", _sam.Text);
        await AddAsync("cancel*\r\n\r\n  my <b>contract</b>  ", "Risk", "Right", "sales");

        Assert.Equal(["cancel*", "my <b>contract</b>"], await PhrasesAsync());
        await _sam.GetAsync("/transcripts/keywords");
        Assert.Contains("2 phrases are watched for.", _sam.Text);
        Assert.Contains("my &lt;b&gt;contract&lt;/b&gt;", _sam.Html);
        Assert.Contains("Team sales", _sam.Text);
        Assert.NotEmpty(_app.Get<KeywordWatch>().Find([], "sales", Features.Recording.Audio.RecordingSide.Right, Transcribed.Segment(1, "cancelled")));
        Assert.Contains("“cancel*”, risk, the other side, Team sales", await AuditAsync(AuditActions.KeywordAdded));
    }

    [Theory]
    [InlineData("", "Type what to watch for.")]
    [InlineData("?!", "There is no word in “?!”.")]
    [InlineData("a*", "at least two letters")]
    [InlineData("one\nOne", "is watched for already")]
    [InlineData("discount", "is watched for already")]
    public async Task Add_WhatIsNone_IsRefusedWithASentence_AndNothingIsAdded(string phrases, string sentence)
    {
        await _app.WatchForAsync("Discount!");
        await AddAsync(phrases, "Watch", "", "");
        Assert.Contains(sentence, _sam.Text);
        Assert.Equal(["Discount!"], await PhrasesAsync());
    }

    [Fact]
    public async Task Add_TheSame_ForAnotherTeamOrSide_IsAnother()
    {
        await _app.WatchForAsync("discount");
        await AddAsync("discount", "Watch", "", "sales");
        await AddAsync("discount", "Watch", "Left", "");
        await AddAsync("discount", "Watch", "", "no such team");
        Assert.Contains("Choose one of the list.", _sam.Text);
        Assert.Equal(3, (await PhrasesAsync()).Count);
    }

    [Fact]
    public async Task Change_AndDelete()
    {
        await _app.WatchForAsync("discount");
        await _sam.PostAsync("/transcripts/keywords/1", ("Input.Phrases", "rebate"), ("Input.Tone", "Good"), ("Input.Side", ""), ("Input.Team", ""));
        Assert.Equal(["rebate"], await PhrasesAsync());
        Assert.Contains("“rebate”, good, either side, everybody (before: “discount”, watch, either side, everybody)", await AuditAsync(AuditActions.KeywordChanged));
        await _sam.PostAsync("/transcripts/keywords/1", ("Input.Phrases", "one\ntwo"), ("Input.Tone", "Good"));
        Assert.Contains("Type one phrase.", _sam.Text);

        await _sam.PostAsync("/transcripts/keywords/1/delete");
        Assert.Empty(await PhrasesAsync());
        Assert.Empty(_app.Get<KeywordWatch>().Find([], null, Features.Recording.Audio.RecordingSide.Left, Transcribed.Segment(1, "rebate")));
        Assert.Equal(HttpStatusCode.NotFound, (await _sam.GetAsync("/transcripts/keywords/1")).StatusCode);
    }

    [Fact]
    public async Task Team_ThatIsDeleted_TakesItsKeywordsAlong()
    {
        await _app.WatchForAsync("discount", team: "sales");
        await _app.WithDatabaseAsync(database => database.Teams.ExecuteDeleteAsync());
        Assert.Empty(await PhrasesAsync());
    }

    private Task<HttpResponseMessage> AddAsync(string phrases, string tone, string side, string team) => _sam.PostAsync(
        "/transcripts/keywords/add", ("Input.Phrases", phrases), ("Input.Tone", tone), ("Input.Side", side), ("Input.Team", team));

    private Task<List<string>> PhrasesAsync() => _app.WithDatabaseAsync(database => database.Keywords.OrderBy(one => one.Id).Select(one => one.Phrase).ToListAsync());

    private Task<List<string?>> AuditAsync(string action) => _app.WithDatabaseAsync(database =>
        database.Audit.Where(entry => entry.Action == action).Select(entry => entry.Detail).ToListAsync());
}
