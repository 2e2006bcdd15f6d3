using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AriDialer.Testing;

/// <summary>The HTTP side: who is asked, written down, failed on purpose, or answered.</summary>
internal sealed class FakeServer(string credentials, FakeRequestLog log, FakeEventHub events, FakeSwitch @switch, TimeProvider time, Func<FakeRequest, FakeAnswer> answer) : IAsyncDisposable
{
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication? _app;
    private volatile bool _isStalled;

    public TimeSpan Latency { get; set; }

    public Uri Url { get; private set; } = new("http://127.0.0.1");

    public async Task StartAsync(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        _app = builder.Build();
        _app.Run(HandleAsync);
        await _app.StartAsync();
        Url = new Uri(_app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());
    }

    public void Stall()
    {
        _isStalled = true;
        foreach (var socket in events.Sockets)
            socket.Freeze();
    }

    public async ValueTask DisposeAsync()
    {
        _stalled.TrySetResult();
        foreach (var socket in events.Sockets)
            socket.Drop();
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (_isStalled)
            await _stalled.Task;
        if (context.Request.Path.StartsWithSegments("/media", out var connection))
        {
            await ServeMediaAsync(context, connection.Value!.TrimStart('/'));
            return;
        }

        if (!context.Request.Path.StartsWithSegments("/ari", out _))
        {
            context.Response.StatusCode = 404;
            return;
        }

        if (context.Request.Headers.Authorization != credentials)
        {
            context.Response.StatusCode = 401;
            return;
        }

        await ServeAsync(context);
    }

    private async Task ServeEventsAsync(HttpContext context)
    {
        var socket = await FakeSocket.AcceptAsync(context, context.Request.Query["app"].ToString().Split(','));
        events.Attach(socket);
        try
        {
            await socket.RunAsync(context.RequestAborted);
        }
        finally
        {
            events.Detach(socket);
        }
    }

    // Whoever knows the connection's id gets the sound, once; nobody is asked for a password.
    private async Task ServeMediaAsync(HttpContext context, string connectionId)
    {
        if (context.Request.Headers.SecWebSocketProtocol != "media" || @switch.FindMedia(connectionId) is not { Media: { IsOpen: false } media } channel)
        {
            context.Response.StatusCode = 404;
            return;
        }

        var socket = await FakeSocket.AcceptAsync(context, [], "media");
        media.Open(socket);
        socket.Send($"MEDIA_START connection_id:{connectionId} channel:{channel.Name} channel_id:{channel.Id} format:slin16 optimal_frame_size:640 ptime:20");
        @switch.AnswerMedia(channel);
        await socket.RunAsync(context.RequestAborted);

        // Nobody is left to hand the sound to.
        @switch.HangUp(channel, 38, byUs: false);
    }

    private async Task ServeAsync(HttpContext context)
    {
        var request = await ReadAsync(context.Request);
        var rule = log.Record(request);
        var early = rule is { Release: not null, Done: true } ? answer(request) : null;
        if (rule?.Release is { } release)
            await release.Task.WaitAsync(context.RequestAborted);
        if (Latency > TimeSpan.Zero)
            await Task.Delay(Latency, time, context.RequestAborted);
        if (rule is null && request.Is("GET", "/events"))
        {
            await ServeEventsAsync(context);
            return;
        }

        var said = early ?? rule?.Answer ?? (rule is { Breaks: true, Done: false } ? null : answer(request));
        if (rule is { Breaks: true })
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = said!.Status;
        if (said.Sound is { } sound)
        {
            context.Response.ContentType = "audio/wav";
            await context.Response.Body.WriteAsync(sound, context.RequestAborted);
        }
        else if (said.Json is { } json)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(json.ToJsonString(), context.RequestAborted);
        }
    }

    private async Task<FakeRequest> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        JsonNode? body = null;
        try
        {
            body = text.Length > 0 ? JsonNode.Parse(text) : null;
        }
        catch (JsonException)
        {
            // Asterisk takes a body that it cannot read for none.
        }

        // The path as it was sent: a segment may hold an escaped slash, which the parsed path no longer tells from a separator.
        var raw = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = raw.Split('?')[0]["/ari".Length..];
        return new FakeRequest(request.Method, path, request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()), body, time.GetTimestamp());
    }
}
