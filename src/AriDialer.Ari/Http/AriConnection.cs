using System.ComponentModel.DataAnnotations;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AriDialer.Ari;

/// <summary>Sends requests and opens sockets, and turns whatever goes wrong into an <see cref="AriException"/>.</summary>
internal sealed class AriConnection
{
    private static readonly MediaTypeHeaderValue JsonType = new("application/json");

    private readonly string _base;
    private readonly AuthenticationHeaderValue _credentials;

    public AriConnection(HttpClient http, AriOptions options)
    {
        Http = http;
        Options = Checked(options);
        _base = options.Url!.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/ari";
        _credentials = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Username}:{options.Password}")));
    }

    public HttpClient Http { get; }

    public AriOptions Options { get; }

    public static AriOptions Checked(AriOptions options)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        return options;
    }

    public Task SendAsync(AriRequest request, CancellationToken cancellationToken) =>
        RunAsync(request, HttpCompletionOption.ResponseContentRead, static (response, _) =>
        {
            response.Dispose();
            return Task.FromResult(true);
        }, cancellationToken);

    public Task<T> SendAsync<T>(AriRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        RunAsync(request, HttpCompletionOption.ResponseHeadersRead, async (response, token) =>
        {
            using var answer = response;
            var stream = await answer.Content.ReadAsStreamAsync(token).ConfigureAwait(false);
            return await JsonSerializer.DeserializeAsync(stream, type, token).ConfigureAwait(false)
                ?? throw new JsonException("Asterisk answered null.");
        }, cancellationToken);

    /// <summary>The answer as a stream, which the caller disposes of; the time limit of a request ends where it begins.</summary>
    public Task<Stream> DownloadAsync(AriRequest request, CancellationToken cancellationToken) =>
        RunAsync(request, HttpCompletionOption.ResponseHeadersRead, (response, _) => response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken);

    public async Task<WebSocket> OpenWebSocketAsync(AriRequest request, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", _credentials.ToString());
        socket.Options.KeepAliveInterval = Options.KeepAliveInterval;
        socket.Options.KeepAliveTimeout = Options.KeepAliveTimeout;
        socket.Options.CollectHttpResponseDetails = true;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Options.ConnectTimeout);
        try
        {
            var address = new UriBuilder(_base + request.Path + request.QueryText);
            address.Scheme = address.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs;
            await socket.ConnectAsync(address.Uri, limit.Token).ConfigureAwait(false);
            socket.HttpResponseHeaders = null;
            return socket;
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or HttpRequestException)
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            var status = (int)socket.HttpStatusCode;
            throw status == 0 ? Fault(request, exception) : Refused(request, status, $"the event socket was refused ({socket.HttpStatusCode})");
        }
    }

    private async Task<T> RunAsync<T>(
        AriRequest request, HttpCompletionOption completion, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Options.RequestTimeout);
        try
        {
            using var message = Message(request);
            var response = await Http.SendAsync(message, completion, limit.Token).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
                return await read(response, limit.Token).ConfigureAwait(false);

            using var failed = response;
            var body = await failed.Content.ReadAsByteArrayAsync(limit.Token).ConfigureAwait(false);
            throw Refused(request, (int)failed.StatusCode, AriErrors.Message(body, failed.ReasonPhrase));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Fault(request, exception);
        }
    }

    private HttpRequestMessage Message(AriRequest request)
    {
        var message = new HttpRequestMessage(request.Method, _base + request.Path + request.QueryText);
        message.Headers.Authorization = _credentials;
        if (request.Json is { } json)
            message.Content = new ByteArrayContent(json) { Headers = { ContentType = JsonType } };
        return message;
    }

    private static AriException Refused(AriRequest request, int status, string message) =>
        new(AriErrors.Kind(status, message), request.Method.Method, request.Path, status, message);

    private AriException Fault(AriRequest request, Exception exception)
    {
        var message = exception switch
        {
            OperationCanceledException => "Asterisk did not answer in time",
            JsonException => $"Asterisk's answer could not be read: {exception.Message}",
            _ => $"Asterisk at {Options.Url!.Authority} could not be reached: {exception.Message}",
        };
        return new AriException(AriErrorKind.Fault, request.Method.Method, request.Path, null, message, exception);
    }
}
