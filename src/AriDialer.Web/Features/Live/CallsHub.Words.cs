using System.Runtime.CompilerServices;
using AriDialer.Web.Features.Transcription.Live;
using Microsoft.AspNetCore.SignalR;

namespace AriDialer.Web.Features.Live;

internal sealed partial class CallsHub
{
    /// <summary>Streams what is said in a call that is recorded: all so far, then changes, until it is over.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="words">The live transcripts.</param>
    /// <param name="reading">Who may read along.</param>
    /// <param name="cancellationToken">Cancelled when the page stops reading.</param>
    public async IAsyncEnumerable<LiveWords> ReadAlong(
        string callId, LiveTranscripts words, LiveReading reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stream = BeginStream();
        var person = Context.User!;
        if (reading.Find(person, callId) is not { } first)
            throw new HubException("There is no such call any more.");

        await reading.NoteAsync(person, first);
        var me = await _colleagues.ByIdAsync(UserId, cancellationToken);
        var views = new CallViews(numbers, UserId, me?.Region ?? dialing.Value.DefaultRegion);
        await views.RecogniseAsync([first], names);
        using var reader = words.Open(callId).Read();
        await foreach (var (isSnapshot, state, lines) in reader.ReadAsync(cancellationToken))
        {
            // Who has left a call does not hear what is said in it afterwards, nor read it.
            if (state != LiveWordsState.Over && reading.Find(person, callId) is null)
                throw new HubException("You are no longer in this call.");

            yield return new LiveWords(
                isSnapshot ? LiveMessageKind.Snapshot : LiveMessageKind.Change, state, LiveWordsSentences.For(state), [.. lines.Select(line => Of(line, views))]);
        }
    }

    private static LiveLineView Of(LiveLine line, CallViews views)
    {
        var who = views.Of(line.Who);
        return new LiveLineView(line.Id, line.Side, who.Name ?? who.Display ?? "Unknown number", line.From, line.Segment.Text, line.Kind);
    }
}
