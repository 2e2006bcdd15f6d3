using System.ClientModel;
using System.ClientModel.Primitives;
using Azure.AI.OpenAI;
using OpenAI;

namespace AriDialer.Web.Features.Transcription.Servers;

/// <summary>A client of an account's server, which tries everything once: how often is asked, <see cref="Patience"/> knows.</summary>
internal static class ModelServer
{
    // A server that wants no key gets one all the same: the client insists.
    private const string NoKey = "none";

    public static OpenAIClient ClientOf(ModelAccount account, ModelTransport transport)
    {
        var key = new ApiKeyCredential(account.Key ?? NoKey);
        if (account.Kind == ServerKind.Azure)
            return new AzureOpenAIClient(account.Address, key, Plain(new AzureOpenAIClientOptions(), transport));

        var options = Plain(new OpenAIClientOptions(), transport);
        options.Endpoint = account.Address;
        return new OpenAIClient(key, options);
    }

    private static T Plain<T>(T options, ModelTransport transport)
        where T : ClientPipelineOptions
    {
        options.Transport = transport.Pipeline;
        options.RetryPolicy = new ClientRetryPolicy(maxRetries: 0);
        options.NetworkTimeout = Timeout.InfiniteTimeSpan;
        return options;
    }
}
