using System.Collections.Concurrent;
using System.Collections.Immutable;
using AriDialer.Calls.Routing;
using Microsoft.Extensions.Logging;

namespace AriDialer.Calls;

/// <summary>Finds the call for an id: of the call itself, of one of its channels, or of its bridge. The door for everybody who controls calls.</summary>
public sealed partial class CallDirectory
{
    private const int RememberedEnds = 256;
    private readonly ConcurrentDictionary<string, CallActor> _calls = new();

    // Callers' channels, whose ids are Asterisk's, and channels that went from one call to another. All other ids name their call
    // themselves.
    private readonly ConcurrentDictionary<string, string> _channels = new();

    // A late repetition of a StasisStart must not begin an ended call again.
    private readonly ConcurrentQueue<string> _ended = new();
    private readonly CallServices _services;
    private readonly ILogger _log;

    internal CallDirectory(CallServices services)
    {
        _services = services;
        _log = services.Log;
    }

    /// <summary>The calls that have not ended, each as it now is.</summary>
    public IReadOnlyCollection<CallSnapshot> Live =>
        [.. _calls.Values.Where(actor => actor.IsTellable).Select(actor => actor.Snapshot).Where(call => call.State != CallState.Ended)];

    /// <summary>A call that has not ended; null where there is none of that id.</summary>
    public CallSnapshot? Find(string callId) => _calls.TryGetValue(callId, out var actor) && actor.IsTellable ? actor.Snapshot : null;

    /// <summary>The calls that there are, those included that have only arrived, and those that ended here as far as that is remembered.</summary>
    public IReadOnlyCollection<string> KnownIds => [.. _calls.Keys, .. _ended];

    /// <summary>Does something to a call. The answer comes once the call has taken or refused it.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="requester">Who wants it; an agent may control only calls that concern them.</param>
    /// <param name="control">What.</param>
    public Task<ControlAnswer> ControlAsync(string callId, CallRequester requester, CallControl control)
    {
        if (!_calls.TryGetValue(callId, out var actor) || !actor.IsTellable || actor.Snapshot.State == CallState.Ended)
        {
            return Task.FromResult(ControlAnswer.NoSuchCall);
        }

        if (!requester.MayControlAll && !actor.Snapshot.Concerns(requester.UserId))
        {
            return Task.FromResult(ControlAnswer.NotAllowed);
        }

        return actor.AskAsync(requester, control);
    }

    /// <summary>A caller's channel has entered Stasis. A repetition is ignored.</summary>
    internal void Arrive(RouteRequest request, SeenChannel caller, string? sipCallId, long arrivedAt = 0)
    {
        var call = new Call(request, caller, sipCallId);
        Start(call, [caller.ChannelId], call.Arrive, arrivedAt);
    }

    /// <summary>A call that an earlier process began is taken over.</summary>
    internal void Adopt(CallMark mark, ImmutableArray<SeenChannel> channels)
    {
        var call = Call.Adopt(mark, channels);
        LogAdopted(call.Id);
        Start(call, channels.Select(channel => channel.ChannelId), () => call.Resume(channels, _services.Time.GetUtcNow()), arrivedAt: 0);
    }

    /// <summary>Carries what one call wants of another.</summary>
    /// <returns>Null where it was delivered; where channels were handed over, once the other call has written down that it has them.</returns>
    internal async Task<EffectFailure?> CarryAsync(CallEffect effect)
    {
        switch (effect)
        {
            case CallEffect.AskForHandOver ask when CallOf(ask.Other) is { } other && other != ask.ToCallId:
                return Tell(other, new CallInput.HandOverRequested(ask.ToCallId, ask.ByUserId, ask.ReferChannelId)) ? null : EffectFailure.Gone;
            case CallEffect.RefuseHandOver refuse:
                Tell(refuse.ToCallId, new CallInput.MergeRefused(refuse.ByUserId, refuse.ReferChannelId));
                return null;
            case CallEffect.HandOver handOver when _calls.TryGetValue(handOver.ToCallId, out var actor):
                foreach (var leg in handOver.Legs)
                {
                    _channels[leg.ChannelId] = handOver.ToCallId;
                }

                return await actor.TellAndKeepAsync(new CallInput.LegsJoined(handOver.Legs, handOver.ByUserId, handOver.ReferChannelId)) ? null : EffectFailure.Gone;
            default:
                return EffectFailure.Gone;
        }
    }

    /// <summary>Tells the call that a channel or bridge belongs to.</summary>
    /// <returns>False where no such call is known, or where it is over.</returns>
    internal bool Tell(string channelOrBridgeId, CallInput input, long arrivedAt = 0) =>
        FindActor(channelOrBridgeId)?.Tell(input, arrivedAt) == true;

    /// <summary>The call that a channel or bridge belongs to; null where no such call is known.</summary>
    internal string? CallOf(string channelOrBridgeId) => FindActor(channelOrBridgeId)?.CallId;

    /// <summary>All calls, those included that nobody may be told of yet.</summary>
    internal IReadOnlyCollection<string> AllIds => [.. _calls.Keys];

    /// <summary>How many calls there are.</summary>
    internal int Count => _calls.Count;

    /// <summary>True for a call that there is, or that ended here as far as that is remembered.</summary>
    internal bool Knows(string callId) => _calls.ContainsKey(callId) || HasEnded(callId);

    /// <summary>Those who run the calls.</summary>
    internal IReadOnlyCollection<CallActor> Actors => [.. _calls.Values];

    /// <summary>True for a call that ended here, as far as that is remembered.</summary>
    internal bool HasEnded(string callId) => _ended.Contains(callId);

    private CallActor? FindActor(string id)
    {
        if (!_channels.TryGetValue(id, out var callId) && !CallIds.TryGetCall(id, out callId))
        {
            callId = id;
        }

        return _calls.GetValueOrDefault(callId);
    }

    private void Start(Call call, IEnumerable<string> channelIds, Func<ImmutableArray<CallEffect>> first, long arrivedAt)
    {
        var actor = new CallActor(call, this, _services);
        if (!_ended.Contains(call.Id) && _calls.TryAdd(call.Id, actor))
        {
            foreach (var channelId in channelIds)
            {
                _channels[channelId] = call.Id;
            }

            _ = RunAsync(actor, first(), arrivedAt);
        }
    }

    private async Task RunAsync(CallActor actor, ImmutableArray<CallEffect> first, long arrivedAt)
    {
        try
        {
            await actor.RunAsync(first, arrivedAt);
        }
        catch (Exception e)
        {
            // A bug in one call must not reach another. The reconciler reaps what it leaves in Asterisk.
            LogActorFailed(e, actor.CallId);
        }
        finally
        {
            _ended.Enqueue(actor.CallId);
            while (_ended.Count > RememberedEnds)
            {
                _ended.TryDequeue(out _);
            }

            _calls.TryRemove(actor.CallId, out _);
            foreach (var leg in actor.Snapshot.Legs)
            {
                _channels.TryRemove(new KeyValuePair<string, string>(leg.ChannelId, actor.CallId));
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Adopted call {CallId}")]
    private partial void LogAdopted(string callId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Call {CallId} broke; its channels are reaped at the next reconciliation")]
    private partial void LogActorFailed(Exception e, string callId);
}
