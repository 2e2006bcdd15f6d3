namespace AriDialer.Web.Features.Live;

/// <summary>Who is at which end of a call.</summary>
internal static class CallSides
{
    /// <summary>Who is at a leg; the caller's and the called person's own may leave it to the call to say.</summary>
    public static CallParty PartyAt(this CallSnapshot call, LegSnapshot leg)
    {
        if (leg.Party != CallParty.Unknown)
            return leg.Party;
        if (leg.UserId is { } userId)
            return call.Callee.UserId == userId ? call.Callee : call.Caller.UserId == userId ? call.Caller : leg.Party with { UserId = userId };

        return leg.ChannelId == call.Legs[0].ChannelId ? call.Caller : leg.Role is LegRole.Caller or LegRole.Called ? call.Callee : leg.Party;
    }

    /// <summary>The person of ours whose phone a leg is; null where it is nobody's.</summary>
    public static string? UserAt(this CallSnapshot call, LegSnapshot leg) => leg.UserId ?? call.PartyAt(leg).UserId;

    /// <summary>The person's leg by which they take part: the one that talks before one that rings; null where none is left.</summary>
    public static LegSnapshot? PresentLegOf(this CallSnapshot call, string userId) =>
        call.Legs.Where(leg => leg.State != LegState.Gone && call.UserAt(leg) == userId).MaxBy(leg => (leg.State, leg.Continues is not null));

    /// <summary>
    /// The two sides that are there now. Whoever left is replaced on their own side, so that an outbound call still goes from
    /// a person of ours to the customer after it was transferred. Before and after the talk it is who called whom.
    /// </summary>
    public static (CallParty From, CallParty To) PresentSides(this CallSnapshot call)
    {
        var there = call.Legs.Where(leg => leg.State == LegState.Up && !call.IsAsked(leg)).ToList();
        var caller = there.Find(leg => leg.Role == LegRole.Caller);
        var called = there.Find(leg => leg.Role == LegRole.Called);
        var others = new Queue<LegSnapshot>(there.Where(leg => leg != caller && leg != called));
        return (Side(caller, call.Caller), Side(called, call.Callee));

        CallParty Side(LegSnapshot? leg, CallParty first) =>
            (leg ?? (others.Count > 0 ? others.Dequeue() : null)) is { } present ? call.PartyAt(present) : first;
    }

    /// <summary>True where everybody whom this leg could hear is away: it waits, with music.</summary>
    public static bool IsHeld(this CallSnapshot call, LegSnapshot mine)
    {
        if (mine.State != LegState.Up || call.State != CallState.Connected)
            return false;

        var group = call.GroupOf(mine);
        var asks = call.Consultation?.ByChannelId == mine.ChannelId;
        // Who asks has chosen whom to talk to: the others do not hold them. Everybody else could hear anybody.
        var others = call.Legs
            .Where(leg => leg.State == LegState.Up && leg.ChannelId != mine.ChannelId && (!asks || call.GroupOf(leg) == group))
            .ToList();
        return others.Count > 0 && others.TrueForAll(leg => leg.Holding || leg.PhoneHold || leg.Place == LegPlace.Outside || call.GroupOf(leg) != group);
    }

    /// <summary>True for who is asked before a transfer, and is not yet with the others.</summary>
    public static bool IsAsked(this CallSnapshot call, LegSnapshot leg) =>
        call.Consultation is { } consultation && leg.ChannelId != consultation.ByChannelId
        && (leg.Place == LegPlace.Consult || leg.Role == LegRole.Consulted && call.PartyAt(leg) == consultation.Party);

    // Who holds is outside, but belongs to those whom they hold.
    private static LegPlace GroupOf(this CallSnapshot call, LegSnapshot leg) =>
        leg.Place != LegPlace.Outside ? leg.Place
        : call.IsAsked(leg) || call.Consultation is { TalksToOthers: false } asks && asks.ByChannelId == leg.ChannelId ? LegPlace.Consult
        : LegPlace.Main;
}
