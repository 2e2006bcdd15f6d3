using AriDialer.Testing.Speech;
using AriDialer.Web.Features.Transcription.Servers;
using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.Transcription.Servers;

/// <summary>Questions in words, to a server that speaks the real interface.</summary>
public sealed class ChatModelsTests : IAsyncLifetime
{
    private ModelTestServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await ModelTestServer.StartAsync(_ => Task.FromResult<IReadOnlyList<ServedWord>>([]));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("OpenAI", "/v1/chat/completions")]
    [InlineData("Azure", "/openai/deployments/talker/chat/completions")]
    public async Task Question_IsAnswered(string kind, string path)
    {
        await using var app = await StartAsync(kind);
        var chat = app.Get<ChatModels>();
        Assert.Equal((true, "talker"), (chat.IsThere, chat.Name));

        Assert.Equal("You asked: What is new?", await chat.AskAsync("You are brief.", "What is new?", Cancellation));

        var request = Assert.Single(_server.Requests);
        Assert.Equal((path, "You are brief."), (request.Path, request.Fields["system"]));
    }

    [Fact]
    public async Task NoneSetUp_SaysSo()
    {
        await using var app = await TestApp.StartAsync();

        Assert.Equal((false, null), (app.Get<ChatModels>().IsThere, app.Get<ChatModels>().Name));
        var refusal = await Assert.ThrowsAsync<ModelServerException>(() => app.Get<ChatModels>().AskAsync("a", "b", Cancellation));
        Assert.Equal("No chat model is set up.", refusal.Message);
    }

    [Fact]
    public async Task Trouble_IsOvercomeByAskingAgain()
    {
        await using var app = await StartAsync("OpenAI");
        _server.FailNext(ServerFailure.Status(500), ServerFailure.Nonsense("<html>Welcome</html>", "text/html"));

        Assert.Equal("You asked: Well?", await app.Get<ChatModels>().AskAsync("a", "Well?", Cancellation));
        Assert.Equal(3, _server.Requests.Count);
    }

    private Task<TestApp> StartAsync(string kind) => TestApp.StartAsync(new()
    {
        [$"Transcription:{kind}:BaseUrl"] = (kind == "Azure" ? _server.Root : _server.Address).ToString(),
        [$"Transcription:{kind}:ChatModel"] = "talker",
        [$"Transcription:{kind}:ApiKey"] = ModelTestServer.Key,
        ["Transcription:Servers:Pause"] = "00:00:00.010",
    });
}
