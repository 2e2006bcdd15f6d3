using System.Diagnostics.CodeAnalysis;

namespace AriDialer.Calls;

/// <summary>
/// The one place where ids are made. A call's id follows from the caller's channel, and the ids of its other channels and of
/// its bridge follow from the call's id: a restart finds everything again, and a repeated request meets its own id.
/// </summary>
public static class CallIds
{
    private const string LegMark = ".leg";
    private const string BridgeMark = ".bridge";

    /// <summary>The id of the call that a channel starts by entering Stasis.</summary>
    /// <param name="channelId">Asterisk's id of the caller's channel.</param>
    /// <param name="previousCallId">The call that this channel was part of before the dialplan had it back, if any:
    /// a second visit is a second call.</param>
    public static string ForArrival(string channelId, string? previousCallId)
    {
        var first = string.Create(channelId.Length, channelId, static (span, id) =>
        {
            for (var i = 0; i < id.Length; i++)
            {
                span[i] = char.IsAsciiLetterOrDigit(id[i]) ? id[i] : '-';
            }
        });
        if (previousCallId is null || !previousCallId.StartsWith(first, StringComparison.Ordinal))
        {
            return first;
        }

        var visit = previousCallId.Length > first.Length + 2 && int.TryParse(previousCallId.AsSpan(first.Length + 2), out var n) ? n + 1 : 2;
        return $"{first}-v{visit}";
    }

    /// <summary>The channel id of the call's n-th called leg, from 1.</summary>
    public static string Leg(string callId, int n) => $"{callId}{LegMark}{n}";

    /// <summary>The id of the call's bridge.</summary>
    public static string Bridge(string callId) => callId + BridgeMark;

    /// <summary>The call that a channel or bridge id made here belongs to.</summary>
    public static bool TryGetCall(string id, [NotNullWhen(true)] out string? callId)
    {
        var end = id.EndsWith(BridgeMark, StringComparison.Ordinal) ? id.Length - BridgeMark.Length : LegEnd(id);
        callId = end > 0 ? id[..end] : null;
        return callId is not null;
    }

    private static int LegEnd(string id)
    {
        var mark = id.LastIndexOf(LegMark, StringComparison.Ordinal);
        return mark > 0 && int.TryParse(id.AsSpan(mark + LegMark.Length), out _) ? mark : -1;
    }
}
