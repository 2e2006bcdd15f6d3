using AriDialer.Testing.Speech;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Transcription.Summaries;
using AriDialer.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace AriDialer.Web.Tests.Transcription.Summaries;

/// <summary>A house with a chat model behind a real HTTP server, whose summaries are made when a test says so.</summary>
internal sealed class SummaryHouse : IAsyncDisposable
{
    public const string Good = """{"summary":"Jane cancels her contract.","next_steps":["The agent sends a confirmation."]}""";

    private SummaryHouse(ModelTestServer server, TestApp app, FakeTimeProvider time) => (Server, App, Time) = (server, app, time);

    public ModelTestServer Server { get; }

    public TestApp App { get; }

    public FakeTimeProvider Time { get; }

    /// <param name="byItself">Summaries are made by themselves, as for real.</param>
    /// <param name="settings">What is set besides.</param>
    public static async Task<SummaryHouse> StartAsync(bool byItself = false, params (string Key, string Value)[] settings)
    {
        var server = await ModelTestServer.StartAsync(_ => Task.FromResult<IReadOnlyList<ServedWord>>([]));
        server.Chat = _ => Good;
        var time = new FakeTimeProvider(Some.Noon);
        Dictionary<string, string> all = new()
        {
            ["Transcription:OpenAI:BaseUrl"] = server.Address.ToString(),
            ["Transcription:OpenAI:ChatModel"] = "talker",
            ["Transcription:OpenAI:ApiKey"] = ModelTestServer.Key,
            ["Transcription:Servers:Attempts"] = "1",
            ["Transcription:PocketSphinx:ModelFolder"] = "/nowhere",
        };
        foreach (var (key, value) in settings)
            all[key] = value;
        var app = await TestApp.StartAsync(all, time, services: services =>
        {
            if (!byItself)
                services.Remove(services.Single(one => one.ServiceType == typeof(IHostedService) && one.ImplementationFactory?.Method.ReturnType == typeof(SummaryKeeper)));
        });
        return new SummaryHouse(server, app, time);
    }

    /// <summary>A call of a customer with one of ours, of which a transcript is there.</summary>
    public async Task AddAsync(string callId, string? callee = null, string text = "I cancel my contract")
    {
        await App.AddRecordingAsync(callId, callee);
        await App.SayAsync(callId, Transcribed.Left(1, "hello"), Transcribed.Right(3, text));
    }

    public Task<bool> MakeNextAsync() => App.Get<SummaryMaker>().MakeNextAsync(CancellationToken.None);

    public Task<SummaryEntry?> ReadAsync(string callId) =>
        App.WithDatabaseAsync(database => database.Summaries.SingleOrDefaultAsync(summary => summary.RecordingId == $"rec-{callId}"));

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Server.DisposeAsync();
    }
}
