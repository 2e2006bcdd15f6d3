using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using AriDialer.Calls.Media;

namespace AriDialer.Calls;

/// <summary>
/// The one place where ids are made. A call's id follows from the caller's channel, and the ids of its other channels and of
/// its bridge follow from the call's id: a restart finds everything again, and a repeated request meets its own id.
/// </summary>
public static class CallIds
{
    private const string LegMark = ".leg";
    private const string TrackMark = ".rec";
    private const string AnnouncementMark = ".say";

    private const string TapMark = ".tap";
    private const string MediaMark = ".med";
    private const string TapBridgeMark = ".tbr";

    // What follows the call's id, before a number.
    private static readonly string[] NumberedMarks = [LegMark, TrackMark, AnnouncementMark, TapMark, MediaMark, TapBridgeMark];

    // What follows the call's id in the ids of its other things.
    private static readonly string[] Marks = [".bridge", ".consult", ".greeting", ".voicemail"];

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
    public static string Bridge(string callId) => callId + Marks[0];

    /// <summary>The id of the bridge in which somebody is asked.</summary>
    public static string ConsultBridge(string callId) => callId + Marks[1];

    /// <summary>The id of the greeting's playback.</summary>
    public static string Playback(string callId) => callId + Marks[2];

    /// <summary>The name of the recording of the caller's message.</summary>
    public static string Voicemail(string callId) => callId + Marks[3];

    /// <summary>The snoop channel, and the recording, of the call's n-th track, from 1.</summary>
    public static string Track(string callId, int n) => $"{callId}{TrackMark}{n}";

    /// <summary>The id of the n-th playback of the call's announcement, from 1.</summary>
    public static string Announcement(string callId, int n) => $"{callId}{AnnouncementMark}{n}";

    /// <summary>
    /// The ids of what a new tap of the call has in Asterisk. Nothing remembers taps over a restart, so their number is not counted but
    /// drawn: what an earlier process left is never met again.
    /// </summary>
    internal static TapIds NewTap(string callId)
    {
        var n = RandomNumberGenerator.GetInt32(1, int.MaxValue);
        return new TapIds($"{callId}{TapMark}{n}", $"{callId}{MediaMark}{n}", $"{callId}{TapBridgeMark}{n}");
    }

    /// <summary>True for the id of a channel or bridge of a tap. These are no business of the call's: <see cref="AudioTaps"/> looks after them.</summary>
    internal static bool IsTap(string id) =>
        NumberedEnd(id, TapMark) > 0 || NumberedEnd(id, MediaMark) > 0 || NumberedEnd(id, TapBridgeMark) > 0;

    /// <summary>The call whose track a stored recording is; null where it is none.</summary>
    public static string? CallOfTrack(string recordingName) =>
        NumberedEnd(recordingName, TrackMark) is > 0 and var end ? recordingName[..end] : null;

    /// <summary>The call that a channel, bridge, playback or recording with an id made here belongs to.</summary>
    public static bool TryGetCall(string id, [NotNullWhen(true)] out string? callId)
    {
        var end = -1;
        foreach (var mark in NumberedMarks)
        {
            end = Math.Max(end, NumberedEnd(id, mark));
        }

        foreach (var mark in Marks)
        {
            end = id.EndsWith(mark, StringComparison.Ordinal) ? id.Length - mark.Length : end;
        }

        callId = end > 0 ? id[..end] : null;
        return callId is not null;
    }

    /// <summary>True for the id of a call's own bridge, which carries its mark.</summary>
    internal static bool IsBridge(string id) => id.EndsWith(Marks[0], StringComparison.Ordinal);

    // Where the call's own id ends, before a mark and a number; -1 where there is none.
    private static int NumberedEnd(string id, string mark)
    {
        var at = id.LastIndexOf(mark, StringComparison.Ordinal);
        return at > 0 && int.TryParse(id.AsSpan(at + mark.Length), out _) ? at : -1;
    }
}
