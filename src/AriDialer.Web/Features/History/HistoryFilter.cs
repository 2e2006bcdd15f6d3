using AriDialer.Web.Data;
using AriDialer.Web.Features.Dialing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.History;

/// <summary>Which calls a person wants to see; what they may see is decided first.</summary>
internal sealed class HistoryFilter
{
    [FromQuery(Name = "q")]
    public string? Text { get; set; }

    public CallDirection? Direction { get; set; }

    /// <summary>One of <see cref="EndReasons"/>, or <c>live</c> for calls that have not ended.</summary>
    public string? Result { get; set; }

    public DateOnly? From { get; set; }

    public DateOnly? To { get; set; }

    /// <summary>For those who see all: one person's calls.</summary>
    public string? Person { get; set; }

    public bool IsEmpty =>
        string.IsNullOrWhiteSpace(Text) && Direction is null && string.IsNullOrEmpty(Result) && From is null && To is null
        && string.IsNullOrEmpty(Person);

    /// <summary>The words of the address, for links to other pages of the same list.</summary>
    public Dictionary<string, string> ToRoute()
    {
        var route = new Dictionary<string, string>();
        Add("q", Text);
        Add("direction", Direction?.ToString());
        Add("result", Result);
        Add("from", From?.ToString("yyyy-MM-dd"));
        Add("to", To?.ToString("yyyy-MM-dd"));
        Add("person", Person);
        return route;

        void Add(string key, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                route[key] = value;
        }
    }

    public IQueryable<CallRecord> Apply(IQueryable<CallRecord> calls)
    {
        if (Direction is { } direction)
            calls = calls.Where(call => call.Direction == direction);
        if (Result == "live")
            calls = calls.Where(call => call.EndedAt == null);
        else if (!string.IsNullOrEmpty(Result))
            calls = calls.Where(call => call.Reason == Result);
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

        if (!string.IsNullOrEmpty(Person))
            calls = calls.Where(call => call.CallerUserId == Person || call.CalleeUserId == Person);

        return string.IsNullOrWhiteSpace(Text) ? calls : Search(calls, Text.Trim());
    }

    private static IQueryable<CallRecord> Search(IQueryable<CallRecord> calls, string text)
    {
        var clean = NumberText.Clean(text.Length > NumberText.LongestText ? text[..NumberText.LongestText] : text);
        if (NumberText.IsWrittenAsNumber(clean))
        {
            // As people write numbers: a national zero in front is not in E.164.
            var digits = Like(new string([.. clean.Where(char.IsAsciiDigit)]).TrimStart('0'));
            return calls.Where(call =>
                EF.Functions.Like(call.CallerNumber, digits, "\\") || EF.Functions.Like(call.CalleeNumber, digits, "\\"));
        }

        var words = Like(clean);
        return calls.Where(call =>
            EF.Functions.Like(call.CallerName, words, "\\") || EF.Functions.Like(call.CalleeName, words, "\\"));
    }

    private static string Like(string text) =>
        $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";

    private static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
