using System.Text.RegularExpressions;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Dialing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.History;

/// <summary>Which calls a person wants to see; what they may see is decided first.</summary>
internal sealed partial class HistoryFilter
{
    private const int LongestZone = 64;

    [FromQuery(Name = "q")]
    public string? Text { get; set; }

    public CallDirection? Direction { get; set; }

    /// <summary>One of <see cref="EndReasons"/>, or <c>live</c> for calls that have not ended.</summary>
    public string? Result { get; set; }

    public DateOnly? From { get; set; }

    public DateOnly? To { get; set; }

    /// <summary>The time zone whose days From and To are (IANA); the page's script says it. UTC where nobody does.</summary>
    public string? Zone { get; set; }

    /// <summary>For those who see all: one person's calls.</summary>
    public string? Person { get; set; }

    /// <summary>The id of a team: the calls that it was called in.</summary>
    public string? Team { get; set; }

    /// <summary>Only calls in which something was said that is watched for.</summary>
    public bool Flagged { get; set; }

    public bool IsEmpty =>
        string.IsNullOrWhiteSpace(Text) && Direction is null && string.IsNullOrEmpty(Result) && From is null && To is null
        && string.IsNullOrEmpty(Person) && string.IsNullOrEmpty(Team) && !Flagged;

    /// <summary>The words of the address, for links to other pages of the same list.</summary>
    public Dictionary<string, string> ToRoute()
    {
        var route = new Dictionary<string, string>();
        Add("q", Text);
        Add("direction", Direction?.ToString());
        Add("result", Result);
        Add("from", From?.ToString("yyyy-MM-dd"));
        Add("to", To?.ToString("yyyy-MM-dd"));
        Add("zone", From is null && To is null ? null : Zone);
        Add("person", Person);
        Add("team", Team);
        Add("flagged", Flagged ? "true" : null);
        return route;

        void Add(string key, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                route[key] = value;
        }
    }

    public IQueryable<CallRecord> Apply(IQueryable<CallRecord> calls, IQueryable<CallParticipant> participants)
    {
        if (Direction is { } direction)
            calls = calls.Where(call => call.Direction == direction);
        if (Result == "live")
            calls = calls.Where(call => call.EndedAt == null);
        else if (!string.IsNullOrEmpty(Result))
            calls = calls.Where(call => call.Reason == Result);
        if (!string.IsNullOrEmpty(Team))
            calls = calls.Where(call => call.TeamId == Team);
        if (From is { } from)
        {
            var first = StartOf(from);
            calls = calls.Where(call => call.StartedAt >= first);
        }

        if (To is { } to && to < DateOnly.MaxValue)
        {
            var end = StartOf(to.AddDays(1));
            calls = calls.Where(call => call.StartedAt < end);
        }

        return string.IsNullOrWhiteSpace(Text) ? calls : Search(calls, participants, Text.Trim());
    }

    private static IQueryable<CallRecord> Search(IQueryable<CallRecord> calls, IQueryable<CallParticipant> participants, string text)
    {
        var clean = NumberText.Clean(text.Length > NumberText.LongestText ? text[..NumberText.LongestText] : text);
        if (NumberText.IsWrittenAsNumber(clean))
        {
            // As people write numbers: a national zero in front is not in E.164.
            var digits = Like(new string([.. clean.Where(char.IsAsciiDigit)]).TrimStart('0'));
            var byNumber = participants.Where(one => EF.Functions.Like(one.Number, digits, "\\")).Select(one => one.CallId);
            return calls.Where(call =>
                EF.Functions.Like(call.CallerNumber, digits, "\\") || EF.Functions.Like(call.CalleeNumber, digits, "\\")
                || byNumber.Contains(call.Id));
        }

        var words = Like(clean);
        var byName = participants.Where(one => EF.Functions.Like(one.Name, words, "\\")).Select(one => one.CallId);
        return calls.Where(call =>
            EF.Functions.Like(call.CallerName, words, "\\") || EF.Functions.Like(call.CalleeName, words, "\\")
            || EF.Functions.Like(call.TeamName, words, "\\") || byName.Contains(call.Id));
    }

    private static string Like(string text) =>
        $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";

    private DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var zone = Zone is { Length: <= LongestZone } && ZoneName().IsMatch(Zone) && TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var found)
            ? found : TimeZoneInfo.Utc;

        // Where the clocks jump at midnight the day begins later.
        while (zone.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(15);
        }

        var offset = zone.GetUtcOffset(midnight);
        return midnight.Ticks < offset.Ticks ? DateTimeOffset.MinValue : new DateTimeOffset(midnight, offset);
    }

    // The name of a file under the system's time zones, and of no other.
    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}\z")]
    private static partial Regex ZoneName();
}
