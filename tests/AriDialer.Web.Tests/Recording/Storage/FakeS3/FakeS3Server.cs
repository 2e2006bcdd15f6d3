using System.Collections.Concurrent;
using System.Globalization;
using System.Xml.Linq;
using AriDialer.Web.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace AriDialer.Web.Tests.Recording.Storage.FakeS3;

/// <summary>
/// As much of an S3-compatible server as recordings need, over HTTP, path style. It is one of the strict kind: it takes only what is
/// rightly signed, and nothing in aws-chunked. It can be told to fail.
/// </summary>
internal sealed class FakeS3Server : IAsyncDisposable
{
    public const string AccessKey = "an-access-key";
    public const string SecretKey = "a/secret+key";
    public const string Bucket = "calls";

    private const int PageSize = 3;
    private static readonly XNamespace Xml = "http://s3.amazonaws.com/doc/2006-03-01/";

    private readonly TempFolder _folder = new();
    private readonly WebApplication _app;
    private int _failures;
    private int _failWith;
    private int _cuts;
    private int _open;
    private volatile bool _isSilent;
    private volatile bool _stops;

    private FakeS3Server()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<KestrelServerOptions>(options => options.Limits.MaxRequestBodySize = null);
        Objects = new S3Objects(_folder.Path);
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public S3Objects Objects { get; }

    /// <summary>What was asked: the method, and the part of the object where there was one.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>How many requests are being answered.</summary>
    public int Open => _open;

    public string Url => _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();

    public static async Task<FakeS3Server> StartAsync()
    {
        var server = new FakeS3Server();
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Answers the next requests with an error.</summary>
    public void Fail(int times, int status) => (_failWith, _failures) = (status, times);

    /// <summary>Breaks off the next downloads in the middle.</summary>
    public void CutOff(int times) => _cuts = times;

    /// <summary>Takes requests, and answers none any more.</summary>
    public void FallSilent() => _isSilent = true;

    /// <summary>Stops in the middle of each download, and says nothing more.</summary>
    public void StopInTheMiddle() => _stops = true;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _open);
        try
        {
            if (_isSilent)
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            await AnswerCheckedAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task AnswerCheckedAsync(HttpContext context)
    {
        var request = context.Request;
        Requests.Enqueue($"{request.Method} {request.Headers.Range}".Trim());
        var path = request.Path.Value!.TrimStart('/').Split('/', 2);
        if (!S3Signature.IsRight(request, AccessKey, SecretKey))
            await RefuseAsync(context, 403, "SignatureDoesNotMatch");
        else if (Interlocked.Decrement(ref _failures) >= 0)
            await RefuseAsync(context, _failWith, _failWith == 503 ? "SlowDown" : "InternalError");
        else if (path[0] != Bucket)
            await RefuseAsync(context, 404, "NoSuchBucket");
        else if (request.Headers["x-amz-content-sha256"].ToString().StartsWith("STREAMING", StringComparison.Ordinal))
            await RefuseAsync(context, 501, "NotImplemented");
        else
            await ServeAsync(context, path.Length > 1 ? path[1] : "");
    }

    private async Task ServeAsync(HttpContext context, string name)
    {
        var found = Objects.Find(name);
        switch (context.Request.Method)
        {
            case "PUT":
                if (await Objects.TryPutAsync(name, context.Request, context.RequestAborted) is null)
                    await RefuseAsync(context, 400, "XAmzContentSHA256Mismatch");
                break;
            case "DELETE":
                Objects.Remove(name);
                context.Response.StatusCode = 204;
                break;
            case "GET" when context.Request.Query["list-type"] == "2":
                await ListAsync(context);
                break;
            case "GET" or "HEAD" when found is null:
                await RefuseAsync(context, 404, "NoSuchKey");
                break;
            case "HEAD":
                context.Response.ContentLength = found.Length;
                break;
            case "GET":
                await SendAsync(context, found);
                break;
            default:
                await RefuseAsync(context, 405, "MethodNotAllowed");
                break;
        }
    }

    private async Task SendAsync(HttpContext context, S3Object found)
    {
        var (from, to) = (0L, found.Length - 1);
        if (context.Request.GetTypedHeaders().Range?.Ranges.Single() is { } range)
        {
            (from, to) = (range.From!.Value, Math.Min(range.To ?? to, to));
            if (from > to)
            {
                await RefuseAsync(context, 416, "InvalidRange");
                return;
            }

            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes {from}-{to}/{found.Length}";
        }

        var length = to - from + 1;
        context.Response.ContentLength = length;
        var isCut = Interlocked.Decrement(ref _cuts) >= 0;
        await context.Response.SendFileAsync(found.Path, from, length / 2, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        if (isCut)
            context.Abort();
        else if (_stops)
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        else
            await context.Response.SendFileAsync(found.Path, from + length / 2, length - length / 2, context.RequestAborted);
    }

    private async Task ListAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var after = query["continuation-token"].ToString();
        var found = Objects.All
            .Where(pair => pair.Key.StartsWith(query["prefix"].ToString(), StringComparison.Ordinal) && string.CompareOrdinal(pair.Key, after) > 0)
            .Take(PageSize + 1).ToArray();
        var page = found.Take(PageSize).ToArray();
        await WriteAsync(context, new XElement(
            Xml + "ListBucketResult",
            new XElement(Xml + "IsTruncated", found.Length > PageSize ? "true" : "false"),
            found.Length > PageSize ? new XElement(Xml + "NextContinuationToken", page[^1].Key) : null,
            page.Select(pair => new XElement(
                Xml + "Contents",
                new XElement(Xml + "Key", pair.Key),
                new XElement(Xml + "Size", pair.Value.Length),
                new XElement(Xml + "LastModified", pair.Value.WrittenAt.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture))))));
    }

    private static Task RefuseAsync(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        return context.Request.Method == "HEAD"
            ? Task.CompletedTask
            : WriteAsync(context, new XElement("Error", new XElement("Code", code), new XElement("Message", code)));
    }

    private static Task WriteAsync(HttpContext context, XElement xml)
    {
        context.Response.ContentType = "application/xml";
        return context.Response.WriteAsync($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{xml}", context.RequestAborted);
    }
}
