using System.Collections.Immutable;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Contacts;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.Live;

namespace AriDialer.Web.Features.History;

/// <summary>A row of the history in words.</summary>
internal sealed class CallText(TelephoneNumbers numbers, string region)
{
    private IReadOnlyDictionary<string, string> _known = ImmutableDictionary<string, string>.Empty;

    /// <summary>The results that a call can be filtered by.</summary>
    public static readonly string[] Results =
    [
        EndReasons.Completed, EndReasons.NoAnswer, EndReasons.Busy, EndReasons.Cancelled, EndReasons.Rejected, EndReasons.Unavailable,
        EndReasons.InvalidNumber, EndReasons.NotAllowed, EndReasons.Failed, EndReasons.HandedBack, EndReasons.ConnectionLost, EndReasons.Lost,
        EndReasons.Voicemail, EndReasons.MailboxFull, EndReasons.Merged, EndReasons.Transferred, EndReasons.TransferFailed,
    ];

    /// <summary>Looks up what the reader calls those in the calls who are none of ours: the network's word for them comes second.</summary>
    public async Task RecogniseAsync(string userId, Names names, IEnumerable<CallRecord> calls) =>
        _known = await names.NamesOfAsync(userId, calls
            .SelectMany(call => call.Participants.Select(one => (one.UserId, one.Number))
                .Append((call.CallerUserId, call.CallerNumber)).Append((call.CalleeUserId, call.CalleeNumber)))
            .Where(party => party.Item1 is null).Select(party => party.Item2));

    public (string Main, string? Sub) Caller(CallRecord call) => Party(call.CallerUserId, call.CallerName, call.CallerNumber);

    /// <summary>Who was called; of a team, the team, and who of it answered, or else took the call.</summary>
    public (string Main, string? Sub) Callee(CallRecord call)
    {
        var (main, sub) = Party(call.CalleeUserId, call.CalleeName, call.CalleeNumber);
        return call.TeamName is not { } team ? (main, sub)
            : call.AnsweredAt is not null ? (team, $"answered by {main}")
            : IsTeam(call) ? (team, Number(call.CalleeNumber))
            : (team, $"went on to {main}");
    }

    /// <summary>True where nobody of the team that was called, and nobody else, has taken the call.</summary>
    public static bool IsTeam(CallRecord call) => call is { TeamName: not null, CalleeUserId: null } && call.CalleeName == call.TeamName;

    public static string Result(CallRecord call) => call.Reason is { } reason ? EndSentences.ShortFor(reason) : "In progress";

    /// <summary>The same for somebody whose phone rang along, where another answered.</summary>
    public static string Result(CallRecord call, bool isAnsweredElsewhere) => isAnsweredElsewhere ? "Answered elsewhere" : Result(call);

    /// <summary>Who ended it and why, with the network's cause.</summary>
    public static string Why(CallRecord call)
    {
        if (call.Reason is not { } reason)
            return "It has not ended.";

        var by = call.EndedBy switch
        {
            EndedBy.Customer => "by the customer",
            EndedBy.Agent => "by the agent",
            EndedBy.Supervisor => "by a supervisor",
            _ => "by the system",
        };
        var cause = call.Cause is > 0 ? $", cause {call.Cause}" : "";
        return $"{EndSentences.For(reason)} Ended {by}{cause}.{(call.Estimated ? " When exactly is not known." : "")}";
    }

    /// <summary>How somebody came into the call.</summary>
    public static string Role(CallParticipant one) => one.Role switch
    {
        LegRole.Caller => "Caller",
        LegRole.Called => "Called",
        LegRole.Transferred => "Transferred to",
        LegRole.Consulted => "Asked",
        LegRole.Added => "Added",
        LegRole.Recalled => "Rung again",
        _ => "From a merged call",
    };

    public (string Main, string? Sub) Participant(CallParticipant one) => Party(one.UserId, one.Name, one.Number);

    /// <summary>What the reader calls the one with this number; null where they do not know them.</summary>
    public string? Known(string? number) => number is null ? null : _known.GetValueOrDefault(number);

    /// <summary>A number as people write it; null where there is none.</summary>
    public string? Number(string? number) => number is null ? null : numbers.Format(number, region);

    public static string Duration(TimeSpan? duration) => duration switch
    {
        null => "",
        { TotalHours: >= 1 } hours => $"{(int)hours.TotalHours}:{hours.Minutes:00}:{hours.Seconds:00}",
        { } minutes => $"{minutes.Minutes}:{minutes.Seconds:00}",
    };

    private (string Main, string? Sub) Party(string? userId, string? name, string? number)
    {
        var written = Number(number);
        if (userId is null)
            name = Known(number) ?? name;
        return name is null ? (written ?? "Unknown number", null) : (name, written);
    }
}
