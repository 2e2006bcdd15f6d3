using AriDialer.Calls.Media;
using AriDialer.Web.Features.Transcription.Engines;
using AriDialer.Web.Features.Transcription.Servers.Realtime;
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
        if (account.Address is null || account is { Model: null, ChatModel: null, RealtimeModel: null })
            return [new TrialResult(false, $"The {kind.Name} has no address or no model yet. Set these first.")];

        List<TrialResult> results = [];
        if (account.Model is not null)
            results.Add(await TryAsync(token => HearAsync(account, token), cancellationToken));
        if (account.RealtimeModel is not null)
            results.Add(await TryAsync(token => HearLiveAsync(account, token), cancellationToken));
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

    private async Task<TrialResult> HearLiveAsync(ModelAccount account, CancellationToken cancellationToken)
    {
        var speech = await sample.ReadAsync(cancellationToken);
        var line = new RealtimeLine(account, transport, options.Value.Once(), time);
        var missing = new TrialResult(
            false, $"{account.RealtimeModel} has no realtime interface at this address. In live calls each sentence is sent once it is over.");
        if (speech is null)
        {
            await using var session = await line.OpenAsync("en-US", () => { }, cancellationToken);
            return session is null
                ? missing
                : new(true, $"{account.RealtimeModel} can be reached for live calls. There is no speech on this machine to try it with: whether it understands words is not known.");
        }

        var (isThere, failure, start) = (true, (string?)null, time.GetTimestamp());
        var voice = new RealtimeVoice(() => line, (_, _) => Task.FromResult<HeardSpeech?>(null), turnsAhead: 4, problem => failure = problem, () => isThere = false);
        var (first, last, text) = ((TimeSpan?)null, TimeSpan.Zero, "");
        await foreach (var heard in voice.ListenAsync(FramesOf(speech), "en-US", cancellationToken))
        {
            if (heard.Segment.Text.Length == 0)
                continue;
            last = time.GetElapsedTime(start);
            first ??= last;
            if (heard.IsFinal)
                text += $" {heard.Segment.Text}";
        }

        return (isThere, failure, first) switch
        {
            (false, _, _) => missing,
            (_, { } problem, _) => new(false, problem),
            (_, _, { } soon) => new(
                true, $"{account.RealtimeModel} gave the first words live after {soon.TotalSeconds:0.0} s and the last after {last.TotalSeconds:0.0} s, and understood: “{Quote(text.Trim())}”"),
            _ => new(false, $"{account.RealtimeModel} answered live, but understood no word of what a person said in the test."),
        };
    }

    private async IAsyncEnumerable<AudioFrame> FramesOf(short[] speech)
    {
        // At once, as it comes from no call.
        for (var begin = 0; begin < speech.Length; begin += AudioFrame.Rate / 50)
        {
            await Task.Yield();
            yield return new AudioFrame(time.GetUtcNow(), begin, speech[begin..Math.Min(speech.Length, begin + AudioFrame.Rate / 50)]);
        }
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
