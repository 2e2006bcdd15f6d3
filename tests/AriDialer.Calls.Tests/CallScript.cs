using System.Collections.Immutable;
using AriDialer.Calls.Routing;

namespace AriDialer.Calls.Tests;

/// <summary>Drives one <see cref="Call"/> as Asterisk and people would, and keeps what it wanted done.</summary>
internal sealed class CallScript
{
    internal const string CallerId = "ast-1";
    internal const string AgentId = "user-agent";
    internal const string ColleagueId = "user-colleague";
    internal static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    internal static readonly CallParty Agent = new(AgentId, "+12025550101", "Agent");
    internal static readonly CallParty Customer = new(null, "+442079460111", null);
    internal static readonly CallParty Colleague = new(ColleagueId, "+12025550102", "Colleague");
    internal static readonly CallRequester Supervisor = new("user-supervisor", MayControlAll: true);

    private readonly Call _call;
    private readonly List<CallEffect> _effects = [];
    private readonly List<CallMoment> _moments = [];
    private int _seconds;

    internal CallScript(string? returns = null, LegState callerState = LegState.Down, string kind = "phone")
    {
        var arguments = ImmutableDictionary<string, string>.Empty.Add("kind", kind);
        if (returns is not null)
        {
            arguments = arguments.Add("return", returns);
        }

        var request = new RouteRequest("call", "web-agent", "+442079460111", "+12025550101", "Agent", arguments, Start);
        _call = new Call(request, new SeenChannel(CallerId, callerState), "sip-1");
        _effects.AddRange(_call.Arrive());
    }

    internal CallState State => _call.State;

    internal long Taken => _call.Taken;

    internal CallSnapshot Snapshot => _call.ToSnapshot();

    /// <summary>The effects of the last input.</summary>
    internal ImmutableArray<CallEffect> Last { get; private set; } = [];

    internal IReadOnlyList<CallEffect> All => _effects;

    internal static string Leg(int n) => CallIds.Leg("call", n);

    internal static RingTargets ToTrunk { get; } = new(
        CallDirection.Outbound, Agent, Customer, [new DialTarget("PJSIP/+442079460111@trunk", "+12025550101", "Agent", null)], TimeSpan.FromSeconds(45));

    internal static RingTargets ToTwoPhones { get; } = new(
        CallDirection.Internal,
        Agent,
        Colleague,
        [new DialTarget("PJSIP/web-1", "+12025550101", "Agent", ColleagueId), new DialTarget("PJSIP/web-2", "+12025550101", "Agent", ColleagueId)],
        TimeSpan.FromSeconds(45));

    internal static TakeMessage ToMailbox { get; } = new(
        CallDirection.Inbound, Customer, Colleague, ColleagueId, ["sound:vm-intro"], TimeSpan.FromMinutes(2));

    internal static TakeMessage ToFullMailbox { get; } = ToMailbox with { Greeting = ["sound:vm-mailboxfull"], LongestMessage = null };

    /// <summary>Where routing sends a transfer, a question or an invitation.</summary>
    internal static RingTargets ToColleague { get; } = new(
        CallDirection.Internal, Agent, Colleague, [new DialTarget("PJSIP/web-1", "+12025550101", "Agent", ColleagueId)], TimeSpan.FromSeconds(20));

    /// <summary>The agent and the customer talk, and the colleague is rung: by transfer, question or invitation.</summary>
    internal static CallScript Bringing(CallControl control) => In(CallState.Connected)
        .Ask(AgentId, control)
        .Tell(new CallInput.RouteDecided(2, ToColleague), new CallInput.LegArrived(Leg(2)), new CallInput.LegRinging(Leg(2)));

    /// <summary>Three talk: the agent has added the colleague.</summary>
    internal static CallScript Conference() => Bringing(new CallControl.Add("colleague")).Tell(new CallInput.LegAnswered(Leg(2)));

    internal static CallScript In(CallState state, RingTargets? route = null, string? returns = null)
    {
        var script = new CallScript(returns);
        if (state == CallState.Arriving)
        {
            return script;
        }

        if (state == CallState.Voicemail)
        {
            script.Tell(new CallInput.RouteDecided(1, ToMailbox), new CallInput.LegAnswered(CallerId));
            return script;
        }

        script.Tell(new CallInput.RouteDecided(1, route ?? ToTrunk));
        script.Tell(new CallInput.LegArrived(Leg(1)), new CallInput.LegArrived(Leg(2)));
        if (state >= CallState.Ringing)
        {
            script.Tell(new CallInput.LegRinging(Leg(1)));
        }

        if (state >= CallState.Connected)
        {
            script.Tell(new CallInput.LegAnswered(Leg(1)), new CallInput.LegAnswered(CallerId));
        }

        if (state >= CallState.Ending)
        {
            script.Tell(new CallInput.ControlRequested(Supervisor, new CallControl.End(), 1));
        }

        if (state == CallState.Ended)
        {
            script.Tell(new CallInput.LegGone(CallerId, 16), new CallInput.LegGone(Leg(1), 16), new CallInput.LegGone(Leg(2), 16));
        }

        Assert.Equal(state, script.State);
        return script;
    }

    /// <summary>What the last request of a person was answered.</summary>
    internal ControlAnswer Answer => Last.OfType<CallEffect.Reply>().Last().What;

    internal LegSnapshot LegAt(string channelId) => Snapshot.Legs.Single(leg => leg.ChannelId == channelId);

    /// <summary>The kinds of everything that the timeline was told.</summary>
    internal IEnumerable<string> Kinds => _moments.Select(moment => moment.Kind);

    internal IReadOnlyList<CallMoment> Moments => _moments;

    /// <summary>What Asterisk has at this moment.</summary>
    internal static CallInput SeesNow(params SeenChannel[] channels) => new CallInput.Surveyed([.. channels], AskedAfter: long.MaxValue);

    internal CallScript Ask(string userId, CallControl control, bool mayControlAll = false) =>
        Tell(new CallInput.ControlRequested(new CallRequester(userId, mayControlAll), control, 1));

    internal CallScript Tell(params CallInput[] inputs)
    {
        var last = ImmutableArray.CreateBuilder<CallEffect>();
        foreach (var input in inputs)
        {
            last.AddRange(_call.Apply(input, Start.AddSeconds(++_seconds)));
            _moments.AddRange(_call.TakeMoments());
        }

        Last = last.ToImmutable();
        _effects.AddRange(Last);
        return this;
    }
}
