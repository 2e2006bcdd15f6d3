using System.Collections.Immutable;
using AriDialer.Calls.Routing;

namespace AriDialer.Calls;

/// <summary>Something that a call is told. Inputs may repeat, come late, or come in any order between channels.</summary>
internal abstract record CallInput
{
    /// <summary>Routing has answered.</summary>
    internal sealed record RouteDecided(RouteDecision Decision) : CallInput;

    /// <summary>Routing has failed; why stands in the log.</summary>
    internal sealed record RouteFailed : CallInput;

    /// <summary>A channel that the call made has entered Stasis.</summary>
    internal sealed record LegArrived(string ChannelId) : CallInput;

    /// <summary>A phone rings.</summary>
    internal sealed record LegRinging(string ChannelId) : CallInput;

    /// <summary>The far side sends sound before it answers.</summary>
    internal sealed record LegEarlyMedia(string ChannelId) : CallInput;

    /// <summary>A channel is up.</summary>
    internal sealed record LegAnswered(string ChannelId) : CallInput;

    /// <summary>A channel is no more.</summary>
    internal sealed record LegGone(string ChannelId, int Cause) : CallInput;

    /// <summary>A channel has left Stasis: mostly because it ends, and then <see cref="LegGone"/> follows with the cause.</summary>
    internal sealed record LegLeftStasis(string ChannelId) : CallInput;

    /// <summary>A person wants something done. Answered by <see cref="CallEffect.Reply"/> with the same ticket.</summary>
    internal sealed record ControlRequested(CallRequester By, CallControl Control, long Ticket) : CallInput;

    /// <summary>The call's bridge was destroyed.</summary>
    internal sealed record BridgeGone : CallInput;

    /// <summary>A request was refused or failed.</summary>
    internal sealed record EffectFailed(CallEffect Effect, EffectFailure Failure) : CallInput;

    /// <summary>What Asterisk has of this call, asked for after a gap or a doubt.</summary>
    internal sealed record Surveyed(ImmutableArray<SeenChannel> Channels) : CallInput;
}

/// <summary>A channel as a survey found it.</summary>
/// <param name="ChannelId">Its id.</param>
/// <param name="State">Its state; <see cref="LegState.Gone"/> where it has left our application.</param>
internal sealed record SeenChannel(string ChannelId, LegState State);

/// <summary>How a request failed.</summary>
internal enum EffectFailure
{
    /// <summary>The channel or bridge is not there any more.</summary>
    Gone,

    /// <summary>It is in a state, or in a place, where this cannot be done, or it was done before.</summary>
    Conflict,

    /// <summary>Asterisk refused or could not be reached.</summary>
    Fault,
}
