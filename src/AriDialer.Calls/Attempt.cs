using System.Collections.Immutable;
using AriDialer.Calls.Routing;

namespace AriDialer.Calls;

/// <summary>
/// One try to bring somebody into a call: the question to routing, the phones that ring, and the one that answers first. The
/// first attempt of a call is for whom was called; others are for transfers, consultations and people who are added.
/// Only its <see cref="Call"/> touches it.
/// </summary>
internal sealed class Attempt(int number, RoutePurpose purpose)
{
    /// <summary>From 1 within the call; routing's answer carries it.</summary>
    internal int Number { get; } = number;

    internal RoutePurpose Purpose { get; set; } = purpose;

    /// <summary>Who wants it; null for whom was called. Another channel of the same person where they came back on one.</summary>
    internal Leg? By { get; set; }

    /// <summary>The person who wants it; they may have left since.</summary>
    internal string? ByUserId { get; init; }

    /// <summary>What was asked for, as it came.</summary>
    internal string Dialled { get; init; } = "";

    /// <summary>True where a phone asked for it by REFER, and waits to be told what became of it.</summary>
    internal bool IsRefer { get; init; }

    /// <summary>Who is rung.</summary>
    internal CallParty Party { get; set; } = CallParty.Unknown;

    internal List<Leg> Legs { get; } = [];

    internal TimeSpan RingFor { get; set; }

    /// <summary>True where routing wants to be asked again if nobody answers.</summary>
    internal bool AskAgain { get; set; }

    internal ImmutableArray<string> Trail { get; set; } = [];

    /// <summary>True while routing has not answered.</summary>
    internal bool IsAsking { get; set; } = true;

    /// <summary>Who answered first.</summary>
    internal Leg? Winner { get; set; }

    /// <summary>True where it was given up: whoever still answers is let go.</summary>
    internal bool IsOver { get; set; }

    /// <summary>True while somebody may still answer.</summary>
    internal bool IsOpen => !IsOver && Winner is null;
}
