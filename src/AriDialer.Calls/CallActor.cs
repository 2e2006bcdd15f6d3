using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace AriDialer.Calls;

/// <summary>
/// One mailbox a call, and the only thing that touches its <see cref="Call"/>. Inputs are taken one by one; effects are carried out
/// one after the other beside them, so that a hang-up is heard while a request is under way.
/// </summary>
internal sealed partial class CallActor
{
    // An empty letter says that the effect under way is done. The number is the moment when the event arrived, 0 where none did.
    private readonly Channel<(CallInput? Input, long ArrivedAt)> _mailbox =
        Channel.CreateUnbounded<(CallInput?, long)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly Queue<(CallEffect Effect, long ArrivedAt)> _pending = new();
    private readonly ConcurrentDictionary<long, TaskCompletionSource<ControlAnswer>> _asked = new();
    private readonly CancellationTokenSource _over = new();
    private readonly Call _call;
    private readonly CallDirectory _directory;
    private readonly CallServices _services;
    private readonly ILogger _log;
    private volatile CallSnapshot _snapshot;
    private bool _effectUnderWay;
    private long _told;
    private long _tickets;
    private volatile bool _isOver;

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

    /// <summary>Whether others may be told of the call yet.</summary>
    internal bool IsTellable => Volatile.Read(ref _told) > 0;

    /// <summary>Puts an input into the mailbox. Never waits, never drops.</summary>
    /// <param name="input">What happened.</param>
    /// <param name="arrivedAt">When the event arrived that says so, as a timestamp of the time provider; 0 where no event does.</param>
    internal void Tell(CallInput input, long arrivedAt = 0) => _mailbox.Writer.TryWrite((input, arrivedAt));

    /// <summary>As <see cref="Tell"/>, but false where the call reads its mailbox no more.</summary>
    internal bool TryTell(CallInput input)
    {
        Tell(input);
        return !_isOver;
    }

    /// <summary>Puts a person's request into the mailbox; the answer is the call's own.</summary>
    internal Task<ControlAnswer> AskAsync(CallRequester by, CallControl control)
    {
        var ticket = Interlocked.Increment(ref _tickets);
        var answer = new TaskCompletionSource<ControlAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[ticket] = answer;
        Tell(new CallInput.ControlRequested(by, control, ticket));
        if (_isOver)
        {
            // It came too late for the mailbox to be read again.
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
            await foreach (var (input, arrivedAt) in _mailbox.Reader.ReadAllAsync())
            {
                if (input is null)
                {
                    _effectUnderWay = false;
                    StartNextEffect();
                }
                else
                {
                    Take(_call.Apply(input, _services.Time.GetUtcNow()), arrivedAt);
                }

                if (_call.State == CallState.Ended && !_effectUnderWay && _pending.Count == 0)
                {
                    break;
                }
            }
        }
        finally
        {
            _isOver = true;
            AnswerTheRest();
            await _over.CancelAsync();
            CallMetrics.Ended.Add(1, new KeyValuePair<string, object?>("reason", _snapshot.End?.Reason));
            LogOver(_snapshot.End?.Reason ?? "?", _snapshot.End?.Cause ?? 0);
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

        if (_call.State is CallState.Ending or CallState.Ended)
        {
            LeaveOutPointlessEffects();
        }

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
                case CallEffect.SurveyLater survey:
                    _ = SurveyAsync(survey.After);
                    break;
                default:
                    _pending.Enqueue((effect, arrivedAt));
                    arrivedAt = 0;
                    break;
            }
        }

        StartNextEffect();
    }

    private void LeaveOutPointlessEffects()
    {
        for (var n = _pending.Count; n > 0; n--)
        {
            var next = _pending.Dequeue();
            if (next.Effect.IsCleanUp)
            {
                _pending.Enqueue(next);
            }
        }
    }

    private void StartNextEffect()
    {
        if (!_effectUnderWay && _pending.TryDequeue(out var next))
        {
            _effectUnderWay = true;
            if (next.ArrivedAt != 0)
            {
                CallMetrics.Reaction.Record(_services.Time.GetElapsedTime(next.ArrivedAt).TotalMilliseconds);
            }

            _ = RunEffectAsync(next.Effect);
        }
    }

    private async Task RunEffectAsync(CallEffect effect)
    {
        var failure = effect switch
        {
            CallEffect.AskForHandOver or CallEffect.HandOver or CallEffect.RefuseHandOver => _directory.Carry(effect),
            _ => await _services.Effects.RunAsync(effect),
        };
        if (failure is { } how)
        {
            Tell(new CallInput.EffectFailed(effect, how));
        }

        _mailbox.Writer.TryWrite((null, 0));
    }

    private async Task AskRouteAsync(CallEffect.AskRoute ask, long arrivedAt)
    {
        try
        {
            // Off the mailbox's thread: routing is somebody else's code and may work before it first waits.
            await Task.Yield();
            Tell(new CallInput.RouteDecided(ask.Attempt, await _services.Routing(ask.Request, _over.Token)), arrivedAt);
        }
        catch (Exception e)
        {
            if (e is not OperationCanceledException)
            {
                LogRouteFailed(e);
            }

            Tell(new CallInput.RouteFailed(ask.Attempt));
        }
    }

    private async Task SurveyAsync(TimeSpan after)
    {
        try
        {
            await Task.Delay(after, _services.Time, _over.Token);
            if (await _services.Surveyor.SeeAsync([.. _snapshot.Legs.Where(leg => leg.State != LegState.Gone).Select(leg => leg.ChannelId)], _over.Token) is { } seen)
            {
                Tell(new CallInput.Surveyed(seen));
                return;
            }

            // Asterisk did not answer. What it has is asked again later, or by the reconciler once it is back.
            _ = SurveyAsync(after < TimeSpan.FromSeconds(30) ? after * 2 : after);
        }
        catch (OperationCanceledException)
        {
            // The call is over.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Call over: {Reason}, cause {Cause}")]
    private partial void LogOver(string reason, int cause);

    [LoggerMessage(Level = LogLevel.Error, Message = "Routing failed; the caller is told that the call failed")]
    private partial void LogRouteFailed(Exception e);
}
