using AriDialer.Web.Data;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.Live;

namespace AriDialer.Web.Features.History;

/// <summary>A row of the history in words.</summary>
internal sealed class CallText(TelephoneNumbers numbers, string region)
{
    /// <summary>The results that a call can be filtered by.</summary>
    public static readonly string[] Results =
    [
        EndReasons.Completed, EndReasons.NoAnswer, EndReasons.Busy, EndReasons.Cancelled, EndReasons.Rejected, EndReasons.Unavailable,
        EndReasons.InvalidNumber, EndReasons.NotAllowed, EndReasons.Failed, EndReasons.HandedBack, EndReasons.Lost,
        EndReasons.Voicemail, EndReasons.Merged, EndReasons.Transferred, EndReasons.TransferFailed,
    ];

    public (string Main, string? Sub) Caller(CallRecord call) => Party(call.CallerName, call.CallerNumber);

    public (string Main, string? Sub) Callee(CallRecord call) => Party(call.CalleeName, call.CalleeNumber);

    public static string Result(CallRecord call) => call.Reason is { } reason ? EndSentences.ShortFor(reason) : "In progress";

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

    public (string Main, string? Sub) Participant(CallParticipant one) => Party(one.Name, one.Number);

    /// <summary>A number as people write it; null where there is none.</summary>
    public string? Number(string? number) => number is null ? null : numbers.Format(number, region);

    public static string Duration(TimeSpan? duration) => duration switch
    {
        null => "",
        { TotalHours: >= 1 } hours => $"{(int)hours.TotalHours}:{hours.Minutes:00}:{hours.Seconds:00}",
        { } minutes => $"{minutes.Minutes}:{minutes.Seconds:00}",
    };

    private (string Main, string? Sub) Party(string? name, string? number)
    {
        var written = Number(number);
        return name is null ? (written ?? "Unknown number", null) : (name, written);
    }
}
