using System.Collections.Immutable;

namespace AriDialer.Calls.Routing;

/// <summary>Decides where a call goes. Asked once a call, before anybody is rung; may take its time (it reads a database).</summary>
/// <param name="request">What is known of the call.</param>
/// <param name="cancellationToken">Cancelled when the caller has gone or the application stops.</param>
public delegate ValueTask<RouteDecision> CallRouting(RouteRequest request, CancellationToken cancellationToken);

/// <summary>What a call brings with it when it enters Stasis.</summary>
/// <param name="CallId">The call's id: the same again if the application was killed while deciding.</param>
/// <param name="Endpoint">The PJSIP endpoint that the channel belongs to: whose call it is follows from it alone.</param>
/// <param name="Dialled">What was dialled, as it came: unchecked text.</param>
/// <param name="CallerNumber">The caller's number as the channel has it; empty where withheld. Unchecked text.</param>
/// <param name="CallerName">The caller's name as the channel has it. Unchecked text.</param>
/// <param name="Arguments">The arguments of <c>Stasis(aridialer,key=value,...)</c>.</param>
/// <param name="StartedAt">When the caller's channel was made.</param>
public sealed record RouteRequest(
    string CallId,
    string Endpoint,
    string Dialled,
    string CallerNumber,
    string CallerName,
    ImmutableDictionary<string, string> Arguments,
    DateTimeOffset StartedAt)
{
    /// <summary>What the answer is wanted for.</summary>
    public RoutePurpose Purpose { get; init; }

    /// <summary>The person of ours who wants somebody rung; null for a call's first question, where the endpoint tells.</summary>
    public string? ByUserId { get; init; }

    /// <summary>Whom those who are to be rung will talk to, as their phones shall show; null for a call's first question.</summary>
    public CallParty? Waiting { get; init; }

    /// <summary>Why nobody took the call (<see cref="EndReasons"/>), where routing wanted to be asked again; else null.</summary>
    public string? Unanswered { get; init; }

    /// <summary>What <see cref="RingTargets.Trail"/> said the time before.</summary>
    public ImmutableArray<string> Trail { get; init; } = [];
}

/// <summary>What routing is asked for.</summary>
public enum RoutePurpose
{
    /// <summary>A call arrives, or nobody took it.</summary>
    Call,

    /// <summary>Somebody is to be given the call.</summary>
    Transfer,

    /// <summary>Somebody is to be asked.</summary>
    Ask,

    /// <summary>Somebody is to join.</summary>
    Add,

    /// <summary>A person whose transfer failed is to have the call back; <see cref="RouteRequest.ByUserId"/> is who.</summary>
    Recall,

    /// <summary>A person whose phone was lost comes back on the endpoint that <see cref="RouteRequest.Dialled"/> names.</summary>
    Reconnect,
}

/// <summary>What is to become of a call.</summary>
public abstract record RouteDecision
{
    /// <summary>The team that was called, whoever is to take the call now; null where none was. Only for <see cref="RoutePurpose.Call"/>.</summary>
    public CallParty? Team { get; init; }
}

/// <summary>Ring these; the first to answer has the call, the others are told that it was answered elsewhere.</summary>
/// <param name="Direction">Where the call comes from and goes to.</param>
/// <param name="Caller">Who calls.</param>
/// <param name="Callee">Who is called.</param>
/// <param name="Targets">What to ring, all at once; at least one.</param>
/// <param name="RingFor">How long to ring before the call ends as unanswered.</param>
public sealed record RingTargets(
    CallDirection Direction,
    CallParty Caller,
    CallParty Callee,
    ImmutableArray<DialTarget> Targets,
    TimeSpan RingFor) : RouteDecision
{
    /// <summary>True where routing wants to be asked again if nobody takes the call: it may know somebody else, or a mailbox.</summary>
    public bool AskAgain { get; init; }

    /// <summary>What is recorded of the call. Only for <see cref="RoutePurpose.Call"/>.</summary>
    public RecordingRule Recording { get; init; } = RecordingRule.OnDemand;

    /// <summary>What routing wants to hear again in that case: whom the call has been to. It is what ends loops.</summary>
    public ImmutableArray<string> Trail { get; init; } = [];
}

/// <summary>
/// The caller is answered, hears a greeting and leaves a message; or hears that the mailbox takes none. Only for <see cref="RoutePurpose.Call"/>.
/// </summary>
/// <param name="Direction">Where the call comes from.</param>
/// <param name="Caller">Who calls.</param>
/// <param name="Callee">Who was called.</param>
/// <param name="UserId">Whose mailbox it is.</param>
/// <param name="Greeting">Asterisk's media URIs, played in order, such as <c>sound:vm-intro</c>.</param>
/// <param name="LongestMessage">After this the message ends by itself; null where the mailbox is full: the call ends after the greeting.</param>
public sealed record TakeMessage(
    CallDirection Direction,
    CallParty Caller,
    CallParty Callee,
    string UserId,
    ImmutableArray<string> Greeting,
    TimeSpan? LongestMessage) : RouteDecision;

/// <summary>The call is not made. The caller gets the cause that belongs to the reason.</summary>
/// <param name="Direction">Where the call would have gone.</param>
/// <param name="Caller">Who calls.</param>
/// <param name="Callee">Who was to be called, as far as known.</param>
/// <param name="Reason">One of <see cref="EndReasons"/>.</param>
public sealed record RefuseCall(CallDirection Direction, CallParty Caller, CallParty Callee, string Reason) : RouteDecision;

/// <summary>The dialplan is to go on with the caller's channel.</summary>
/// <param name="Direction">Where the call comes from.</param>
/// <param name="Caller">Who calls.</param>
/// <param name="Callee">Who was to be called, as far as known.</param>
/// <param name="Place">Where the dialplan goes on; null for the priority after <c>Stasis()</c>.</param>
public sealed record HandBack(CallDirection Direction, CallParty Caller, CallParty Callee, DialplanPlace? Place) : RouteDecision;

/// <summary>A place in the dialplan.</summary>
/// <param name="Context">The context.</param>
/// <param name="Extension">The extension.</param>
/// <param name="Priority">The priority, from 1.</param>
public sealed record DialplanPlace(string Context, string Extension, int Priority = 1);

/// <summary>One phone or trunk to ring.</summary>
/// <param name="Address">Asterisk's dial string for one channel, such as <c>PJSIP/web-abc</c> or <c>PJSIP/+442079460123@trunk</c>.
/// Made from checked parts only: what a user typed never stands in it unparsed.</param>
/// <param name="CallerNumber">The number to show there, E.164 or empty.</param>
/// <param name="CallerName">The name to show there.</param>
/// <param name="UserId">Whose phone it is, null for a trunk.</param>
public sealed record DialTarget(string Address, string CallerNumber, string CallerName, string? UserId)
{
    private const string Pjsip = "PJSIP/";

    /// <summary>Who answers here, where that says more than <see cref="RingTargets.Callee"/>: the one of a team. Else null.</summary>
    public CallParty? Party { get; init; }

    /// <summary>What is recorded of the call if this one answers, where that is not <see cref="RingTargets.Recording"/>; else null.</summary>
    public RecordingRule? Recording { get; init; }

    /// <summary>True where PJSIP makes the channel: only then are there headers to send with it.</summary>
    internal bool IsPjsip => Address.StartsWith(Pjsip, StringComparison.Ordinal);

    /// <summary>The PJSIP endpoint that is rung as itself; the whole address where it is anything else, such as a number behind a trunk.</summary>
    public string Endpoint =>
        IsPjsip && !Address.Contains('@', StringComparison.Ordinal) ? Address[Pjsip.Length..] : Address;
}
