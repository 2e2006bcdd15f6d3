using System.Text.Json;

namespace AriDialer.Web.Features.History;

/// <summary>
/// A line of the journal: what of one call was not yet in the database. The run stands with it: what the database has already of that
/// run is not written again.
/// </summary>
internal sealed record JournalEntry(string Run, CallSnapshot Call, PendingMoment[] Moments, Dictionary<string, LegTimes> Legs)
{
    public static JournalEntry Of(string run, PendingCall pending) => new(run, pending.Call, [.. pending.Moments], new(pending.Legs));

    public PendingCall ToPending() => PendingCall.Of(Call, Moments, Legs);

    public byte[] ToLine() => [.. JsonSerializer.SerializeToUtf8Bytes(this), (byte)'\n'];

    /// <summary>Null for a line that is none: the process was killed while it wrote.</summary>
    public static JournalEntry? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<JournalEntry>(line) is { Run: not null, Call: not null, Moments: not null, Legs: not null } entry ? entry : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
