using AriDialer.Web.Data;
using AriDialer.Web.Features.Contacts;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.History;
using AriDialer.Web.Features.Live;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.Recents;

/// <summary>How a call went, seen from the person whose list it is.</summary>
internal enum RecentKind
{
    Incoming,
    Outgoing,
    Missed,

    /// <summary>It rang here too, and somebody else of the team answered.</summary>
    Elsewhere,
}

/// <summary>One call of a person's, as their list shows it.</summary>
/// <param name="Id">The call's id.</param>
/// <param name="Kind">Which way it went.</param>
/// <param name="Title">The other side's name; without one its number as this person writes it.</param>
/// <param name="Display">The number, where the title is a name.</param>
/// <param name="Number">The number, E.164; null where it was withheld.</param>
/// <param name="PersonId">The colleague on the other side, where it was one.</param>
/// <param name="TeamId">The team that this person called, where it was one.</param>
/// <param name="Name">The name to show in the phone while it rings.</param>
/// <param name="Result">What came of it, in words.</param>
/// <param name="At">When it began.</param>
/// <param name="IsStranger">True for a number that nobody's name belongs to, so that it can become a contact.</param>
internal sealed record RecentCall(
    string Id, RecentKind Kind, string Title, string? Display, string? Number, string? PersonId, string? TeamId, string? Name, string Result, DateTimeOffset At,
    bool IsStranger)
{
    public bool CanBeCalled => (PersonId ?? TeamId ?? Number) is not null;
}

/// <summary>The last calls of a person.</summary>
internal sealed class RecentCalls(IDbContextFactory<AppDbContext> databases, Names names, TelephoneNumbers numbers)
{
    public const int Most = 20;

    public async Task<IReadOnlyList<RecentCall>> OfAsync(string userId, string region, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        // Each part by its own index; a call of both halves, with oneself, does not exist.
        var made = await Newest(database.Calls.Where(call => call.CallerUserId == userId)).ToListAsync(cancellationToken);
        var taken = await Newest(database.Calls.Where(call => call.CalleeUserId == userId)).ToListAsync(cancellationToken);
        var rung = database.CallParticipants.Where(one => one.UserId == userId && one.Role == LegRole.Called).Select(one => one.CallId);
        var ofTeams = await Newest(database.Calls.Where(call => call.TeamName != null && rung.Contains(call.Id))).ToListAsync(cancellationToken);
        List<RecentCall> recent = [];
        foreach (var call in made.Concat(taken).Concat(ofTeams).DistinctBy(call => call.Id).OrderByDescending(call => call.StartedAt).Take(Most))
        {
            recent.Add(await DescribeAsync(call, userId, region));
        }

        return recent;
    }

    private static IQueryable<CallRecord> Newest(IQueryable<CallRecord> calls) =>
        calls.AsNoTracking().OrderByDescending(call => call.StartedAt).ThenByDescending(call => call.Id).Take(Most);

    private async Task<RecentCall> DescribeAsync(CallRecord call, string userId, string region)
    {
        var isMine = call.CallerUserId == userId;
        var team = isMine ? call.TeamId : null;
        var (personId, number, told) = team is not null ? (null, null, call.TeamName)
            : isMine ? (call.CalleeUserId, call.CalleeNumber, call.CalleeName)
            : (call.CallerUserId, call.CallerNumber, call.CallerName);
        var known = await names.NameOfAsync(userId, number);
        // What the network calls somebody is weaker than what they are called here.
        var name = personId is not null ? told ?? known : known ?? told;
        var display = number is null ? null : numbers.Format(number, region);
        var kind = isMine ? RecentKind.Outgoing
            : IsMissed(call) ? RecentKind.Missed
            : call.TeamName is not null && call.CalleeUserId != userId && call.AnsweredAt is not null ? RecentKind.Elsewhere
            : RecentKind.Incoming;
        return new RecentCall(
            call.Id, kind, name ?? display ?? "Unknown number", name is null ? null : display, number, personId, team, name, ResultOf(call, kind),
            call.StartedAt, IsStranger: personId is null && number is not null && known is null);
    }

    private static bool IsMissed(CallRecord call) =>
        call is { EndedAt: not null, AnsweredAt: null } && call.Reason is not (EndReasons.Rejected or EndReasons.HandedBack);

    private static string ResultOf(CallRecord call, RecentKind kind)
    {
        var way = kind.ToString();
        if (kind == RecentKind.Elsewhere)
            return $"{call.TeamName}, answered by {call.CalleeName ?? "somebody else"}";

        // To a person's own phones; with a team's, the team comes first.
        if (kind != RecentKind.Outgoing && call.TeamName is { } team)
            way = $"{team}, {way.ToLowerInvariant()}";
        return kind == RecentKind.Missed ? way
            : call.Reason is not { } reason ? $"{way}, in progress"
            : call.Duration is { } duration ? $"{way}, {CallText.Duration(duration)}"
            : $"{way}, {EndSentences.ShortFor(reason).ToLowerInvariant()}";
    }
}
