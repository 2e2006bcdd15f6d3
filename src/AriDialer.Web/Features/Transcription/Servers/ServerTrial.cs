using AriDialer.Web.Features.Transcription.Engines;
using Microsoft.Extensions.Options;
using OpenAI.Chat;

namespace AriDialer.Web.Features.Transcription.Servers;

/// <summary>What came of trying something out.</summary>
internal sealed record TrialResult(bool IsGood, string Sentence);

/// <summary>Tries a server's models out as they are set up, once and without patience: with real speech, and with a question.</summary>
internal sealed class ServerTrial(
    EngineSettings settings, SpeechSample sample, ModelTransport transport, IOptions<ModelServerOptions> options, TimeProvider time)
{
    private const int LongestQuote = 200;

    /// <summary>A sentence for each model.</summary>
    public async Task<IReadOnlyList<TrialResult>> RunAsync(ServerKind kind, CancellationToken cancellationToken)
    {
        var account = settings.Of(kind);
        if (account.Address is null || (account.Model is null && account.ChatModel is null))
            return [new TrialResult(false, $"The {kind.Name} has no address or no model yet. Set these first.")];

        List<TrialResult> results = [];
        if (account.Model is not null)
            results.Add(await TryAsync(token => HearAsync(account, token), cancellationToken));
        if (account.ChatModel is not null)
            results.Add(await TryAsync(token => AskAsync(account, token), cancellationToken));
        return results;
    }

    private static async Task<TrialResult> TryAsync(Func<CancellationToken, Task<TrialResult>> run, CancellationToken cancellationToken)
    {
        try
        {
            return await run(cancellationToken);
        }
        catch (ModelServerException e)
        {
            return new TrialResult(false, e.Message);
        }
    }

    private async Task<TrialResult> HearAsync(ModelAccount account, CancellationToken cancellationToken)
    {
        var speech = await sample.ReadAsync(cancellationToken);
        var line = new ServerLine(account, transport, PatienceFor(account));
        var start = time.GetTimestamp();
        // The piece that is there speaks English, whatever language calls are in.
        var heard = await line.UnderstandAsync(new Utterance(0, speech ?? new short[SpeechCutter.Rate]), "en-US", cancellationToken);
        var took = $"{time.GetElapsedTime(start).TotalSeconds:0.0} s";
        return (speech, heard) switch
        {
            (null, _) => new(true, $"{account.Model} answered after {took}. There is no speech on this machine to try it with, so it was sent silence: whether it understands words is not known."),
            (_, null) => new(false, $"{account.Model} answered after {took}, but understood no word of what a person said in the test."),
            _ => new(true, $"{account.Model} answered after {took}, and understood: “{Quote(heard.Text)}”{(heard.Words.Count > 0 ? " It tells when each word is said." : "")}"),
        };
    }

    private async Task<TrialResult> AskAsync(ModelAccount account, CancellationToken cancellationToken)
    {
        var client = ModelServer.ClientOf(account, transport).GetChatClient(account.ChatModel);
        var start = time.GetTimestamp();
        var answer = await PatienceFor(account).AskAsync(
            token => client.CompleteChatAsync([new UserChatMessage("Answer with the single word: yes.")], cancellationToken: token), cancellationToken);
        var text = string.Concat(answer.Value.Content.Select(part => part.Text));
        return new TrialResult(true, $"{account.ChatModel} answered after {time.GetElapsedTime(start).TotalSeconds:0.0} s: “{Quote(text)}”");
    }

    private Patience PatienceFor(ModelAccount account) => new(account.Kind.Name, options.Value.Timeout, options.Value.Once(), time);

    private static string Quote(string text) => text.Length > LongestQuote ? text[..LongestQuote] + "…" : text;
}
