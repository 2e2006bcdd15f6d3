using System.ClientModel.Primitives;

namespace AriDialer.Web.Features.Transcription.Servers;

/// <summary>
/// The way to servers with models. It follows nobody to another address, as that would get the key too, and reads no endless answers.
/// </summary>
internal sealed class ModelTransport : IDisposable
{
    private readonly HttpClient _client = new(new ShortAnswers(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    }))
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    // An opened socket is no answer that ends.
    private readonly HttpMessageInvoker _sockets = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10) });

    public ModelTransport() => Pipeline = new HttpClientPipelineTransport(_client);

    public HttpClientPipelineTransport Pipeline { get; }

    /// <summary>How sockets are opened.</summary>
    public HttpMessageInvoker Sockets => _sockets;

    public void Dispose()
    {
        Pipeline.Dispose();
        _client.Dispose();
        _sockets.Dispose();
    }

    private sealed class ShortAnswers(HttpMessageHandler next) : DelegatingHandler(next)
    {
        // A transcript of some seconds has a few thousand.
        private const int MostBytes = 1_000_000;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            try
            {
                await response.Content.LoadIntoBufferAsync(MostBytes, cancellationToken);
                return response;
            }
            catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
            {
                response.Dispose();
                throw new TooLongAnswerException();
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }
    }
}

/// <summary>An answer is longer than any that makes sense.</summary>
internal sealed class TooLongAnswerException() : Exception("The answer is too long.");
