using AriDialer.Web.Features.Transcription.Engines;
using Microsoft.Extensions.Options;
using OpenAI.Chat;

namespace AriDialer.Web.Features.Transcription.Servers;

/// <summary>A model that answers in words, where an administrator has set one up.</summary>
internal sealed class ChatModels(EngineSettings settings, ModelTransport transport, IOptions<ModelServerOptions> options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private (ModelAccount Account, ChatClient Client, Patience Patience)? _line;

    /// <summary>There is one. It may fail all the same.</summary>
    public bool IsThere => Account is not null;

    /// <summary>What people call it; null where there is none.</summary>
    public string? Name => Account?.ChatModel;

    private ModelAccount? Account => ServerKind.All.Select(settings.Of).FirstOrDefault(account => account is { IsOn: true, Address: not null, ChatModel.Length: > 0 });

    /// <summary>Its answer. What is asked leaves this machine.</summary>
    /// <param name="system">What it is to do.</param>
    /// <param name="user">What it is to do it with.</param>
    /// <param name="cancellationToken">Ends it within a moment.</param>
    /// <exception cref="ModelServerException">There is none, or it gave no answer: a sentence for people.</exception>
    public async Task<string> AskAsync(string system, string user, CancellationToken cancellationToken)
    {
        if (Account is not { } account)
            throw new ModelServerException("No chat model is set up.");

        var (client, patience) = LineOf(account);
        return await patience.AskAsync(
            async token =>
            {
                var answer = await client.CompleteChatAsync([new SystemChatMessage(system), new UserChatMessage(user)], cancellationToken: token);
                var text = string.Concat(answer.Value.Content.Select(part => part.Text)).Trim();
                return text.Length > 0 ? text : throw new FormatException("There is nothing in the answer.");
            },
            cancellationToken);
    }

    private Patience PatienceWith(ModelAccount account) => new(account.Kind.Name, options.Value.ChatTimeout, options.Value, time);

    private (ChatClient Client, Patience Patience) LineOf(ModelAccount account)
    {
        lock (_lock)
        {
            if (_line is not { } line || line.Account != account)
                _line = line = (account, ModelServer.ClientOf(account, transport).GetChatClient(account.ChatModel), PatienceWith(account));
            return (line.Client, line.Patience);
        }
    }
}
