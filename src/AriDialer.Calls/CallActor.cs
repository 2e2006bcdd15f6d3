using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace AriDialer.Calls;

/// <summary>
/// One mailbox a call, and the only thing that touches its <see cref="Call"/>. Inputs are taken one by one; effects are carried out
/// beside them, each as soon as none is left that it waits for, so that neither a hang-up nor its request stands in a queue.
/// </summary>
internal sealed partial class CallActor
{
    private readonly Channel<Letter> _mailbox = Channel.CreateUnbounded<Letter>(new UnboundedChannelOptions { SingleReader = true });

    // What is under way and what waits, in the order in which it was asked for.
    private readonly List<Errand> _errands = [];
    private readonly ConcurrentDictionary<long, TaskCompletionSource<ControlAnswer>> _asked = new();
    private readonly CancellationTokenSource _over = new();
    private readonly InputTrail _trail = new();
    private readonly Call _call;
    private readonly CallDirectory _directory;
    private readonly CallServices _services;
    private readonly ILogger _log;
    private volatile CallSnapshot _snapshot;
    private long _told;
    private long _taken;
    private long _tickets;

    internal CallActor(Call call, CallDirectory directory, CallServices services)
    {
        _call = call;
        _directory = directory;
        _services = services;
        _log = services.Log;
        _snapshot = call.ToSnapshot();
    }

    internal string CallId => _call.Id;

    /// <summary>The call as it now is.</summary>
    internal CallSnapshot Snapshot => _snapshot;

    /// <summary>How many inputs the call has taken: what a question to Asterisk is told with, read before it is asked.</summary>
    internal long Taken => Volatile.Read(ref _taken);

    /// <summary>Whether others may be told of the call yet.</summary>
    internal bool IsTellable => Volatile.Read(ref _told) > 0;

    /// <summary>Puts an input into the mailbox. Never waits.</summary>
    /// <param name="input">What happened.</param>
    /// <param name="arrivedAt">When the event arrived that says so, as a timestamp of the time provider; 0 where no event does.</param>
    /// <returns>True where the call is going to read it; false where it is over and reads no more.</returns>
    internal bool Tell(CallInput input, long arrivedAt = 0) => _mailbox.Writer.TryWrite(new Letter(input, arrivedAt, Done: null, Kept: null));

    /// <summary>Puts an input into the mailbox, and waits until what it changes of the call would survive this process.</summary>
    /// <returns>False where the call is over and reads no more.</returns>
    internal async Task<bool> TellAndKeepAsync(CallInput input)
    {
        var kept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_mailbox.Writer.TryWrite(new Letter(input, ArrivedAt: 0, Done: null, kept)))
        {
            return false;
        }

        await kept.Task.WaitAsync(_over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return true;
    }

    /// <summary>Writes down that the call waits for what will not come, with the last that it was told.</summary>
    internal void ReportStuck(string why)
    {
        var state = _snapshot.State;
        CallMetrics.Stuck.Add(1, new KeyValuePair<string, object?>("state", state.ToString()));
        LogStuck(CallId, state, why, _trail);
    }

    /// <summary>Puts a person's request into the mailbox; the answer is the call's own.</summary>
    internal Task<ControlAnswer> AskAsync(CallRequester by, CallControl control)
    {
        var ticket = Interlocked.Increment(ref _tickets);
        var answer = new TaskCompletionSource<ControlAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[ticket] = answer;
        if (!Tell(new CallInput.ControlRequested(by, control, ticket)))
        {
            AnswerTheRest();
        }

        return answer.Task;
    }

    /// <summary>Lives until the call has ended and its last effect is done.</summary>
    /// <param name="first">The first effects.</param>
    /// <param name="begunAt">When the event arrived that began the call; 0 where none did.</param>
    internal async Task RunAsync(ImmutableArray<CallEffect> first, long begunAt)
    {
        using var scope = _log.BeginScope("call {CallId}", CallId);
        Take(first, begunAt);
        try
        {
            await foreach (var letter in _mailbox.Reader.ReadAllAsync())
            {
                if (letter.Done is { } done)
                {
                    _errands.Remove(done);
                    done.Kept?.TrySetResult();
                }

                if (letter.EndsSurvey)
                {
                    OnSurveyed();
                }

                if (letter.Input is not null)
                {
                    _trail.Add(letter.Input, _services.Time.GetUtcNow());
                }

                // What waited starts only after the call has heard of a failure: it may not want it any more.
                Take(letter.Input is { } input ? _call.Apply(input, _services.Time.GetUtcNow()) : [], letter.ArrivedAt);
                if (letter.Kept is { } kept)
                {
                    TellOnceKept(kept);
                }

                if (_call.State == CallState.Ended && _errands.Count == 0)
                {
                    // What came meanwhile is still read: a leg that arrives too late is hung up by the call, or by whom this refuses.
                    _mailbox.Writer.TryComplete();
                }
            }
        }
        finally
        {
            _mailbox.Writer.TryComplete();
            AnswerTheRest();
            await _over.CancelAsync();
            CallMetrics.Ended.Add(1, new KeyValuePair<string, object?>("reason", _snapshot.End?.Reason));
            LogOver(_snapshot.End?.Reason ?? "?", _snapshot.End?.Cause ?? 0);
        }
    }

    private void TellOnceKept(TaskCompletionSource kept)
    {
        if (_errands.FindLast(static errand => errand.Effect is CallEffect.WriteMark) is { } mark)
        {
            mark.Kept = kept;
        }
        else
        {
            kept.TrySetResult();
        }
    }

    private void AnswerTheRest()
    {
        foreach (var (_, answer) in _asked)
        {
            answer.TrySetResult(ControlAnswer.NoSuchCall);
        }
    }

    private void Take(ImmutableArray<CallEffect> effects, long arrivedAt)
    {
        if (_call.Version != _told && _call.IsRouted)
        {
            Volatile.Write(ref _told, _call.Version);
            _snapshot = _call.ToSnapshot();
            _services.Feed.Publish(_snapshot, _call.TakeMoments());
        }

        // After the snapshot: who reads this first finds in the snapshot whatever it counts.
        Volatile.Write(ref _taken, _call.Taken);
        if (_call.State is CallState.Ending or CallState.Ended)
        {
            _errands.RemoveAll(static errand => !errand.IsUnderWay && !errand.Effect.IsCleanUp);
        }

        var cause = new Arrival { At = arrivedAt };
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case CallEffect.AskRoute ask:
                    _ = AskRouteAsync(ask, arrivedAt);
                    break;
                case CallEffect.Reply reply when _asked.TryRemove(reply.Ticket, out var answer):
                    answer.TrySetResult(reply.What);
                    break;
                case CallEffect.SurveyLater survey when _surveys >= MostSurveys:
                    _surveyAgain = survey.After > _surveyAgain.GetValueOrDefault() ? survey.After : _surveyAgain;
                    break;
                case CallEffect.SurveyLater survey:
                    Survey(survey.After);
                    break;
                default:
                    _errands.Add(new Errand(effect, cause));
                    break;
            }
        }

        StartErrands();
    }

    private void StartErrands()
    {
        for (var i = 0; i < _errands.Count; i++)
        {
            var errand = _errands[i];
            if (!errand.IsUnderWay && !_errands.Take(i).Any(earlier => errand.Effect.WaitsFor(earlier.Effect)))
            {
                errand.IsUnderWay = true;
                RecordReaction(errand);
                _ = RunAsync(errand);
            }
        }
    }

    private void RecordReaction(Errand errand)
    {
        if (errand.Cause.At != 0)
        {
            CallMetrics.Reaction.Record(_services.Time.GetElapsedTime(errand.Cause.At).TotalMilliseconds);
            errand.Cause.At = 0;
        }
    }

    private async Task RunAsync(Errand errand)
    {
        var failure = errand.Effect switch
        {
            CallEffect.AskForHandOver or CallEffect.HandOver or CallEffect.RefuseHandOver => await _directory.CarryAsync(errand.Effect),
            _ => await _services.Effects.RunAsync(
                errand.Effect, () => errand.Effect.IsCleanUp || _snapshot.State is not (CallState.Ending or CallState.Ended)),
        };
        _mailbox.Writer.TryWrite(new Letter(failure is { } how ? new CallInput.EffectFailed(errand.Effect, how) : null, ArrivedAt: 0, errand, Kept: null));
    }

    // An input, the end of an errand, or both; and who waits until what it changes is written down.
    private readonly record struct Letter(CallInput? Input, long ArrivedAt, Errand? Done, TaskCompletionSource? Kept)
    {
        internal bool EndsSurvey { get; init; }
    }

    /// <summary>When the event arrived that effects follow from; 0 where there was none, or once the first of them has started.</summary>
    private sealed class Arrival
    {
        internal long At { get; set; }
    }

    /// <summary>An effect that was asked for and is not done yet.</summary>
    private sealed class Errand(CallEffect effect, Arrival cause)
    {
        internal CallEffect Effect { get; } = effect;

        internal Arrival Cause { get; } = cause;

        internal bool IsUnderWay { get; set; }

        internal TaskCompletionSource? Kept { get; set; }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Call over: {Reason}, cause {Cause}")]
    private partial void LogOver(string reason, int cause);

    [LoggerMessage(Level = LogLevel.Error, Message = "Call {CallId} is stuck, {State}: {Why}. It is ended. The last that it was told: {Trail}")]
    private partial void LogStuck(string callId, CallState state, string why, InputTrail trail);
}
