using AriDialer.Testing.Speech;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Transcription;
using AriDialer.Web.Features.Transcription.Summaries;
using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.Transcription.Summaries;

/// <summary>When summaries are made, with a model behind a real HTTP server.</summary>
public sealed class SummaryMakerTests : IAsyncLifetime
{
    private SummaryHouse _house = null!;

    public async ValueTask InitializeAsync() => _house = await SummaryHouse.StartAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task NewTranscript_IsSummarized_Once_WithoutNames()
    {
        await _house.AddAsync("a");
        Assert.True(await _house.MakeNextAsync());
        Assert.False(await _house.MakeNextAsync());

        var summary = (await _house.ReadAsync("a"))!;
        Assert.Equal((SummaryStage.Ready, "talker", Some.Noon, "Jane cancels her contract."), (summary.Stage, summary.Model, summary.MadeAt, summary.Text));
        Assert.Equal(["The agent sends a confirmation."], summary.Steps);
        var request = Assert.Single(_house.Server.Requests);
        Assert.Contains("Agent: hello\nOther side: I cancel my contract", request.Fields["user"]);
        Assert.DoesNotContain("Jane", request.Fields["user"] + request.Fields["system"]);
    }

    [Fact]
    public async Task Nonsense_IsAFailedAttempt_TriedThriceWithPauses_WhileOthersAreMade()
    {
        await _house.AddAsync("bad", text: "nonsense please");
        await _house.AddAsync("good");
        _house.Server.Chat = question => question.Contains("nonsense") ? "I am only a model." : SummaryHouse.Good;

        while (await _house.MakeNextAsync())
        {
        }

        Assert.Equal(SummaryStage.Ready, (await _house.ReadAsync("good"))!.Stage);
        Assert.Equal((SummaryStage.Waiting, 1), await StateAsync());
        _house.Time.Advance(TimeSpan.FromMinutes(1.1));
        Assert.True(await _house.MakeNextAsync());
        _house.Time.Advance(TimeSpan.FromMinutes(1.1));
        Assert.False(await _house.MakeNextAsync());
        _house.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.True(await _house.MakeNextAsync());
        Assert.Equal((SummaryStage.Failed, 3), await StateAsync());
        Assert.Equal(SummaryMaker.Problem, (await _house.ReadAsync("bad"))!.Problem);
        _house.Time.Advance(TimeSpan.FromHours(9));
        Assert.False(await _house.MakeNextAsync());

        async Task<(SummaryStage, int)> StateAsync() => (await _house.ReadAsync("bad")) is { } row ? (row.Stage, row.Attempts) : default;
    }

    [Fact]
    public async Task ServerThatFails_IsAFailedAttempt()
    {
        await _house.AddAsync("a");
        _house.Server.FailNext(ServerFailure.Status(500));
        Assert.True(await _house.MakeNextAsync());
        Assert.Equal((SummaryStage.Waiting, 1), ((await _house.ReadAsync("a"))!.Stage, (await _house.ReadAsync("a"))!.Attempts));
    }

    [Fact]
    public async Task OldTranscripts_AndEmptyOnes_AreLeftAlone_UntilSomebodyWantsOne()
    {
        await _house.AddAsync("old");
        _house.Time.Advance(TimeSpan.FromHours(25));
        await _house.App.AddRecordingAsync("empty");
        await _house.App.SayAsync("empty");
        Assert.False(await _house.MakeNextAsync());

        Assert.True(await _house.App.Get<SummaryStore>().WantAsync("rec-old", CancellationToken.None));
        Assert.False(await _house.App.Get<SummaryStore>().WantAsync("rec-nothing", CancellationToken.None));
        Assert.True(await _house.MakeNextAsync());
        Assert.Equal(SummaryStage.Ready, (await _house.ReadAsync("old"))!.Stage);
    }

    [Fact]
    public async Task TranscriptThatIsReplaced_IsSummarizedAnew_ButAPersonsWordsStay()
    {
        await _house.AddAsync("a");
        await _house.AddAsync("edited");
        while (await _house.MakeNextAsync())
        {
        }

        var store = _house.App.Get<SummaryStore>();
        Assert.True(await store.EditAsync("rec-edited", Some.Noon, new MadeSummary("Mine.", []), await _house.App.AddPersonAsync("Alice"), CancellationToken.None));
        foreach (var call in new[] { "a", "edited" })
            await _house.App.SayAsync(call, Transcribed.Left(1, "something else"));

        Assert.Null(await _house.ReadAsync("a"));
        Assert.Equal("Mine.", (await _house.ReadAsync("edited"))!.Text);
        Assert.True(await _house.MakeNextAsync());
        Assert.False(await _house.MakeNextAsync());
    }

    [Fact]
    public async Task AnswerThatComesAfterTheTranscriptIsGone_IsNotKept()
    {
        await _house.AddAsync("a");
        await _house.AddAsync("b", text: "the second one");
        _house.Server.Before = async request =>
        {
            _house.Time.Advance(TimeSpan.FromSeconds(1));
            if (request.Fields["user"].Contains("second"))
                await _house.App.SayAsync("b", Transcribed.Left(1, "replaced"));
            else
                await _house.App.Get<TranscriptStore>().DeleteAsync("rec-a", CancellationToken.None);
        };
        Assert.True(await _house.MakeNextAsync());
        Assert.True(await _house.MakeNextAsync());

        Assert.Null(await _house.ReadAsync("a"));
        Assert.Null(await _house.ReadAsync("b"));
    }

    [Fact]
    public async Task Summary_GoesWithItsTranscript()
    {
        await _house.AddAsync("a");
        await _house.MakeNextAsync();
        await _house.App.Get<TranscriptStore>().DeleteAsync("rec-a", CancellationToken.None);
        Assert.Null(await _house.ReadAsync("a"));
    }

    [Theory]
    [InlineData("Transcription:Summaries", "false")]
    [InlineData("Transcription:OpenAI:ChatModel", "")]
    public async Task Off_NothingLeavesTheMachine(string setting, string value)
    {
        await using var off = await SummaryHouse.StartAsync(settings: (setting, value));
        await off.AddAsync("a");
        Assert.False(await off.MakeNextAsync());
        Assert.Empty(off.Server.Requests);
    }

    [Fact]
    public async Task Redacting_NothingOfANumberLeavesTheMachine()
    {
        await using var house = await SummaryHouse.StartAsync(settings: ("Transcription:Redact", "true"));
        await house.AddAsync("a", text: "my number is four one one one");
        await house.MakeNextAsync();
        Assert.Contains("Other side: my number is […]", Assert.Single(house.Server.Requests).Fields["user"]);
    }

    [Fact]
    public async Task App_MakesThemByItself_AsSoonAsATranscriptIsThere()
    {
        await using var house = await SummaryHouse.StartAsync(byItself: true);
        await house.AddAsync("a");
        await Some.Eventually(async () => await house.ReadAsync("a") is { Stage: SummaryStage.Ready }, "the summary is made");
    }
}
