using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Transcription.Servers;

/// <summary>The servers with models, as they are set up now.</summary>
internal sealed class ModelAccounts(IOptions<TranscriptionEngineOptions> options)
{
    /// <summary>The account of a kind of server. Quick, and from memory.</summary>
    public ModelAccount Of(ServerKind kind)
    {
        var settings = kind == ServerKind.Azure ? options.Value.Azure : options.Value.OpenAI;
        return new ModelAccount(kind, settings.Enabled && settings.BaseUrl is not null, settings.BaseUrl, settings.Model, settings.ChatModel, settings.ApiKey);
    }
}
