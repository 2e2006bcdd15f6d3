using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AriDialer.Calls.Media;
using AriDialer.Web.Features.Transcription.Engines;

namespace AriDialer.Web.Features.Transcription.Servers.Realtime;

/// <summary>One voice, understood by a server while it speaks. Where the server turns out not to have the interface for that, each sentence is sent once it is over.</summary>
/// <param name="lineNow">The line as the settings are now; null where none is to be used.</param>
/// <param name="askWhole">Has a sentence understood that is over.</param>
/// <param name="turnsAhead">How many sentences are on their way at a time.</param>
/// <param name="missed">Told why something that was said is missing.</param>
/// <param name="noRealtime">Called where the server turns out not to have the interface.</param>
internal sealed class RealtimeVoice(
    Func<RealtimeLine?> lineNow, Func<Utterance, CancellationToken, Task<HeardSpeech?>> askWhole, int turnsAhead, Action<string> missed, Action noRealtime)
{
    private RealtimeLine? _line;
    private RealtimeSession? _session;
    private bool _isMissing;

    /// <summary>As <see cref="ITranscriber.ListenAsync"/>; once.</summary>
    public async IAsyncEnumerable<HeardSpeech> ListenAsync(
        IAsyncEnumerable<AudioFrame> sound, string language, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var heard = Channel.CreateUnbounded<HeardSpeech>();
        var order = new SpeechInOrder(heard.Writer);
        // Who is far behind reads no further, and the sound is dropped where it can be told.
        var turns = Channel.CreateBounded<SpokenTurn>(turnsAhead);
        _ = CutAsync(sound, order, turns.Writer, stop.Token);
        _ = SendAllAsync(turns.Reader, language, order, heard.Writer, stop.Token);
        try
        {
            await foreach (var speech in heard.Reader.ReadAllAsync(cancellationToken))
                yield return speech;
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    private static async Task CutAsync(IAsyncEnumerable<AudioFrame> sound, SpeechInOrder order, ChannelWriter<SpokenTurn> turns, CancellationToken cancellationToken)
    {
        var cutter = new TurnCutter(_ => order.Hear());
        try
        {
            await foreach (var frame in sound.WithCancellation(cancellationToken))
                await PassOnAsync(cutter.Add(frame));
            await PassOnAsync(cutter.End());
            turns.TryComplete();
        }
        catch (Exception e)
        {
            // Nobody waits for the rest of what was being said.
            cutter.End();
            turns.TryComplete(e);
        }

        async Task PassOnAsync(IReadOnlyList<SpokenTurn> begun)
        {
            foreach (var turn in begun)
            {
                order.Add(turn);
                await turns.WriteAsync(turn, cancellationToken);
            }
        }
    }

    private async Task SendAllAsync(
        ChannelReader<SpokenTurn> turns, string language, SpeechInOrder order, ChannelWriter<HeardSpeech> heard, CancellationToken cancellationToken)
    {
        try
        {
            List<Task> answers = [];
            await foreach (var turn in turns.ReadAllAsync(cancellationToken))
            {
                answers.Add(FinishAsync(turn, await SendAsync(turn, language, cancellationToken), order));
                while (answers.Count >= turnsAhead)
                {
                    var first = await Task.WhenAny(answers);
                    answers.Remove(first);
                    await first;
                }
            }

            await Task.WhenAll(answers);
            heard.TryComplete();
        }
        catch (Exception e)
        {
            heard.TryComplete(e);
        }
        finally
        {
            if (_session is not null)
                await _session.DisposeAsync();
        }
    }

    /// <summary>Sends a sentence while it is spoken.</summary>
    /// <returns>What comes of it.</returns>
    private async Task<Task<HeardSpeech?>> SendAsync(SpokenTurn turn, string language, CancellationToken cancellationToken)
    {
        RealtimeSession? session;
        try
        {
            session = await SessionAsync(language, cancellationToken);
        }
        catch (ModelServerException e)
        {
            await turn.ReadRestAsync(cancellationToken);
            missed(e.Message);
            return Task.FromResult<HeardSpeech?>(turn.Missed());
        }

        if (session is null)
            return askWhole(turn.With(await turn.ReadRestAsync(cancellationToken)), cancellationToken);

        session.Begin(turn);
        var raiser = new RateRaiser();
        await foreach (var samples in turn.Sound.ReadAllAsync(cancellationToken))
            await session.AppendAsync(turn, raiser.Add(samples), cancellationToken);
        await session.AppendAsync(turn, raiser.End(), cancellationToken);
        await session.CommitAsync(turn, cancellationToken);
        return AnswerAsync(_line!, session, turn, cancellationToken);
    }

    private async Task<HeardSpeech?> AnswerAsync(RealtimeLine line, RealtimeSession session, SpokenTurn turn, CancellationToken cancellationToken)
    {
        try
        {
            return turn.Segment(await line.AnswerAsync(session, turn, cancellationToken)) is { } segment ? new HeardSpeech(true, segment) : null;
        }
        catch (ModelServerException e)
        {
            missed(e.Message);
            return turn.Missed();
        }
    }

    private static async Task FinishAsync(SpokenTurn turn, Task<HeardSpeech?> speech, SpeechInOrder order) => order.Finish(turn, await speech);

    // As the settings are now, for each sentence anew.
    private async Task<RealtimeSession?> SessionAsync(string language, CancellationToken cancellationToken)
    {
        var line = lineNow();
        if (line == _line && _session is { IsOver: false } session && line?.Problem is null)
            return session;

        if (line != _line)
            (_line, _isMissing) = (line, false);
        if (_session is not null)
            await _session.DisposeAsync();
        _session = null;
        if (line is null || _isMissing)
            return null;

        _session = await line.OpenAsync(language, noRealtime, cancellationToken);
        _isMissing = _session is null;
        return _session;
    }
}
