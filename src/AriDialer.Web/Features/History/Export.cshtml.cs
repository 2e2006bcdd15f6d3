using System.Text;
using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Transcription.Keywords;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace AriDialer.Web.Features.History;

/// <summary>The filtered history as a table for a spreadsheet.</summary>
[Authorize(Policy = Policies.Agent)]
internal sealed class ExportModel(CallLog log, FlaggedCalls flagged) : PageModel
{
    private const int MostRows = 50_000;

    public async Task<IActionResult> OnGetAsync([FromQuery] HistoryFilter filter)
    {
        var fit = filter.Flagged ? flagged.Of(log.Find(User, filter), User) : log.Find(User, filter);
        var calls = await CallLog.Newest(fit).Take(MostRows).ToListAsync();
        var csv = new StringBuilder("Id,Started,Ringing,Answered,Ended,Seconds,Direction,From name,From number,To name,To number,Team,Result,Ended by,Cause\r\n");
        foreach (var call in calls)
        {
            csv.AppendJoin(',', Cells(call).Select(Cell)).Append("\r\n");
        }

        return File(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(csv.ToString())).ToArray(), "text/csv; charset=utf-8", "calls.csv");
    }

    /// <summary>One cell. A name that begins like a formula must not become one in the reader's spreadsheet.</summary>
    internal static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";

        var isNumber = text[0] == '+' && text.Length > 1 && text[1..].All(char.IsAsciiDigit);
        var safe = !isNumber && text[0] is ('=' or '+' or '-' or '@' or '\t' or '\r') ? "'" + text : text;
        return safe.AsSpan().IndexOfAny("\",\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string?[] Cells(CallRecord call) =>
    [
        call.Id, Moment(call.StartedAt), Moment(call.RingingAt), Moment(call.AnsweredAt), Moment(call.EndedAt),
        call.Duration is { } duration ? ((long)duration.TotalSeconds).ToString() : null,
        call.Direction.ToString(), call.CallerName, call.CallerNumber, call.CalleeName, call.CalleeNumber, call.TeamName,
        call.Reason, call.EndedBy?.ToString(), call.Cause?.ToString(),
    ];

    private static string? Moment(DateTimeOffset? moment) => moment?.ToString("yyyy-MM-ddTHH:mm:ss.fffZ");
}
