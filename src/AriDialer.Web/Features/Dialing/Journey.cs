using System.Collections.Immutable;
using AriDialer.Calls.Routing;

namespace AriDialer.Web.Features.Dialing;

/// <summary>A call on its way to somebody: who it is from, who is in it already, and whom it has been to.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Direction">Where it comes from and goes to.</param>
/// <param name="Caller">Who calls, as the phones that ring show it.</param>
/// <param name="Present">The people (by id) and numbers that are in the call already: it cannot be sent to them.</param>
internal sealed record Journey(string CallId, CallDirection Direction, CallParty Caller, ImmutableArray<string> Present)
{
    /// <summary>More hops than this is nobody's wish.</summary>
    public const int MostHops = 5;

    /// <summary>The people (by id), teams and numbers that it has been to, in order. Nobody is rung twice: it is what ends loops.</summary>
    public ImmutableArray<string> Trail { get; init; } = [];

    /// <summary>True where a caller without an answer may leave a message.</summary>
    public bool MayLeaveMessage { get; init; }

    /// <summary>The team that was called last; null where none was.</summary>
    public CallParty? Team { get; init; }

    /// <summary>True while it may be sent on once more.</summary>
    public bool MayGoOn => Trail.Length <= MostHops;

    /// <summary>The people and teams it has been to, the last one first: those who have rules.</summary>
    public IEnumerable<string> Hosts => Trail.Reverse().Where(step => !step.StartsWith('+'));

    public bool HasBeenTo(string mark) => Trail.Contains(mark) || Present.Contains(mark);

    public bool HasIn(string userId) => Present.Contains(userId);

    public Journey To(string userIdOrNumber) => this with { Trail = Trail.Add(userIdOrNumber) };

    public Journey To(RingGroup team) => this with { Trail = Trail.Add(team.Mark), Team = team.AsParty() };

    public RefuseCall Refuse(CallParty callee, string reason) => new(Direction, Caller, callee, reason) { Team = Team };

    /// <summary>A person or a number by what marks them in <see cref="Present"/>.</summary>
    public static IEnumerable<string> MarksOf(CallParty? party) =>
        new[] { party?.UserId, party?.Number }.Where(mark => !string.IsNullOrEmpty(mark)).Select(mark => mark!);
}
