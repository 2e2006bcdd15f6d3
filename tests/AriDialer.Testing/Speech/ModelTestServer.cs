using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AriDialer.Testing.Speech;

/// <summary>
/// A server with models that speaks OpenAI's HTTP interface, and Azure's manner of it, on a free port of loopback: it understands what it
/// was given to understand with, and fails as it is told.
/// </summary>
public sealed class ModelTestServer : IAsyncDisposable
{
    public const string Key = "sk-the-right-key-of-the-test-server";

    private readonly WebApplication _app;
    private readonly Func<byte[], Task<IReadOnlyList<ServedWord>>> _understand;
    private readonly ConcurrentQueue<ServerFailure> _failures = new();
    private int _now;
    private int _most;

    private ModelTestServer(WebApplication app, Func<byte[], Task<IReadOnlyList<ServedWord>>> understand) =>
        (_app, _understand, Realtime) = (app, understand, new RealtimeEndpoint(understand));

    /// <summary>Its realtime interface.</summary>
    public RealtimeEndpoint Realtime { get; }

    /// <summary>The base address that clients are given.</summary>
    public Uri Address => new($"{Root}v1");

    /// <summary>The same as Azure has it.</summary>
    public Uri Root => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");

    /// <summary>Every request's path, fields and when it came.</summary>
    public ConcurrentQueue<ServedRequest> Requests { get; } = new();

    /// <summary>How many it had at a time at most.</summary>
    public int MostAtATime => _most;

    /// <summary>The next requests fail so, one each; then <see cref="Always"/> counts.</summary>
    public void FailNext(params ServerFailure[] failures)
    {
        foreach (var failure in failures)
        {
            _failures.Enqueue(failure);
        }
    }

    /// <summary>How all requests fail that are not told otherwise; null: not at all.</summary>
    public ServerFailure? Always { get; set; }

    /// <summary>It knows plain answers alone, without times, as some models do.</summary>
    public bool IsPlain { get; set; }

    /// <summary>What it says when it is asked in words.</summary>
    public Func<string, string> Chat { get; set; } = question => $"You asked: {question}";

    /// <summary>Held up until this is over.</summary>
    public Func<ServedRequest, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <param name="understand">Makes words of a WAV file.</param>
    public static async Task<ModelTestServer> StartAsync(Func<byte[], Task<IReadOnlyList<ServedWord>>> understand)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new ModelTestServer(app, understand);
        app.UseWebSockets();
        app.Map("/v1/realtime", (HttpContext context) => server.Realtime.ServeAsync(context, BearerOf(context)));
        app.Map("/openai/v1/realtime", (HttpContext context) => server.Realtime.ServeAsync(context, context.Request.Headers["api-key"].FirstOrDefault()));
        app.MapPost("/v1/audio/transcriptions", server.TranscribeAsync);
        app.MapPost("/v1/chat/completions", server.ChatAsync);
        app.MapPost("/openai/deployments/{deployment}/audio/transcriptions", server.TranscribeAsync);
        app.MapPost("/openai/deployments/{deployment}/chat/completions", server.ChatAsync);
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TranscribeAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var fields = form.ToDictionary(field => field.Key, field => field.Value.ToString());
        using var wav = new MemoryStream();
        if (form.Files.GetFile("file") is { } file)
            await file.CopyToAsync(wav);
        await AnswerAsync(context, fields, wav.Length, async () =>
        {
            var isVerbose = fields.GetValueOrDefault("response_format") == "verbose_json";
            if (isVerbose && IsPlain)
                return (400, Error("response_format 'verbose_json' is not compatible with this model", "unsupported_value"));

            var words = await _understand(wav.ToArray());
            var text = string.Join(' ', words.Select(word => word.Text));
            return (200, isVerbose ? Verbose(text, words) : JsonSerializer.Serialize(new { text }));
        });
    }

    private async Task ChatAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var messages = body.RootElement.GetProperty("messages").EnumerateArray().ToList();
        var fields = messages.ToDictionary(message => message.GetProperty("role").GetString()!, message => TextOf(message.GetProperty("content")));
        fields["model"] = body.RootElement.TryGetProperty("model", out var model) ? model.GetString()! : "";
        await AnswerAsync(context, fields, 0, () => Task.FromResult((200, JsonSerializer.Serialize(new
        {
            id = "chat-1",
            @object = "chat.completion",
            created = 1,
            model = fields["model"],
            choices = new[] { new { index = 0, finish_reason = "stop", message = new { role = "assistant", content = Chat(fields["user"]) } } },
            usage = new { prompt_tokens = 1, completion_tokens = 1, total_tokens = 2 },
        }))));
    }

    private async Task AnswerAsync(HttpContext context, Dictionary<string, string> fields, long bytes, Func<Task<(int Status, string Json)>> answer)
    {
        var request = new ServedRequest(context.Request.Path, fields, bytes);
        Requests.Enqueue(request);
        var now = Interlocked.Increment(ref _now);
        for (var most = _most; now > most && Interlocked.CompareExchange(ref _most, now, most) != most; most = _most)
        {
        }

        try
        {
            await Before(request);
            var key = context.Request.Headers["api-key"].FirstOrDefault() ?? BearerOf(context);
            var failure = _failures.TryDequeue(out var next) ? next : Always;
            if (failure is not null && await failure.FailAsync(context))
                return;

            // OpenAI's own server repeats the wrong key, too.
            var (status, json) = key == Key ? await answer() : (401, Error($"Incorrect API key provided: {key}.", "invalid_api_key"));
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(json, context.RequestAborted);
        }
        finally
        {
            Interlocked.Decrement(ref _now);
        }
    }

    internal static string Error(string message, string code) =>
        JsonSerializer.Serialize(new { error = new { message, type = "invalid_request_error", code } });

    private static string BearerOf(HttpContext context) => context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);

    private static string TextOf(JsonElement content) =>
        content.ValueKind == JsonValueKind.String ? content.GetString()! : string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString()));

    private static string Verbose(string text, IReadOnlyList<ServedWord> words) => JsonSerializer.Serialize(new
    {
        task = "transcribe",
        language = "english",
        duration = words.Count > 0 ? words[^1].To : 0,
        text,
        words = words.Select(word => new { word = word.Text, start = word.From, end = word.To }),
        segments = words.Count == 0
            ? []
            : new[] { new { id = 0, seek = 0, start = words[0].From, end = words[^1].To, text, tokens = new[] { 1 }, temperature = 0.0, avg_logprob = -0.2, compression_ratio = 1.1, no_speech_prob = 0.01 } },
    });
}

/// <summary>A word that the server understood, with its seconds.</summary>
public sealed record ServedWord(string Text, double From, double To);

/// <summary>A request that the server had.</summary>
public sealed record ServedRequest(string Path, IReadOnlyDictionary<string, string> Fields, long SoundBytes);
